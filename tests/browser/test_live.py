"""A live page: a kernel behind it, on this machine only, and gone with the page."""

from __future__ import annotations

import json
import signal
import sys
import uuid
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import nbformat
import psutil
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from playwright.sync_api import Browser, expect
from websockets.sync.client import connect

from signs.loading.loader import SHIPPED, Choice
from tests.browser.conftest import Visit, same_place
from tests.browser.screens import axe_finds_nothing
from tests.browser.test_traceless import NOTHING, STORES
from tests.servers import PATIENCE, Served, free_port, launched
from widgets.server import ServingError, Settings, serve_live

START = """
import sys
from pathlib import Path
from signs.loading.loader import SHIPPED, Choice
from widgets.server import Settings, serve_live
settings = Settings(port=int(sys.argv[1]), open_browser=False)
choice = Choice(SHIPPED / "sextorsion")
serve_live(Path(sys.argv[2]), choice, settings, lambda text: print(text, flush=True))
"""
COUNTER = """
import anywidget, traitlets

class Counter(anywidget.AnyWidget):
    _esm = '''export default { render({ model, el }) {
        const more = document.createElement("button");
        more.textContent = "Encore";
        more.onclick = () => model.send("more");
        const fail = document.createElement("button");
        fail.textContent = "Casser";
        fail.onclick = () => model.send("fail");
        const said = document.createElement("p");
        model.on("change:n", () => { said.textContent = `Reçu ${model.get("n")}`; });
        el.append(more, fail, said);
    } }'''
    n = traitlets.Int(0).tag(sync=True)

    def __init__(self):
        super().__init__()
        self.on_msg(self._told)

    def _told(self, _widget, content, _buffers):
        if content == "fail":
            raise RuntimeError("secret-du-noyau")
        self.n += 1

Counter()
"""
INSIDE = "secret-du-noyau"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Return a live page of a notebook with a counter, and a cell that raises."""
    folder = tmp_path_factory.mktemp("carnet")
    cells = [
        new_markdown_cell("# Un carnet vivant"),
        new_code_cell(COUNTER),
        new_code_cell(f"raise RuntimeError('{INSIDE}')"),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "", "language": "python"}}
    nbformat.write(new_notebook(cells=cells, metadata=metadata), folder / "carnet.ipynb")
    port = free_port()
    command = [sys.executable, "-c", START, str(port), folder / "carnet.ipynb"]
    with launched(command, r"http://\S+", cwd=folder) as (process, said):
        server = Served(process, port, said[0].split("/", 3)[3])
        yield server
        rest = server.stop(signal.SIGTERM)
        assert "Traceback" not in rest
        assert INSIDE not in rest


def kernels(server: Served) -> list[psutil.Process]:
    return psutil.Process(server.process.pid).children(recursive=True)


@pytest.fixture(scope="module")
def opened(chromium: Browser, live: Served) -> Iterator[Visit]:
    """Return the live page, one for all tests; the last ones kill its kernel, then leave it."""
    context = chromium.new_context(locale="fr-FR")
    visit = Visit(context.new_page(), live.url)
    frames: list[str] = []
    visit.page.on(
        "websocket",
        lambda line: line.on("framereceived", lambda frame: frames.append(str(frame))),
    )
    visit.open()
    visit.page.get_by_role("button", name="Encore").wait_for()
    yield visit
    context.close()
    elsewhere = (r.url for r in visit.requests if not same_place(r, live.url))
    assert [url for url in elsewhere if not url.startswith("blob:")] == []
    assert not [frame for frame in frames if "Traceback" in frame or INSIDE in frame]


def test_a_click_reaches_the_kernel_and_a_mistake_in_it_stays_there(opened: Visit) -> None:
    page = opened.page
    page.get_by_role("button", name="Encore").click()
    expect(page.get_by_text("Reçu 1")).to_be_visible()
    page.get_by_role("button", name="Casser").click()  # what reaches the browser: see above
    page.get_by_role("button", name="Encore").click()
    expect(page.get_by_text("Reçu 2")).to_be_visible()
    assert page.context.cookies() == []
    assert page.evaluate(STORES) == NOTHING
    assert [c for c in opened.complaints if "Content Security Policy" in c] == []


def test_a_cell_that_fails_is_a_french_sentence(opened: Visit) -> None:
    expect(opened.page.get_by_text("n’a pas pu s’afficher")).to_be_visible()
    assert INSIDE not in opened.page.content()
    expect(opened.page.get_by_text("La page se prépare")).to_have_count(0)


def test_axe_finds_nothing(opened: Visit) -> None:
    axe_finds_nothing(opened.page)


def test_its_foot_says_which_version_it_is(opened: Visit) -> None:
    expect(opened.page.locator(".page-pied")).to_contain_text(f"Repères {version('reperes')}.")


def test_the_kernel_takes_no_code_and_no_visit_from_elsewhere(opened: Visit, live: Served) -> None:
    config = json.loads(opened.page.locator("#jupyter-config-data").text_content() or "")
    address = (
        f"ws://127.0.0.1:{live.port}{config['baseUrl']}api/kernels/{config['kernelId']}/channels"
    )

    def message(kind: str, content: dict[str, object]) -> str:
        header = {
            "msg_id": kind,
            "msg_type": kind,
            "version": "5.3",
            "session": "s",
        }
        return json.dumps(
            {
                "header": header,
                "parent_header": {},
                "metadata": {},
                "content": content,
                "channel": "shell",
            }
        )

    with connect(address) as line:
        line.send(message("execute_request", {"code": "1", "silent": False}))
        line.send(message("kernel_info_request", {}))
        kinds = set[str]()
        while "kernel_info_reply" not in kinds:
            kinds.add(json.loads(line.recv(timeout=PATIENCE))["header"]["msg_type"])
    assert not kinds & {"execute_reply", "execute_input", "execute_result"}
    with pytest.raises(Exception, match=r"40[34]"):
        connect(address, additional_headers={"Origin": "https://exemple.fr"})


def test_a_kernel_that_is_gone_is_told_in_french(opened: Visit, live: Served) -> None:
    for kernel in kernels(live):
        kernel.kill()
    banner = opened.page.locator("#reperes-coupure")
    expect(banner).to_contain_text("Cette page ne répond plus")
    expect(banner).to_be_in_viewport()
    opened.page.reload()
    opened.page.get_by_role("button", name="Encore").click()
    expect(opened.page.get_by_text("Reçu 1")).to_be_visible()
    expect(banner).to_be_hidden()


def test_the_kernel_goes_with_the_page(opened: Visit, live: Served) -> None:
    gone = kernels(live)
    assert gone
    opened.page.goto("about:blank")
    assert psutil.wait_procs(gone, timeout=PATIENCE)[1] == []


@pytest.mark.parametrize("path", ["", "api/kernels", "voila/static/voila.js", "login", "tree"])
def test_nothing_answers_without_the_secret(live: Served, path: str) -> None:
    outside = Served(live.process, live.port)
    status, headers, body = outside.ask(f"/{path}")
    assert status == 404
    assert "tel:15" in body.decode()
    assert live.base not in body.decode()
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    "path",
    ["voila/files/carnet.ipynb", "api/contents", "voila/tree", "api/kernels", "voila/templates/x"],
)
def test_nothing_more_answers_with_it(live: Served, path: str) -> None:
    assert live.ask(f"/{live.base}{path}")[0] == 404


def test_every_answer_has_the_headers(live: Served) -> None:
    for path in ("voila/static/voila.js", "voila/static/rien.js", f"api/kernels/{uuid.uuid4()}"):
        _status, headers, body = live.ask(f"/{live.base}{path}")
        assert headers["Content-Security-Policy"].startswith("default-src 'none'"), path
        assert headers["X-Content-Type-Options"] == "nosniff", path
        assert headers["Referrer-Policy"] == "no-referrer", path
        assert {"Set-Cookie", "Server"}.isdisjoint(headers), path
        assert b"Traceback" not in body, path


@pytest.mark.parametrize(
    "settings",
    [
        Settings(host="0.0.0.0"),  # noqa: S104 (refused)
        Settings(framed_by=("https://ent.example.fr",)),
        Settings(proxies=("10.0.0.1",)),
    ],
)
def test_it_opens_on_this_machine_only(settings: Settings) -> None:
    with pytest.raises(ServingError, match="que sur cet ordinateur"):
        serve_live(Path("carnet.ipynb"), Choice(SHIPPED / "sextorsion"), settings, print)
