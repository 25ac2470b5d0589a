"""How long the editor takes on long lists: a key to the page, a save, a search, the history.

    uv run python -m tests.benchmarks.editor [500 5000] [--fois 7]

Prints two tables of medians and asserts nothing; the goals are 0.3 s with 500 entries added to the
shipped list, and 1 s with 5,000. First seconds of processor that Python takes to answer; then real
events, in a real browser, in the live page: the times are taken inside the page, from the event to
what it leads to on screen. `tests/widgets/editor/test_growth.py` counts what the first does.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import expect, sync_playwright

from signs.scaffold import ensure_copy
from tests.benchmarks.keystroke import typed
from tests.benchmarks.lists import SIGN
from tests.browser.conftest import FLAGS, executable
from tests.browser.editor.driver import Editing, at_home
from widgets.editor import Editor

LETTERS = "Somnole souvent"
NAMED = "sommeil"
"""The sign that every added sign names."""

LONGEST = 300_000
"""Milliseconds that a long list may take to be drawn first, on a busy machine."""

Costs = dict[str, list[float]]
"""What each thing asked for took, each time."""

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


def add_signs(folder: Path, count: int) -> None:
    """Add so many signs to a list."""
    with (folder / "signes.toml").open("a", encoding="utf-8") as file:
        file.writelines(SIGN.format(n=n) for n in range(count))


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


def answered(count: int, times: int, measure: Callable[[Callable[[], Any]], float]) -> Costs:
    """Have Python answer what a page asks, on a list of so many more signs; return what each took.

    Parameters
    ----------
    count, times
        How many signs are added, and how many times each question is asked.
    measure
        Returns what a call takes.
    """
    with tempfile.TemporaryDirectory() as rooms:
        folder = Path(rooms) / "ma-liste"
        ensure_copy(folder)
        add_signs(folder, count)
        editor = Editor(folder)
        answers: list[dict[str, Any]] = []
        editor.send = lambda answer, *_: answers.append(answer)  # type: ignore[method-assign]
        found: Costs = {}
        place = [raw["id"] for raw in editor.session.blocks("signe")].index(NAMED)

        def ask(do: str, **more: object) -> None:
            question = {"do": do, "kind": "signe", "place": place, "de": "ici", **more}
            took = measure(lambda: editor.receive(None, question, None))
            found.setdefault(f"{do} {more.get('name', '')}".strip(), []).append(took)
            if answers[-1].get("failed", False):
                raise AssertionError(answers[-1]["message"])

        ask("bonjour")
        ask("choisir")
        for number in range(times):
            said = {"key": "libelle", "value": f"Somnole, pour la fois {number}"}
            ask("apercu", **said)
            ask("ecrire", **said)
            ask("enregistrer")
            ask("choisir")
            ask("panneau", name="versions")
            ask("panneau", name="page")
        return found


def _processor(call: Callable[[], Any]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def _on_list_of(count: int, times: int) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        with at_home("live", browser, Path(folder)) as home:
            home.page.set_default_timeout(LONGEST)
            home.restore()
            add_signs(home.folder, count)
            found = measured(home.open(), times)
        browser.close()
    return found


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("entries", type=int, nargs="*", default=[500, 5_000])
    parser.add_argument("--fois", type=int, default=7)
    asked = parser.parse_args()
    _print("Python answers", [(n, answered(n, asked.fois, _processor)) for n in asked.entries])
    _print(
        "in the browser",
        [
            (n, {k: _seconds(v) for k, v in _on_list_of(n, asked.fois).items()})
            for n in asked.entries
        ],
    )


def _seconds(milliseconds: list[float]) -> list[float]:
    return [each / 1000 for each in milliseconds]


def _print(title: str, found: list[tuple[int, Costs]]) -> None:
    names = list(found[0][1])
    print(f"| {title}, entries added | {' | '.join(names)} |\n| --- |{' --- |' * len(names)}")
    for count, costs in found:
        cells = [f"{statistics.median(costs[name]):.2f} s" for name in names]
        print(f"| {count} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
