"""How long from a keystroke in the editor to the page beside it: the goal is 100 ms, median.

Run it with `uv run python -m tests.benchmarks.keystroke`; it prints a table and asserts nothing.
Letters are typed by real key events into a sign's label, in the live page, at a calm typist's
pace (one each 250 ms) and as one word in a rush; what is typed is written meanwhile. The time
is taken inside the page: from the event of the input to the painting of the board that says it.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import FLAGS, executable
from tests.browser.editor.driver import Editing, at_home

LETTERS = "Somnole souvent pendant la classe, le matin surtout"

# Each letter's own time, told once the page beside has been painted with it. A space at the end
# changes nothing there before the letter after it: no time is taken of it.
WATCH = """(box) => {
    window.taken = [];
    const page = document.querySelector(".formateur-page");
    const waiting = [];
    box.addEventListener("input", () => {
        if (!box.value.endsWith(" ")) waiting.push([box.value, performance.now()]);
    }, true);
    new MutationObserver(() => {
        const shown = page.querySelector(".formateur-ici")?.textContent ?? "";
        const last = waiting.findLastIndex(([text]) => shown.includes(text.replace("'", "’")));
        if (last < 0) return;
        const seen = waiting.splice(0, last + 1);
        requestAnimationFrame(() => setTimeout(() => {
            const now = performance.now();
            taken.push(...seen.map(([, at]) => now - at));
        }));
    }).observe(page, { childList: true, characterData: true, subtree: true });
}"""

ALL_TAKEN = """(count) => new Promise((resolve) => {
    const look = () => (taken.length < count ? setTimeout(look, 50) : resolve(taken));
    look();
})"""


def typed(editing: Editing, pause: int, letters: str = LETTERS) -> list[float]:
    """Type letters into the label of a sign; return what each took, in milliseconds."""
    box = editing.field("libelle").locator("textarea")
    box.fill("")
    editing.page.wait_for_timeout(2_000)
    box.evaluate(WATCH)
    box.press_sequentially(letters, delay=pause)
    taken: list[float] = editing.page.evaluate(ALL_TAKEN, len(letters.replace(" ", "")))
    return taken


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        with at_home("live", browser, Path(folder)) as home:
            print("| keystroke to preview | median | p95 |\n| --- | --- | --- |")
            for name, pause in (("one letter each 250 ms", 250), ("in a rush, 60 ms", 60)):
                home.restore()
                editing = home.open()
                editing.choose("signe", "endort")
                taken = typed(editing, pause)
                p95 = statistics.quantiles(taken, n=20)[-1]
                print(f"| {name} | {statistics.median(taken):.0f} ms | {p95:.0f} ms |")
        browser.close()


if __name__ == "__main__":
    main()
