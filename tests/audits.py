"""Ask what others wrote of every page: IBM's Equal Access, HTML_CodeSniffer, Lighthouse.

    uv run python -m tests.audits NODE_MODULES FOLDER

Axe is asked by the suite, in every state; these read each page once more, as it opens, by rules
of their own. `ACCEPTED` holds what is on purpose, with its reason. The exit status is 1 as soon as
one of them finds anything else.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.browser.conftest import FLAGS, executable

OPEN_ALL = "for (const each of document.querySelectorAll('details')) each.open = true"
EQUAL_ACCESS = """async () => {
    const report = await new ace.Checker().check(document, ["WCAG_2_2"]);
    return report.results
        .filter((each) => each.value[0] === "VIOLATION" && each.value[1] === "FAIL")
        .map((each) => `${each.ruleId} ${each.message} ${each.snippet}`);
}"""
CODE_SNIFFER = """() => new Promise((done) => HTMLCS.process("WCAG2AA", document, () => done(
    HTMLCS.getMessages().filter((each) => each.type === HTMLCS.ERROR)
        .map((each) => `${each.code} ${each.msg} ${each.element.outerHTML?.slice(0, 120)}`))))"""
ACCEPTED = (
    # Sending a form would tell a host what was ticked: none can be sent (ACCESSIBILITE.md).
    ("H32.2", "<form"),
    # What is not shown yet is kept out of the document; the link brings it back before it leads.
    ("NoSuchID", 'href="#reperes-sources"'),
    # Lighthouse asks from within the page, whose policy lets it ask nothing of anybody.
    ("robots-txt", "unable to download"),
)
"""What each line of a finding that is on purpose holds."""
LIGHTHOUSE = ("reperer", "atelier", "ressources")
"""Pages that are opened on a phone; the others are sheets to print."""
CATEGORIES = ("accessibility", "best-practices", "seo")
SHIFT = 0.02


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def engines(modules: Path, page: Page) -> list[str]:
    """Return what the two engines find on the page that is open."""
    found: list[str] = []
    for script, ask in (
        ("accessibility-checker-engine/ace.js", EQUAL_ACCESS),
        ("html_codesniffer/build/HTMLCS.js", CODE_SNIFFER),
    ):
        page.evaluate((modules / script).read_text("utf-8"))
        found += page.evaluate(ask)
    return _but_accepted(found)


def _but_accepted(found: list[str]) -> list[str]:
    return [each for each in found if not any(all(w in each for w in words) for words in ACCEPTED)]


def lighthouse(modules: Path, address: str) -> list[str]:
    """Return what Lighthouse finds at an address, seen as by a phone."""
    command = [
        *("node", modules / "lighthouse/cli/index.js", address, "--output=json", "--quiet"),
        f"--only-categories={','.join(CATEGORIES)},performance",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
    ]
    environment = {**os.environ, "CHROME_PATH": str(executable())}
    ran = subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment, timeout=180
    )
    if ran.returncode:
        return [ran.stderr.strip()[-500:]]
    report = json.loads(ran.stdout)
    asked = (each for name in CATEGORIES for each in report["categories"][name]["auditRefs"])
    audits = [report["audits"][each["id"]] for each in asked if each["weight"]]
    found = [
        f"{each['id']} {each['title']} {each.get('explanation', '')}"
        for each in audits
        if each["score"] not in {None, 1}
    ]
    shift = report["audits"]["cumulative-layout-shift"]["numericValue"]
    if shift > SHIFT:
        found.append(f"shifts by {shift:.3f}")
    return _but_accepted(found)


def main(modules: Path, folder: Path) -> int:
    """Print what is found, page by page."""
    files = sorted(folder.glob("*.html"))
    found: dict[str, list[str]] = {}
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server,
        sync_playwright() as playwright,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = playwright.chromium.launch(executable_path=executable(), args=FLAGS)
        page = browser.new_page(locale="fr-FR")
        for file in files:
            page.goto(file.as_uri())
            page.evaluate(OPEN_ALL)
            found[file.name] = engines(modules, page)
        browser.close()
        for name in LIGHTHOUSE:
            address = f"http://127.0.0.1:{server.server_port}/{name}.html"
            found[f"{name}.html"] += lighthouse(modules, address)
        server.shutdown()
    for name, faults in found.items():
        for fault in faults:
            print(f"{name}: {fault}")
    print(f"{len(files)} pages asked, {sum(map(len, found.values()))} faults")
    return int(any(found.values()))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2])))
