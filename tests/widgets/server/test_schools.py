"""Many schools on one server: each page when it is asked for, whatever the others' files are."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

import signs
from signs.loading.loader import SHIPPED, Choice
from signs.loading.schools import SchoolsError, SchoolSummary
from tests.benchmarks.schools import ask_for_pages
from tests.conftest import Run, run_async, serving
from tests.schools import ACCENTED, BROKEN, school_folder
from widgets.page.registry import FRONT
from widgets.schools.chooser import render_chooser
from widgets.server import school_pages
from widgets.server.addresses import relative, spelled
from widgets.server.page_cache import PageUnavailableError
from widgets.server.school_pages import SchoolPages
from widgets.server.sources import AcademySources

BROKEN_NAME = Path(BROKEN).stem
SOUND = 'format = 1\netablissement = "{}"\n'
CRIP = 'format = 1\nacademie = "Paris"\n[[contact]]\nrole = "crip"\ntelephone = "01 99 00 75 {}"\n'


class Schools:
    """The pages of a folder, and what was reported."""

    def __init__(self, folder: Path) -> None:
        self.folder = school_folder(folder / "ecoles", 2)
        (folder / "travail").mkdir()
        self.reported: list[str] = []
        self.choice = Choice(SHIPPED / "sextorsion")
        self.pages = SchoolPages(
            self.folder, self.choice, folder / "travail", self.reported.append, ("atelier",)
        )

    async def page(self, asked: str) -> str:
        name = self.pages.name_of(asked)
        assert name is not None
        return (await self.pages.page(name)).html.decode()


@pytest.fixture
def schools(tmp_path: Path) -> Schools:
    return Schools(tmp_path)


def test_a_page_follows_its_file_and_a_broken_one_keeps_its_last_good_page(
    schools: Schools,
) -> None:
    async def follow() -> None:
        assert "Collège numéro 1" in await schools.page("0750001A")
        assert "ne s’affichent pas pour le moment" in await schools.page(BROKEN_NAME)
        broken = schools.folder / BROKEN
        broken.write_text(SOUND.format("Lycée réparé"), encoding="utf-8")
        assert "Lycée réparé" in await schools.page(BROKEN_NAME)
        broken.write_text("= 2\n", encoding="utf-8")
        page = await schools.page(BROKEN_NAME)
        assert "Lycée réparé" in page
        assert "reperes-fichier-fautif" not in page
        assert "Collège numéro 1" in await schools.page("0750001A")
        health = schools.pages.health()
        assert (health.schools, [*health.broken]) == (4, [BROKEN])
        assert sum(str(broken) in text for text in schools.reported) >= 1

    run_async(follow())


def test_files_that_come_and_go_are_seen_in_any_spelling_of_their_name(schools: Schools) -> None:
    async def come_and_go() -> None:
        await schools.pages.follow()
        assert schools.pages.health().made == 3
        assert schools.pages.health().settled
        chooser = (await schools.pages.chooser.page()).html.decode()
        assert len(re.findall(r'<a href="[^"#:./]+/">', chooser)) == 4
        assert schools.pages.name_of("0750009A") is None
        (schools.folder / "0750009A.toml").write_text(SOUND.format("Nouveau"), encoding="utf-8")
        (schools.folder / "0750000A.toml").unlink()
        for name in ("Atelier", "Académie", "ACADEMIE"):
            (schools.folder / f"{name}.toml").write_text(SOUND.format("Pris"), encoding="utf-8")
        assert "Nouveau" in await schools.page("0750009a")
        assert schools.pages.name_of("0750000A") is None
        assert not any(map(schools.pages.name_of, ("Atelier", "Académie", "academie")))
        await schools.pages.follow()
        chooser = (await schools.pages.chooser.page()).html.decode()
        assert "Nouveau" in chooser
        assert "École numéro 0" not in chooser
        broken = schools.pages.health().broken
        assert [*broken] == [BROKEN, "ACADEMIE.toml", "Académie.toml", "Atelier.toml"]
        assert "s'appelle academie.toml" in broken["ACADEMIE.toml"]
        for file in schools.folder.iterdir():  # a share that is gone for a moment
            file.unlink()
        assert "Nouveau" in await schools.page("0750009A")
        assert schools.pages.name_of("lyce\u0301e D'E\u0301TE\u0301") == ACCENTED

    run_async(come_and_go())


def test_beyond_a_limit_the_pages_asked_for_longest_ago_are_forgotten_but_no_last_good_one(
    schools: Schools, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def forget() -> None:
        (schools.folder / BROKEN).write_text(SOUND.format("Lycée sain"), encoding="utf-8")
        for name in (BROKEN_NAME, "0750000A", "0750001A"):
            await schools.page(name)
        (schools.folder / BROKEN).write_text("= 1\n", encoding="utf-8")
        await schools.page(BROKEN_NAME)
        await schools.page("0750000A")
        monkeypatch.setattr(school_pages, "_MOST_BYTES", 120_000)  # two pages
        await schools.pages.follow()
        assert schools.pages.health().made == 2
        assert "Lycée sain" in await schools.page(BROKEN_NAME)
        assert "Collège numéro 1" in await schools.page("0750001A")  # made again

    run_async(forget())


def test_what_breaks_again_as_before_is_told_again_and_what_stays_broken_once(
    schools: Schools,
) -> None:
    async def break_and_mend() -> None:
        file = schools.folder / "0750001A.toml"
        sound = file.read_text(encoding="utf-8")
        await schools.pages.follow()
        for _ in range(2):
            file.write_text("= 2\n", encoding="utf-8")
            await schools.pages.follow()
            await schools.pages.follow()
            file.write_text(sound, encoding="utf-8")
            await schools.pages.follow()
        assert sum(str(file) in text for text in schools.reported) == 2
        assert sum(BROKEN in text for text in schools.reported) == 1

    run_async(break_and_mend())


def test_a_file_that_goes_away_while_its_page_is_made_has_none(schools: Schools) -> None:
    async def go_away() -> None:
        waiting = asyncio.ensure_future(schools.pages.page(BROKEN_NAME))
        await asyncio.sleep(0)  # it is being made
        (schools.folder / BROKEN).unlink()
        assert schools.pages.name_of(f"{BROKEN_NAME} ?") is None  # somebody asks for another
        with pytest.raises(PageUnavailableError):
            await waiting

    run_async(go_away())


def test_a_crowd_that_asks_for_one_page_has_it_made_once(schools: Schools) -> None:
    async def crowd() -> None:
        pages = await asyncio.gather(*(schools.pages.page("0750001A") for _ in range(20)))
        assert len({id(page) for page in pages}) == 1

    run_async(crowd())


def test_what_the_academy_says_follows_on_every_page_and_a_broken_file_is_named(
    schools: Schools, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(school_pages, "_REMEMBERED", 0)  # seconds
    academy, above = schools.folder / "academie.toml", schools.folder.parent / "academie.toml"

    async def numbers(name: str = "0750001A") -> list[str]:
        page = re.sub(r"\s", " ", await schools.page(name))
        return sorted({*re.findall(r"01 99 00 75 \d\d", page)})

    async def follow() -> None:
        assert await numbers() == []
        above.write_text(CRIP.format("01"), encoding="utf-8")
        assert await numbers() == ["01 99 00 75 01"]
        academy.write_text(CRIP.format("02"), encoding="utf-8")
        assert await numbers() == ["01 99 00 75 02"]
        for broken in ("= 1\n", CRIP.format("ab"), "format = 9\n"):
            academy.write_text(broken, encoding="utf-8")
            for name in ("0750001A", "0750000A", BROKEN_NAME):  # two were never made before
                assert await numbers(name) == ["01 99 00 75 02"]
            assert "fichier-fautif" not in await schools.page("0750000A")
            assert "fichier-fautif" in await schools.page(BROKEN_NAME)
            health = schools.pages.health()
            assert [*health.broken] == [BROKEN, academy.name]
            assert re.search(r"^ecoles/academie.toml:\d", health.broken[academy.name], re.MULTILINE)
            assert str(schools.folder.parent) not in str(health)
        academy.unlink()
        assert await numbers(BROKEN_NAME) == ["01 99 00 75 01"]
        above.unlink()
        assert await numbers() == []
        await schools.pages.follow()
        assert [*schools.pages.health().broken] == [BROKEN]

    run_async(follow())


def test_a_folder_that_goes_away_keeps_every_page_until_it_is_back(schools: Schools) -> None:
    moved = schools.folder.with_name("ailleurs")
    academy = schools.folder / "academie.toml"
    academy.write_text(CRIP.format("03"), encoding="utf-8")
    sources = AcademySources(
        FRONT.notebook, schools.choice, schools.folder.parent / "travail", folder=schools.folder
    )

    async def academy_read() -> bool:
        snapshot = await sources.read(0)
        return "01 99 00 75 03" in re.sub(r"\s", " ", str(signs.load(*snapshot.choice).school))

    async def go_away() -> None:
        await schools.pages.follow()
        before = [await schools.page(name) for name in ("0750000A", "0750001A")]
        schools.reported.clear()
        assert await academy_read()
        schools.folder.rename(moved)
        await schools.pages.follow()
        assert [await schools.page(name) for name in ("0750000A", "0750001A")] == before
        assert len({*schools.reported}) <= 3, "once, not for each school"
        told = schools.pages.health().broken
        assert "peut être lu" in told[schools.folder.name]
        assert str(schools.folder.parent) not in str(told)
        with pytest.raises(signs.ListError):  # the pages of the list keep their contacts too
            await academy_read()
        schools.folder.symlink_to(moved)  # as a release is put in place
        (moved / "0750001A.toml").write_text(SOUND.format("Au retour"), encoding="utf-8")
        assert await academy_read()
        await schools.pages.follow()
        assert "Au retour" in await schools.page("0750001A")
        assert [*schools.pages.health().broken] == [BROKEN]

    run_async(go_away())


def test_an_empty_folder_and_a_second_list_are_told_at_once(command: Run, tmp_path: Path) -> None:
    (tmp_path / "vide").mkdir()
    assert "aucun fichier d’établissement" in command("--ecoles", "vide").stderr
    (tmp_path / "vide" / "0750001A.toml").write_text(SOUND.format("Un"), encoding="utf-8")
    (tmp_path / "academie.toml").write_text("format = 1\nacademi = 'X'\n", encoding="utf-8")
    broken = command("--ecoles", "vide", "--sans-navigateur").stderr
    assert "academie.toml:2" in broken
    (tmp_path / "vide" / "0750001A.toml").unlink()
    two = command("--ecoles", "vide", "--liste", "sextorsion", "--liste", "autre")
    assert "avec une seule liste" in two.stderr
    with pytest.raises(SchoolsError):
        SchoolPages(tmp_path / "vide", Choice(SHIPPED / "sextorsion"), tmp_path, print, ())


def test_it_serves_them_below_any_base_in_any_spelling(tmp_path: Path) -> None:
    folder = school_folder(tmp_path / "ecoles", 2)
    with serving("--ecoles", str(folder), "--base-url", "/aide/", cwd=tmp_path) as server:
        status, headers, body = server.ask("/aide/0750001A/", Accept_Encoding="identity")
        page = body.decode()
        assert status == 200
        assert "Collège numéro 1" in page
        assert "01 99 00 00 01".replace(" ", "\xa0") in page
        assert "script-src 'sha256-" in headers["Content-Security-Policy"]
        assert not re.search(r'(?:href|src)="/', page)
        assert 'href="../atelier"' in page
        chooser = server.ask("/aide/")[2].decode()
        assert 'href="0750001A/"' in chooser
        assert 'href="reperer"' in chooser
        for asked, address in {
            "/aide": "aide/",
            "/aide/0750001A": "0750001A/",
            "/aide/0750001a/": "../0750001A/",
            "/aide/0750001A/index.html": "./",
            "/aide/atelier/": "../atelier",
            "/aide/lyc%c3%a9e%20d'%c3%a9t%c3%a9": "Lyc%C3%A9e%20d%27%C3%A9t%C3%A9/",
        }.items():
            status, headers, _body = server.ask(asked)
            assert (status, headers["Location"]) == (302, address)
        assert server.ask("/aide/Lyc%c3%a9e%20d'%c3%a9t%c3%a9/")[0] == 200
        lost = ("accessibilite", "0750007A/", "%FF/", "0750001A/atelier")
        for address in ("/0750001A/", *(f"/aide/{each}" for each in lost)):
            assert server.ask(address)[0] in {400, 404}
        assert server.ask("/aide/0750001A/", "POST")[0] == 405
        server.base = "aide/"
        crowd = ask_for_pages(server, tmp_path, 2, seconds=0.2)
        assert min(crowd.rate, crowd.rate_alone) > 0, "as the benchmark measures them"
        told = server.wait_for(lambda state: BROKEN in state["etablissements"]["a_corriger"])
        assert told["etablissements"]["nombre"] == 4
        assert told["etablissements"]["a_corriger"][BROKEN].startswith(f"ecoles/{BROKEN}:1")
        _change_academy(folder, "= 1\n")
        told = server.wait_for(lambda state: state["pages"]["/reperer"]["refus"])
        assert "academie.toml" in told["pages"]["/reperer"]["refus"]
        assert str(tmp_path) not in str(told)
        before = server.ask("/aide/reperer")
        assert (before[0], "01 99 00 75 75" in _read(before[2])) == (200, False)
        _change_academy(folder, CRIP.format("75"))
        for address in ("/aide/reperer", "/aide/0750001A/"):
            server.wait_for(lambda _told, at=address: "01 99 00 75 75" in _read(server.ask(at)[2]))


def _change_academy(folder: Path, text: str) -> None:
    """Change the académie's file as Kubernetes changes a ConfigMap: by a link to another folder."""
    version = folder.parent / f"version-{len([*folder.parent.iterdir()])}"
    version.mkdir()
    (version / "academie.toml").write_text(text, encoding="utf-8")
    link = folder / "..data_tmp"
    link.symlink_to(version)
    link.rename(folder / "..data")
    if not (folder / "academie.toml").exists():
        (folder / "academie.toml").symlink_to(Path("..data", "academie.toml"))


