"""A trainer at the editor, for the tests: where it runs, and what one does there."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import psutil
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, expect

import signs
from signs.loading.loader import SHIPPED
from tests.servers import REPERES, free_port, launched
from widgets.editor.session.draft import DRAFTS

SCHOOL = 'format = 1\n\n[[contact]]\nrole = "infirmerie"\nlieu = "Bâtiment B"\n'
"""The file of a school, with a contact that nobody ever checked."""


@dataclass
class Home:
    """Where the editor runs: its command, its address, its list, one page for all tests."""

    name: str
    process: subprocess.Popen[str]
    address: str
    folder: Path
    page: Page
    complaints: list[str] = field(default_factory=list)
    """What our scripts threw."""
    _editing: Editing | None = None
    _loaded: bool = False

    def open(self, *, reload: bool = False) -> Editing:
        """Open the editor anew, on what the folder holds; in JupyterLab, by running its cell."""
        if self.name == "live":
            self.page.goto(self.address)
        elif reload or not self._loaded:
            self.page.goto(f"{self.address}&reset")
            self.page.wait_for_function(
                "() => window.jupyterapp?.shell.currentWidget?.context?.sessionContext"
                "?.session?.kernel?.status === 'idle'",
            )
        if self.name == "lab":
            self.page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells')")
            self._loaded = True
        root = self.page.locator(".formateur:not([data-ancien])")
        expect(root.get_by_label("Genre")).not_to_have_value("")
        self._editing = Editing(self, root)
        return self._editing

    def editing(self) -> Editing:
        """Return the editor where the last test left it, all saved; else anew on the shipped list.

        So a test may find what those before it have saved: each speaks of its own entries.
        """
        if self._editing is None or not self._editing.is_saved():
            self.restore()
            return self.open()
        return self._editing

    def forget(self) -> None:
        """Forget the editor on screen: another replaces it."""
        self._editing = None
        self.page.evaluate(
            "document.querySelectorAll('.formateur').forEach((e) => (e.dataset.ancien = ''))"
        )

    def restore(self) -> None:
        """Put the shipped list back, and nothing else; say that the tour was seen."""
        self.forget()
        for left in self.folder.iterdir():
            if left.is_dir():
                shutil.rmtree(left)
            elif left.suffix == ".toml" or left.name == DRAFTS:
                left.unlink()
        for file in (SHIPPED / "sextorsion").glob("*.toml"):
            shutil.copy(file, self.folder)
        (self.folder / DRAFTS).mkdir()
        (self.folder / DRAFTS / "formateur.json").write_text('{"toured": true}', "utf-8")

    def kill_kernel(self) -> None:
        """Kill the kernel as the system does when memory runs out."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        kernels = [c for c in children if "ipykernel_launcher" in " ".join(c.cmdline())]
        assert kernels
        for kernel in kernels:
            kernel.send_signal(signal.SIGKILL)


@dataclass
class Editing:
    """The editor on screen, and what a trainer does there."""

    home: Home
    root: Locator

    def __post_init__(self) -> None:
        self.page = self.home.page

    def choose(self, kind: str, words: str) -> None:
        self.kind(kind)
        self.root.get_by_role("searchbox").fill(words)
        self.root.locator(".formateur-entree").first.click()
        self.wait()

    def wait(self) -> None:
        """Wait for the form to show what was asked for, as an eye does."""
        expect(self.root.locator(".formateur-formulaire[inert]")).to_have_count(0)

    def kind(self, kind: str) -> None:
        self.root.get_by_label("Genre").select_option(kind)
        self.wait()

    def field(self, name: str) -> Locator:
        """Return a field by its label, opening the part of the form it stands in."""
        field = self.root.locator(f"[data-champ={name}]")
        if not field.is_visible():
            part = self.root.locator(
                "details.formateur-champs", has=self.page.locator(f"[data-champ={name}]")
            )
            part.locator("> summary").click()
        return field

    def open_all(self) -> None:
        self.root.evaluate("(e) => e.querySelectorAll('details').forEach((d) => (d.open = true))")

    def type(self, name: str, text: str) -> None:
        self.field(name).locator("input, textarea").first.fill(text)

    def press(self, name: str) -> None:
        self.root.get_by_role("button", name=name, exact=True).click()
        self.wait()

    def save(self) -> None:
        self.press("Enregistrer")
        expect(self.root).to_have_attribute("data-etat", "calme")
        bar = self.root.locator(".formateur-etat").locator("..")
        saved, said = bar.locator(".formateur-etat"), bar.inner_text()
        expect(saved, f"beside the button: {said}").to_have_text("Tout est enregistré.")

    def theme(self, scheme: Literal["light", "dark"]) -> None:
        self.page.emulate_media(color_scheme=scheme)

    def is_saved(self) -> bool:
        """Tell whether nothing waits to be saved, so that another test may begin here."""
        return self.root.locator(".formateur-etat").text_content() == "Tout est enregistré."

    def field_problem(self, name: str) -> Locator:
        return self.field(name).locator(".formateur-erreur")

    def shown(self, selector: str) -> Locator:
        """Return something in the page beside the form."""
        return self.root.locator(f".formateur-page {selector}")

    @property
    def saved(self) -> signs.SignList:
        return signs.load(self.home.folder)


