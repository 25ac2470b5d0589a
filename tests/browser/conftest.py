"""A real Chromium on the real page, served and exported.

In CI (`REPERES_NAVIGATEUR=obligatoire`) a missing browser fails; elsewhere these tests are
skipped, and the end of the run says so in capitals.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Request,
    ViewportSize,
    expect,
    sync_playwright,
)

from signs.text.opening_hours import PARIS
from tests.browser.fonts import SCREENS, browser_on
from tests.conftest import DAY, PATIENCE, Served, lacking

HERE = Path(__file__).parent
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WITHOUT_WINDOWS = "chromium-headless-shell"
"""The same engine, with nothing of a browser around the page: it computes a third less."""

expect.set_options(timeout=PATIENCE * 1000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what drives a browser."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


def executable() -> str | None:
    """Return the browser of this machine; `None` leaves it to Playwright's own."""
    return os.environ.get("REPERES_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def _driven(config: pytest.Config) -> str | None:
    """Return what these tests drive: what is quick, or whole where they are done at length."""
    quick = None if config.option.markexpr == "extended" else shutil.which(WITHOUT_WINDOWS)
    return os.environ.get("REPERES_CHROMIUM") or quick or executable()


@pytest.fixture(scope="session")
def chromium(pytestconfig: pytest.Config) -> Iterator[Browser]:
    with ExitStack() as stack:
        try:
            playwright = stack.enter_context(sync_playwright())
            browser = playwright.chromium.launch(executable_path=_driven(pytestconfig), args=FLAGS)
        except Exception as error:  # Playwright's own; any other where its driver does not start
            lacking(
                "Chromium",
                "Installez Chromium (sous Debian : apt-get install chromium libatomic1), ou donnez "
                f"son chemin dans REPERES_CHROMIUM. ({str(error).splitlines()[0]})",
            )
        browser.on("context", lambda context: context.set_default_timeout(PATIENCE * 1000))
        yield browser
        browser.close()


@pytest.fixture
def home(request: pytest.FixtureRequest) -> str:
    """Return where the page is: on the real server, unless asked for as a file."""
    if getattr(request, "param", "served") == "served":
        served: Served = request.getfixturevalue("served")
        return served.url
    exported: Path = request.getfixturevalue("exported")
    return exported.as_uri()


@dataclass
class Visit:
    """A page somebody looks at, and what it tried to do meanwhile."""

    page: Page
    address: str
    requests: list[Request] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._requested)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on(
            "console",
            lambda message: (
                self.complaints.append(message.text) if message.type == "error" else None
            ),
        )

    def _requested(self, request: Request) -> None:
        self.requests.append(request)

    def open(self) -> Visit:
        self.page.goto(self.address)
        return self

    def open_anew(self, width: int, height: int) -> Visit:
        """Open it as if for the first time, on a screen of some width and height."""
        self.page.context.clear_permissions()
        self.page.set_viewport_size({"width": width, "height": height})
        self.requests.clear()
        self.complaints.clear()
        return self.open()

    def assert_quiet(self) -> None:
        """Nothing went elsewhere and nothing was complained of."""
        assert self.complaints == []
        assert [r.url for r in self.requests if not same_place(r, self.address)] == []

    def open_door(self, moment: str) -> None:
        """Open a door the way a person does: by its handle."""
        unfold(self.page.locator(f"[data-moment={moment}] > details"))

    def open_list(self, id_: str) -> Locator:
        """Open what hides a box, door and list, and return the box."""
        self.page.wait_for_load_state("domcontentloaded")  # a link may just have led here
        moment = self.page.evaluate(BEHIND, id_)
        self.open_door(moment)
        box = self.page.locator(f"input[value={id_}]")
        rows = self.page.locator(".reperes-cocher", has=box)
        if rows.count():
            unfold(rows)
        return box

    def tick(self, *ids: str) -> None:
        """Tick boxes the way a person does, opening the doors and lists they stand behind."""
        for id_ in ids:
            self.open_list(id_).check()

    def door(self) -> str | None:
        """Return the door that is open."""
        door = self.page.locator(".reperes-porte:has(> details[open])")
        return door.get_attribute("data-moment") if door.count() else None

    def shown(self, kind: str = "conseil") -> list[str]:
        """Return the ids of the advice (or of another kind) of the answer, top to bottom.

        What waits below its count is part of it.
        """
        return list(self.page.evaluate(IN_ANSWER, [kind, False]))

    def open_lines(self, kind: str = "conseil") -> list[str]:
        """Return what of that a person sees without opening anything."""
        return list(self.page.evaluate(IN_ANSWER, [kind, True]))

    def answer(self, ids: list[str]) -> Answer:
        """Set the boxes, and a door, at once and return what shows."""
        return self.answers([ids])[0]

    def answers(self, selections: Sequence[Sequence[str]]) -> list[Answer]:
        """Return what each selection shows: for hundreds of them, asked of the page at once.

        The id of a door opens it. Nothing selected is answered by what is always useful.
        """
        return [Answer(*each) for each in self.page.evaluate(ANSWERS, list(map(list, selections)))]


