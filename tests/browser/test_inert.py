"""What somebody writes in a list is text and never code, on every page and every sheet."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

import signs
from signs.loading.loader import SHIPPED
from tests.conftest import Run

HOSTILE = "<img src=x onerror=pwned=1><script>pwned=1</script><b onclick=pwned=1>&lt;"
ONE_TEXT = re.compile(r'^(\w+ = "[^"].*)"$')
LONG_TEXT = re.compile(r'^(\w+ = """.*[^"]|\w+ = """)$')
LOOK = """() => ({
    ran: typeof pwned,
    images: document.querySelectorAll('img[src="x"]').length,
    scripts: [...document.scripts].filter((s) => s.textContent.startsWith("pwned")).length,
    handlers: document.querySelectorAll("[onerror], [onclick]").length,
    shown: document.documentElement.textContent.includes("onerror=pwned"),
})"""
INERT = {"ran": "undefined", "images": 0, "scripts": 0, "handlers": 0, "shown": True}


def attacked(line: str) -> str:
    """Return a line of a list with the attack in its text, if it has one."""
    line = ONE_TEXT.sub(lambda match: f'{match[1]} {HOSTILE}"', line)
    return LONG_TEXT.sub(lambda match: f"{match[1]}{HOSTILE} ", line)


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Return a list in which every text that may hold anything holds an attack."""
    folder = Path(shutil.copytree(SHIPPED / "sextorsion", tmp_path / "hostile"))
    before = {file: file.read_text("utf-8").split("\n") for file in folder.glob("*.toml")}
    after = {file: [attacked(line) for line in lines] for file, lines in before.items()}
    for _ in range(8):
        for file, lines in after.items():
            file.write_text("\n".join(lines), "utf-8")
        inspection = signs.inspect(folder)
        if inspection.sign_list is not None:
            break
        for problem in inspection.problems:  # ids, numbers, hours: they take nothing of the kind
            lines, good = after[Path(problem.file)], before[Path(problem.file)]
            index = problem.line - 1
            end = index + 1
            if lines[index] == good[index]:  # the complete entry is refused
                while end < len(lines) and not lines[end].startswith("["):
                    end += 1
            if problem.severity is signs.Severity.ERROR:
                lines[index:end] = good[index:end]
    assert inspection.sign_list is not None, inspection.problems
    return folder


def test_what_is_written_in_a_list_never_runs(
    chromium: Browser, hostile: Path, tmp_path: Path, reperes: Run
) -> None:
    places = sum(file.read_text("utf-8").count(HOSTILE) for file in hostile.glob("*.toml"))
    assert places > 300
    ran = reperes("exporter", "--tout", "-o", str(tmp_path / "pages"), "--liste", str(hostile))
    assert ran.returncode == 0, ran.stdout + ran.stderr
    files = sorted((tmp_path / "pages").glob("*.html"))
    context = chromium.new_context()
    page = context.new_page()
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    seen = {}
    for file in files:
        page.goto(file.as_uri())
        page.evaluate("document.querySelectorAll('details').forEach((d) => (d.open = true))")
        seen[file.name] = page.evaluate(LOOK)
    context.close()
    assert "reperer.html" in seen
    assert {name: {**observed, "shown": True} for name, observed in seen.items()} == dict.fromkeys(
        seen, INERT
    )
    assert seen["reperer.html"]["shown"]
    assert [text for text in refused if "Content Security Policy" in text] == []