@contextmanager
def at_home(name: str, chromium: Browser, rooms: Path) -> Iterator[Home]:
    """Start the editor in JupyterLab (`lab`) or as a live page (`live`), on a list of its own."""
    folder = rooms / "ma-liste"
    shutil.copytree(SHIPPED / "sextorsion", folder)
    verb = "formateur" if name == "lab" else "--formateur"
    school = rooms / "ecole.toml"
    school.write_text(SCHOOL, "utf-8")
    arguments = (verb, "--liste", str(folder), "--ecole", str(school))
    with opened_at(rooms, *arguments) as (process, address):
        page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="fr-FR")
        if name == "lab":
            expose(page)
        home = Home(name, process, address, folder, page)
        page.on("pageerror", lambda error: home.complaints.append(str(error.stack or error)))
        page.on("console", lambda message: _listen(message, home.complaints))
        try:
            yield home
        finally:
            page.close()


def _listen(message: ConsoleMessage, complaints: list[str]) -> None:
    """Record what our module threw, which its callers only log."""
    if message.type == "error" and "blob:" in message.text:
        complaints.append(message.text)


@contextmanager
def opened_at(rooms: Path, *arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start our command with a home of its own; yield the process and the address it gives."""
    command = [REPERES, *arguments, "--sans-navigateur", "--port", str(free_port())]
    homes = _set_up_for_others(rooms)
    with launched(command, r"http://\S+", cwd=rooms, env=homes) as (process, match):
        yield process, match[0].rstrip(".")


def _set_up_for_others(rooms: Path) -> dict[str, str]:
    """Return the environment of a machine whose Python and Jupyter are set up for other ends.

    What is read of it ends at once, or leads elsewhere.
    """
    elsewhere = "\n".join(
        (
            "c.ServerApp.base_url = '/jupyter/'",
            "c.ServerApp.certfile = c.ServerApp.keyfile = 'absent.pem'",
            "c.IdentityProvider.token = 'fixe'",
            "c.PasswordIdentityProvider.hashed_password = 'argon2:autre'",
            "c.ServerApp.preferred_dir = '/tmp'",
            "c.ServerApp.sock = 'jupyter.sock'",
        )
    )
    kernel = {"argv": ["false", "{connection_file}"], "display_name": "Autre", "language": "python"}
    ends = "raise SystemExit('lu')\n"
    for name, text in {
        "jupyter/jupyter_config.py": elsewhere,
        "jupyter/jupyter_server_config.py": elsewhere,
        "jupyter/jupyter_lab_config.py": ends,
        "jupyter_server_config.py": ends,
        "noyaux/kernels/python3/kernel.json": json.dumps(kernel),
        "ipython/profile_default/startup/00-essai.py": ends,
        "ipython/profile_default/ipython_config.py": ends,
        "demarrage.py": ends,
        "random.py": ends,
        "signs/__init__.py": ends,
        "mon-atelier/random.py": ends,
        "mon-atelier/widgets/__init__.py": ends,
    }.items():
        file = rooms / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return {
        "HOME": str(rooms),
        "IPYTHONDIR": str(rooms / "ipython"),
        "JUPYTER_CONFIG_DIR": str(rooms / "jupyter"),
        "JUPYTER_PATH": str(rooms / "noyaux"),
        "JUPYTER_TOKEN": "fixe",
        "JUPYTERLAB_DIR": str(rooms / "absent"),
        "PYTHONSTARTUP": str(rooms / "demarrage.py"),
        "PYTHONWARNINGS": "error",
        "http_proxy": "http://127.0.0.1:9",
    }


def expose(page: Page) -> None:
    """Have JupyterLab say what it does, as one of its settings does; nothing of ours sets it.

    Its page holds that setting, which is read by scripts that wait for the whole page. (A page
    that a test answers itself comes from no network, and may open no WebSocket of this machine.)
    """
    page.add_init_script(
        """document.addEventListener("readystatechange", () => {
            const settings = document.getElementById("jupyter-config-data");
            if (settings) settings.textContent = JSON.stringify(
                { ...JSON.parse(settings.textContent), exposeAppInBrowser: true });
        });"""
    )