def _read(page: bytes) -> str:
    return re.sub(r"\s", " ", page.decode())


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("/caf%c3%a9/", "/caf%C3%A9"),
        ("/cafe%CC%81", "/caf%C3%A9"),
        ("/a/index.html?x", "/%61"),
        ("//", "/"),
    ],
)
def test_spellings_of_one_address_have_the_same_in_common(address: str, same: str) -> None:
    assert spelled(address) == spelled(same)


@pytest.mark.parametrize(
    ("target", "asked", "link"),
    [
        ("/", "/", "./"),
        ("/", "/a/b/c", "../../"),
        ("/x/", "/x", "x/"),
        ("/x/", "/", "x/"),
        ("/x/a/", "/x/a/index.html", "./"),
        ("/x/b/", "/x/a/", "../b/"),
    ],
)
def test_a_link_is_relative_to_what_was_asked(target: str, asked: str, link: str) -> None:
    assert relative(target, asked) == link


def test_schools_of_a_town_stand_in_the_order_of_their_numbers() -> None:
    titles = [f"École n° {number}, bis {10 - number % 10}" for number in (10505, 9, 1055, 100)]
    schools = [SchoolSummary(title, title, "Les Mées", "") for title in titles]
    shown = re.findall(r"École n° (\d+)", render_chooser(schools, "reperer").replace("\u00a0", " "))
    assert [*dict.fromkeys(shown)] == ["9", "100", "1055", "10505"]
