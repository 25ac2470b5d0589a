"""How long the editor takes on long lists: a key to the page, a save, a search, the history.

    uv run python -m tests.benchmarks.editor [500 5000] [--fois 7]

Prints a table of medians and asserts nothing; the goals are 0.3 s with 500 entries added to the
shipped list, and 1 s with 5,000. Real events, in a real browser, in the live page; the times are
taken inside the page, from the event to what it leads to on screen.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from pathlib import Path

from playwright.sync_api import expect, sync_playwright

from tests.benchmarks.keystroke import typed
from tests.benchmarks.lists import SIGN
from tests.browser.conftest import FLAGS, executable
from tests.browser.editor.driver import Editing, at_home

LETTERS = "Somnole souvent"

# From a press to the first frame in which something is so.
TAKEN = """([press, done]) => new Promise((resolve) => {
    const root = document.querySelector(".formateur:not([data-ancien])");
    const isDone = new Function("root", `return ${done}`);
    const start = performance.now();
    new Function("root", press)(root);
    const look = () => isDone(root)
        ? resolve(performance.now() - start)
        : requestAnimationFrame(look);
    look();
})"""


def _taken(editing: Editing, press: str, done: str) -> float:
    return float(editing.page.evaluate(TAKEN, [press, done]))


def _key(editing: Editing, times: int) -> list[float]:
    editing.choose("signe", "endort")
    return typed(editing, 400, LETTERS[: 2 * times])


def _save(editing: Editing, times: int) -> list[float]:
    found = []
    for number in range(times):
        editing.type("remarque", f"Une remarque, la numéro {number}")
        expect(editing.root.locator(".formateur-etat")).to_contain_text("brouillon est gardé")
        found.append(
            _taken(
                editing,
                "[...root.querySelectorAll('.formateur-actions button')]"
                ".find((each) => each.textContent === 'Enregistrer').click()",
                "root.querySelector('.formateur-etat').textContent === 'Tout est enregistré.'",
            )
        )
    return found


def _search(editing: Editing, times: int) -> list[float]:
    found = []
    for number in range(times):
        for words in ("", f"numéro {number + 1}"):
            took = _taken(
                editing,
                "const box = root.querySelector('[type=search]');"
                f"box.value = '{words}'; root.querySelectorAll('.formateur-entree').forEach("
                "(each) => each.dataset.avant = ''); box.dispatchEvent(new Event('input'));",
                "root.querySelector('.formateur-entree')"
                " && !root.querySelector('.formateur-entree[data-avant]')",
            )
        found.append(took)
    return found


def _history(editing: Editing, times: int) -> list[float]:
    found = []
    for _ in range(times):
        editing.root.get_by_role("tab", name="La page").click()
        found.append(
            _taken(
                editing,
                "const panel = root.querySelector('[id$=panneau-versions]');"
                "panel.replaceChildren(); panel.dataset.key = '';"
                "root.querySelector('[id$=onglet-versions]').click();",
                "root.querySelector('.formateur-versions li')",
            )
        )
    editing.root.get_by_role("tab", name="La page").click()
    return found


MEASURED = {"key to page": _key, "save": _save, "search": _search, "history": _history}


def measured(editing: Editing, times: int) -> dict[str, list[float]]:
    """Return how many milliseconds each took, so many times."""
    return {name: measure(editing, times) for name, measure in MEASURED.items()}


def _on_list_of(count: int, times: int) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        with at_home("live", browser, Path(folder)) as home:
            home.restore()
            with (home.folder / "signes.toml").open("a", encoding="utf-8") as file:
                file.writelines(SIGN.format(n=n) for n in range(count))
            found = measured(home.open(), times)
        browser.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("entries", type=int, nargs="*", default=[500, 5_000])
    parser.add_argument("--fois", type=int, default=7)
    asked = parser.parse_args()
    print(f"| entries added | {' | '.join(MEASURED)} |")
    print(f"| --- |{' --- |' * len(MEASURED)}")
    for count in asked.entries:
        found = _on_list_of(count, asked.fois)
        cells = [f"{statistics.median(each) / 1000:.2f} s" for each in found.values()]
        print(f"| {count} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
