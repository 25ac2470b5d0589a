"""The workshop as a lesson of a platform: played by a public run-time of SCORM 1.2 from npm."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from mimetypes import guess_type
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.screens import axe_finds_nothing
from tests.conftest import REPERES, lacking

PLATFORM = """<!doctype html><html lang="fr"><title>Plateforme</title>
<script src="/scorm12.min.js"></script><script>
const api = new Scorm12API({ logLevel: 5 });
if (location.hash) api.cmi.core.lesson_status = location.hash.slice(1);
window.calls = [];
window.API = new Proxy(api, { get: (target, name) => {
  const found = target[name];
  if (typeof found !== "function" || !String(name).startsWith("LMS")) return found;
  return (...given) => { window.calls.push([name, ...given]); return found.apply(target, given); };
} });
</script><iframe src="/paquet/index.html" width="1000" height="700" title="Leçon"></iframe>"""
HOST = "http://plateforme.test"
LARGEST = 250_000


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("paquet")
    order = [REPERES, "exporter", "--page", "atelier", "--scorm", "-o", "atelier.zip"]
    subprocess.run(order, cwd=folder, check=True, capture_output=True)
    return (folder / "atelier.zip").read_bytes()


@pytest.fixture(scope="module")
def run_time() -> str:
    """Return the run-time's script."""
    npm = shutil.which("npm")
    found = npm and subprocess.run([npm, "root", "-g"], capture_output=True, text=True, check=False)
    script = Path(found.stdout.strip() if found else "") / "scorm-again/dist/scorm12.min.js"
    if not script.is_file():
        lacking("scorm-again", "Installez-le : npm install -g scorm-again (ou .ci/programs).")
    return script.read_text(encoding="utf-8")


@pytest.fixture
def platform(chromium: Browser, package: bytes, run_time: str) -> Iterator[Page]:
    """Return a page of a platform that has the package, and nothing else to answer with."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        files = {f"/paquet/{name}": archive.read(name) for name in archive.namelist()}
    files |= {"/lecon": PLATFORM.encode(), "/scorm12.min.js": run_time.encode()}

    def answer(route: Route) -> None:
        path = urlsplit(route.request.url).path
        if path not in files or not route.request.url.startswith(HOST):
            asked_elsewhere.append(route.request.url)
            route.abort()
        else:
            kind = guess_type(path)[0] or "text/html"
            route.fulfill(body=files[path], content_type=f"{kind}; charset=utf-8")

    asked_elsewhere: list[str] = []
    context = chromium.new_context()
    context.route("**/*", answer)
    yield context.new_page()
    assert [url for url in asked_elsewhere if not url.endswith("/favicon.ico")] == []
    context.close()


def test_the_package_is_what_a_platform_takes(package: bytes) -> None:
    assert len(package) <= LARGEST
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        names = archive.namelist()
        root = ElementTree.fromstring(archive.read("imsmanifest.xml"))  # noqa: S314 (ours)
    spaces = {
        "": "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
        "adlcp": "http://www.adlnet.org/xsd/adlcp_rootv1p2",
    }
    assert root.findtext("metadata/schemaversion", namespaces=spaces) == "1.2"
    (lesson,) = root.findall("resources/resource", spaces)
    assert lesson.get(f"{{{spaces['adlcp']}}}scormtype") == "sco"
    listed = [file.get("href") for file in lesson.findall("file", spaces)]
    assert sorted([*listed, "imsmanifest.xml"]) == sorted(names)  # type: ignore[list-item] # each has one
    assert lesson.get("href") in listed
    organizations = root.find("organizations", spaces)
    assert organizations is not None
    (organization,) = organizations.findall("organization", spaces)
    assert organizations.get("default") == organization.get("identifier")
    (item,) = organization.findall("item", spaces)
    assert item.get("identifierref") == lesson.get("identifier")


def test_the_platform_is_told_that_the_workshop_is_done_and_no_more(platform: Page) -> None:
    platform.goto(f"{HOST}/lecon")
    lesson = platform.frame_locator("iframe")
    workshop = lesson.frame_locator("iframe")
    done = lesson.get_by_role("button", name="J’ai suivi l’atelier")
    status = "API.cmi.core.lesson_status"
    begun = [
        ["LMSInitialize", ""],
        ["LMSGetValue", "cmi.core.lesson_status"],
        ["LMSSetValue", "cmi.core.lesson_status", "incomplete"],
    ]
    expect(done).to_be_visible()
    workshop.get_by_text("Préparer la séance").click()
    workshop.get_by_role("radio", name="Vingt minutes").check()
    workshop.get_by_role("button", name="Les vignettes").click()
    workshop.get_by_role("button", name="Suivant").click()
    workshop.locator(".atelier-revelation > summary:visible").first.click()
    workshop.get_by_role("button", name="Montrer ces coches").click()
    expect(workshop.locator(".reperes-board input:checked")).not_to_have_count(0)
    assert platform.evaluate("calls") == begun
    assert platform.evaluate(status) == "incomplete"
    done.press("Enter")
    expect(lesson.get_by_role("status")).to_contain_text("La plateforme ne sait rien d’autre")
    expect(done).to_be_hidden()
    told = [["LMSSetValue", "cmi.core.lesson_status", "completed"], ["LMSCommit", ""]]
    assert platform.evaluate("calls") == [*begun, *told]
    kept = platform.evaluate("JSON.parse(JSON.stringify(API.cmi))")
    assert kept["core"]["lesson_status"] == "completed"
    assert kept["core"]["score"]["raw"] == ""
    assert kept["suspend_data"] == ""
    assert platform.evaluate("API.cmi.interactions.childArray.length") == 0
    platform.evaluate("document.querySelector('iframe').remove()")
    assert platform.evaluate("calls.at(-1)") == ["LMSFinish", ""]
    platform.goto(f"{HOST}/lecon#completed")
    platform.reload()
    expect(lesson.get_by_role("status")).to_contain_text("sait déjà")
    expect(done).to_be_hidden()


def test_it_works_where_no_platform_is_there(platform: Page) -> None:
    platform.goto(f"{HOST}/paquet/index.html")
    expect(platform.get_by_role("status")).to_contain_text("rien ne lui est dit")
    expect(platform.get_by_role("button", name="J’ai suivi")).to_be_hidden()
    expect(platform.frame_locator("iframe").get_by_role("heading", level=1)).to_be_visible()
    axe_finds_nothing(platform)
