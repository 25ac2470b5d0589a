"""The exported notebooks in a JupyterLite built here and served from this machine alone.

    uv run python -m tests.benchmarks.jupyterlite

Downloads JupyterLite and the pure Python that its kernel wants from PyPI, and Pyodide's core from
npm. Then each notebook is run whole in Chromium, where no other host can be found; the network
log has to show that none was asked for. Prints sizes and times, and what keeps `signs` itself
from running there.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.conftest import FLAGS, Visit, executable, same_place
from tests.browser.in_frame import ALIVE, assert_it_works, export_notebook, frame_of
from tests.conftest import PATIENCE

LITE = ("jupyterlite-core==0.8.6", "jupyterlite-pyodide-kernel==0.8.6", "jupyter-server")
PYODIDE = "314.0.7"
WANTED = ("micropip", "packaging", "ipython", "jedi", "pyodide-http")
"""What the kernel imports beside the standard library, with what they depend on."""
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
COMPILED = ("markupsafe", "opening-hours-py", "pydantic-core", "tree-sitter", "tree-sitter-toml")
"""What `signs` and `widgets` import that is not pure Python."""
NOT_HERE = "Repères n’est pas installé ici"


class Lite(NamedTuple):
    """A JupyterLite, the notebooks it was given, and the interpreter that built it."""

    site: Path
    contents: Path
    python: Path

    @property
    def lock(self) -> Path:
        """What Pyodide was built from."""
        return self.site / "static" / "pyodide" / "pyodide-lock.json"


def _run(*command: str | Path, cwd: Path) -> None:
    subprocess.run(command, cwd=cwd, check=True, stdout=subprocess.DEVNULL)


def _pyodide(work: Path) -> Path:
    """Return an archive of Pyodide's core, as npm has it."""
    _run("npm", "pack", f"pyodide@{PYODIDE}", "--silent", cwd=work)
    with tarfile.open(work / f"pyodide-{PYODIDE}.tgz") as core:
        core.extractall(work / "npm", filter="data")
    archive = work / "pyodide.tar.bz2"
    with tarfile.open(archive, "w:bz2", compresslevel=1) as packed:
        packed.add(work / "npm" / "package", "pyodide")
    return archive


def build(work: Path) -> Lite:
    """Build a JupyterLite with the exported notebooks."""
    lite = Lite(work / "site", work / "carnets", work / "lite" / "bin" / "python")
    lite.contents.mkdir()
    for page in ALIVE:
        export_notebook(page, lite.contents / f"{page}.ipynb")
    _run(sys.executable, "-m", "venv", work / "lite", cwd=work)
    _run(lite.python, "-m", "pip", "install", "-q", *LITE, cwd=work)
    wheels = work / "roues"
    _run(lite.python, "-m", "pip", "download", "--no-deps", "-q", "-d", wheels, "comm", cwd=work)
    _run(
        *(lite.python, "-m", "jupyter", "lite", "build", "--contents", lite.contents),
        *("--pyodide", _pyodide(work), "--output-dir", lite.site, "--log-level", "ERROR"),
        *(word for wheel in wheels.iterdir() for word in ("--piplite-wheels", wheel)),
        cwd=work,
    )
    _complete(lite)
    return lite


def _complete(lite: Lite) -> None:
    """Put beside Pyodide the wheels it wants: PyPI's, of the same versions as its own build."""
    lock = json.loads(lite.lock.read_text(encoding="utf-8"))
    packages = lock["packages"]
    needed = sorted(_needed(packages))
    pinned = [f"{name}=={packages[name]['version']}" for name in needed]
    _run(
        *(lite.python, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "-q"),
        *("--python-version", lock["info"]["python"], "-d", lite.lock.parent, *pinned),
        cwd=lite.site,
    )
    for name in needed:
        wheel = lite.lock.parent / packages[name]["file_name"]
        packages[name]["sha256"] = hashlib.sha256(wheel.read_bytes()).hexdigest()
    lite.lock.write_text(json.dumps(lock), encoding="utf-8")


def _needed(packages: dict[str, dict[str, Any]]) -> set[str]:
    needed: set[str] = set()
    ahead = [*WANTED]
    while ahead:
        name = ahead.pop().lower().replace("_", "-")
        if name not in needed:
            needed.add(name)
            ahead += packages[name]["depends"]
    return needed


def _without_wheel(lite: Lite) -> list[str]:
    """Return what has no wheel for this Pyodide on PyPI, and whether Pyodide has its own."""
    lock = json.loads(lite.lock.read_text(encoding="utf-8"))
    platform = f"pyemscripten_{lock['info']['abi_version']}_wasm32"
    told = []
    for name in COMPILED:
        asked = subprocess.run(
            [
                *(lite.python, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "-q"),
                *("--platform", platform, "--python-version", lock["info"]["python"]),
                *("-d", lite.site.parent / "essai", name),
            ],
            check=False,
            capture_output=True,
        )
        if asked.returncode:
            told.append(f"{name} ({'Pyodide' if name in lock['packages'] else 'nobody'} builds it)")
    return told


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def _served(site: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def _use(browser: Browser, address: str, name: str) -> list[str]:
    """Run all cells of a notebook as a person does; return what was asked of other hosts."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    visit = Visit(page, f"{address}lab/index.html?path={name}.ipynb")
    begun = time.monotonic()
    visit.open()
    expect(page.get_by_text("Python (Pyodide) | Idle")).to_be_visible()
    ready = time.monotonic() - begun
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    frame_of(page, name)
    shown = time.monotonic() - begun
    print(f"{name}: kernel ready after {ready:.0f} s, page alive after {shown:.0f} s")
    if name == "reperer":
        assert_it_works(page)
    cells = page.locator(".jp-RenderedMarkdown.jp-OutputArea-output", has_text=NOT_HERE)
    expect(cells).to_have_count(3)
    assert any(r.url.endswith("pyodide.asm.wasm") for r in visit.requests), "its worker's are seen"
    context.close()
    return [
        r.url
        for r in visit.requests
        if not same_place(r, address) and not r.url.startswith(("about:", "blob:"))
    ]


def main() -> int:
    """Build the site and use each notebook in it; end with 1 if another host is asked."""
    with TemporaryDirectory() as name, sync_playwright() as playwright:
        begun = time.monotonic()
        lite = build(Path(name))
        size = sum(file.stat().st_size for file in lite.site.rglob("*") if file.is_file())
        print(f"site: {size / 1e6:.0f} MB, built in {time.monotonic() - begun:.0f} s")
        for notebook in sorted(lite.contents.iterdir()):
            print(f"{notebook.name}: {notebook.stat().st_size / 1000:.0f} kB")
        browser = playwright.chromium.launch(
            executable_path=executable(), args=[*FLAGS, ALONE], timeout=PATIENCE * 1000
        )
        with _served(lite.site) as address:
            elsewhere = [url for page in ALIVE for url in _use(browser, address, page)]
        browser.close()
        print("asked of other hosts:", ", ".join(sorted(set(elsewhere))) or "nothing")
        print("signs and widgets lack, on PyPI:", ", ".join(_without_wheel(lite)) or "nothing")
    return 1 if elsewhere else 0


if __name__ == "__main__":
    raise SystemExit(main())