class Answer(NamedTuple):
    """The ids of what the answer holds, top to bottom."""

    advice: list[str]
    services: list[str]
    open_advice: list[str]
    """Seen without opening anything."""
    open_services: list[str]


BEHIND = """(id) => [...document.querySelectorAll("[data-moment]")].find((moment) =>
    moment.querySelector(`input[value="${id}"]`) ||
    [...moment.querySelectorAll("noscript")].some((waits) =>
        waits.textContent.includes(`value="${id}"`)))?.dataset.moment"""
"""The door of a box, which may still wait as text."""
IN_ANSWER = """([kind, open]) =>
    [...document.querySelectorAll(`#reperes-resultat [data-${kind}]`)]
        .filter((line) => open ? line.checkVisibility()
            : getComputedStyle(line).display !== "none")
        .map((line) => line.dataset[kind])"""
ANSWERS = """(selections) => {
    const board = document.querySelector(".reperes-board");
    const doors = [...board.querySelectorAll(".reperes-porte > details")];
    const all = board.querySelector(".reperes-tout");
    const alive = "vivant" in board.dataset;
    if (alive) {
        for (const waits of board.querySelectorAll("[data-moment] noscript")) {
            const summary = waits.parentElement.querySelector("summary");
            summary.click(); // what waits as text comes to life…
            summary.click(); // …and the door is shut again
        }
        if (all.getAttribute("aria-expanded") === "false") all.click();
    }
    const boxes = [...board.querySelectorAll("input[value]")];
    const form = board.querySelector("form");
    const answer = board.querySelector("#reperes-resultat");
    return selections.map((ids) => {
        const wanted = new Set(ids);
        for (const box of boxes) box.checked = wanted.has(box.value);
        for (const door of doors)
            door.open = wanted.has(door.closest("[data-moment]").dataset.moment);
        form.dispatchEvent(new Event("change"));
        const lines = ["conseil", "service"].map((kind) =>
            [...answer.querySelectorAll(`[data-${kind}]`)].map((line) => {
                const seen = line.checkVisibility();
                return { id: line.dataset[kind], seen, called: alive ? !line.hidden : seen };
            }));
        return ["called", "seen"].flatMap((how) =>
            lines.map((each) => each.filter((line) => line[how]).map((line) => line.id)));
    });
}"""


def unfold(details: Locator) -> None:
    """Open a part by its handle, unless it is, and wait until its page has answered that.

    The answer to a door may open what stands behind it: who clicks before it came shuts it.
    """
    if details.get_attribute("open") is not None:
        return
    alive = details.evaluate(
        "(e) => { e.turned = new Promise((done) => "
        "e.addEventListener('toggle', done, { once: true })); "
        "return Boolean(document.querySelector('[data-vivant]')) }"
    )
    details.locator("> summary").click()
    if alive:
        details.evaluate("(e) => e.turned.then(() => null)")


def same_place(request: Request, address: str) -> bool:
    """Tell whether a request stays with the page's own host, or inside the page."""
    return request.url.startswith("data:") or (urlsplit(request.url)[:2] == urlsplit(address)[:2])


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport=SCREEN, locale="fr-FR")
    context.clock.set_fixed_time(MORNING)
    yield context
    context.close()


MORNING = datetime.fromisoformat(f"{DAY}T10:00").replace(tzinfo=PARIS)
"""When every visit takes place: the clock of this machine decides nothing."""
SCREEN = ViewportSize(width=1280, height=800)


@pytest.fixture(scope="session")
def stay(chromium: Browser, served: Served) -> Iterator[Visit]:
    """Return one visit of the served page for all tests: a browser begins once, not each time."""
    context = chromium.new_context(viewport=SCREEN, locale="fr-FR")
    context.clock.set_fixed_time(MORNING)
    yield Visit(context.new_page(), served.url)
    context.close()


VisitOn = Callable[[int, int], Visit]


@pytest.fixture
def visit_on(stay: Visit) -> Iterator[VisitOn]:
    """Return how to visit the served page on a screen of some width and height."""
    yield stay.open_anew
    stay.assert_quiet()


@pytest.fixture
def visit(visit_on: VisitOn) -> Visit:
    """Return the served page, just opened."""
    return visit_on(SCREEN["width"], SCREEN["height"])


OnScreen = Callable[[str], Visit]


@pytest.fixture(scope="session")
def on_screen(
    chromium: Browser, served: Served, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OnScreen]:
    """Return how to visit the served page on a screen of `SCREENS`, drawn with that screen's font.

    A browser starts for each screen that is asked for; each visit opens the page anew.
    """
    folder = tmp_path_factory.mktemp("polices")
    stays: dict[str, Visit] = {}
    launch = partial(chromium.browser_type.launch, executable_path=executable(), args=FLAGS)
    with ExitStack() as stack:

        def visit(name: str) -> Visit:
            screen = SCREENS[name]
            if name not in stays:
                browser = stack.enter_context(browser_on(screen, launch, folder))
                context = browser.new_context(**screen.context, locale="fr-FR")
                context.set_default_timeout(PATIENCE * 1000)
                context.clock.set_fixed_time(MORNING)
                stays[name] = Visit(context.new_page(), served.url)
            return stays[name].open_anew(**screen.context["viewport"])

        yield visit
