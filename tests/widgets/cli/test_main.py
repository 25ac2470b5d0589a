"""The command: French verbs, French help, French errors, and JSON that programs can rely on."""

from __future__ import annotations

import json
import os
import re
import subprocess
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path

import pytest

import signs
from signs.model.entries import STEP_TITLES, AdviceStep
from signs.model.freshness import first_day
from signs.text.typography import typography
from tests.conftest import REPERES, Run


def _json(command: Run, *arguments: str) -> dict[str, object]:
    ran = command(*arguments)
    assert ran.returncode == 0, ran.stderr
    return dict(json.loads(ran.stdout))


def test_orienter_answers_in_json_in_the_order_to_read_it(
    command: Run, sign_list: signs.SignList
) -> None:
    report = _json(
        command, "orienter", "confidence", "sommeil", "--json", "--a", "2026-01-31T23:30"
    )
    answer = signs.orient(sign_list, {"confidence", "sommeil"})
    assert report["urgence"] == "aujourdhui"
    assert [c["id"] for c in report["conseils"]] == [a.id for a in answer.advice]  # type: ignore[attr-defined]
    first = report["conseils"][0]  # type: ignore[index]
    assert set(first) == {"id", "rubrique", "etape", "deplie", "texte", "parce_que", "source"}
    assert [(c["etape"], c["deplie"]) for c in report["conseils"]] == [  # type: ignore[attr-defined]
        (a.step.value, a.unfolded) for a in answer.advice
    ]
    assert (report["moment"], report["appeler_d_abord"]) == (None, None)
    by_id = {s["id"]: s for s in report["services"]}  # type: ignore[attr-defined]
    assert {"id", "nom", "telephone", "pour", "ouvert", "verifie_le", "verifie_par"} <= set(
        by_id["pharos"] if "pharos" in by_id else first | by_id["enfance-en-danger-119"]
    )
    assert by_id["violences-numeriques-3018"]["ouvert"] is False
    assert by_id["enfance-en-danger-119"]["ouvert"] is True
    assert by_id["france-victimes"]["ouvert"] is None
    assert {s["id"] for s in report["services"] if s["deplie"]} == {  # type: ignore[attr-defined]
        s.id for s in answer.services if s.unfolded
    }
    assert by_id["enfance-en-danger-119"]["pour"] == ["vous", "eleve", "famille"]


@pytest.mark.parametrize(
    ("ids", "urgence"),
    [
        ((), "aucune"),
        (("sommeil",), "aucune"),
        (("scarifications",), "aujourdhui"),
        (("danger-suicide",), "immediate"),
    ],
)
def test_orienter_says_the_urgency_in_french(
    command: Run, ids: tuple[str, ...], urgence: str
) -> None:
    assert _json(command, "orienter", *ids, "--json")["urgence"] == urgence


def test_orienter_answers_for_a_door(command: Run, sign_list: signs.SignList) -> None:
    report = _json(command, "orienter", "--moment", "danger", "--json")
    answer = signs.orient(sign_list, (), moment="danger")
    assert (report["moment"], report["appeler_d_abord"]) == ("danger", "112")
    assert [c["id"] for c in report["conseils"]] == [a.id for a in answer.advice]  # type: ignore[attr-defined]
    assert report["conseils"][0]["parce_que"] == ["danger"]  # type: ignore[index]
    said = command("orienter", "--moment", "alerte").stdout
    assert f"(parce que\xa0: {typography(sign_list.doors['alerte'].title)})" in said


def test_orienter_reads_in_steps_in_a_terminal(command: Run, sign_list: signs.SignList) -> None:
    said = command("orienter", "confidence", "sommeil").stdout
    answer = signs.orient(sign_list, {"confidence", "sommeil"})
    titles = [typography(title.upper()) for title in STEP_TITLES.values()]
    steps = re.split(
        rf"^({'|'.join(map(re.escape, titles))}|QUI APPELER)$", said, flags=re.MULTILINE
    )
    assert steps[1::2] == [*titles, "QUI APPELER"]
    told = dict(zip(AdviceStep, steps[2::2], strict=False))
    for step, text in told.items():
        open_, _, folded = text.partition("Et aussi")
        for advice in answer.advice:
            if advice.step is step and advice != answer.last_word:
                words = typography(" ".join(advice.text.replace("*", "").split()))[:60]
                assert words in (open_ if advice.unfolded else folded), advice.id
    assert "**" not in said
    assert "(parce que" in said


def test_orienter_says_first_whom_to_call_and_last_a_word_for_whoever_helps(command: Run) -> None:
    for ids, number in ((["danger-suicide"], "15"), (["danger-disparition"], "17")):
        said = command("orienter", *ids).stdout
        assert said.startswith(f"Agissez maintenant\xa0: appelez le {number}.\n")
        assert said.rstrip().endswith("Ce n’est pas à vous de tout porter.")
    assert command("orienter").stdout.startswith("Ne rien cocher ne veut pas dire")
    assert command("orienter", "--moment", "signes").stdout.startswith("Ces signes ne prouvent")


@pytest.mark.parametrize(("days", "overdue"), [(-1, False), (0, True), (3_000, True)])
def test_orienter_says_that_a_list_is_to_be_read_again(
    command: Run, sign_list: signs.SignList, days: int, overdue: bool
) -> None:
    """From the day that the page and the verifier say it on, before the last word of the answer."""
    day = first_day(sign_list.info.review_before) + timedelta(days=days)
    said = command("orienter", "danger-suicide", "--a", f"{day}T00:00").stdout
    assert ("Cette liste était à revoir avant le" in said.splitlines()[-3]) is overdue
    assert said.startswith("Agissez maintenant")


def test_verifier_says_a_sound_list_is_ready(command: Run, reperes: Run) -> None:
    ran = reperes("verifier")
    assert ran.returncode == 0
    assert "prête à servir" in ran.stdout
    report = _json(command, "verifier", "--json")["problemes"]
    assert {p["gravite"] for p in report} <= {"remarque"}  # type: ignore[attr-defined]


def test_verifier_tells_every_problem_and_fails(command: Run, list_folder: Path) -> None:
    file = list_folder / "signes.toml"
    file.write_text(file.read_text("utf-8").replace('libelle = "', 'libele = "'), "utf-8")
    ran = command("verifier", str(list_folder))
    assert ran.returncode == 1
    assert re.search(r"signes\.toml:\d+.*libele", ran.stdout)
    report = json.loads(command("verifier", str(list_folder), "--json").stdout)["problemes"]
    assert len(report) == ran.stdout.strip().count("\n") + 1
    assert set(report[0]) == {"code", "fichier", "ligne", "gravite", "couche", "message"}
    assert {p["gravite"] for p in report} == {"erreur"}


def test_remarks_alone_do_not_fail(command: Run, list_folder: Path) -> None:
    file = list_folder / "sources.toml"
    file.write_text(
        file.read_text("utf-8") + '\n[[source]]\nid = "neuve"\ntitre = "T"\nediteur = "E"\n',
        "utf-8",
    )
    ran = command("verifier", str(list_folder))
    assert ran.returncode == 0
    assert "remarque" in ran.stdout


MISTAKES = {
    ("orienter", "isolemnt"): "Vouliez-vous dire",
    ("orienter", "Scarifications"): "\u00a0scarifications\u00a0»",
    ("orienter", "CRISE D’ANGOISSE"): "\u00a0crise-angoisse\u00a0»",
    ("orienter", "--moment", "paroles"): "Les portes d’entrée sont",
    ("orienter", "--moment", "paroles", "--json"): "Vouliez-vous dire",
    ("orienter", "--a", "demain"): "n’est pas une date",
    ("exporter", "--adresse", "reperes.exemple.fr"): "--adresse https://reperes.exemple.fr",
    ("exporter", "--adresse", "http://localhost:8866/"): "que d’autres postes ouvrent",
    ("orienter", "--a", "0001-01-01T00:00"): "n’est pas une date",
    ("orienter", "a" * 5000): "est inconnu",
    ("verifier", "a" * 5000): "ne peut pas être ouvert",
    ("orienter", "--liste", "sextortion"): "Vouliez-vous dire",
    ("verifier", "/nulle/part"): "Aucune liste ne s’appelle ainsi",
    ("exporter", "--liste", "/nulle/part"): "Aucune liste ne s’appelle ainsi",
    ("--liste", "/nulle/part"): "Aucune liste ne s’appelle ainsi",
    ("verifer",): "\u00a0verifier\u00a0»",
    ("--prot", "1"): "\u00a0--port\u00a0»",
    ("--port",): "attend une valeur",
    ("--port", "cent"): "donnée à --port ne convient pas",
    ("--port", "99999999"): "il faut un nombre de 1 à 65535",
    ("formateur", "--port"): "reperes formateur --help",
    ("--sans-navigateur=oui",): "s’écrit seule, sans valeur",
    ("comparer", "sextorsion"): "Il manque APRÈS. L’autre, de même.",
    ("verifier", "a", "b"): "est en trop",
}


@pytest.mark.parametrize("arguments", MISTAKES, ids=lambda words: " ".join(words)[:40])
def test_a_mistake_is_one_clear_french_sentence_and_not_a_success(
    command: Run, arguments: tuple[str, ...]
) -> None:
    ran = command(*arguments)
    said = ran.stdout + ran.stderr
    assert ran.returncode != 0
    assert MISTAKES[arguments] in said
    assert "Traceback" not in said
    assert not re.search(r"\b(?:Error|Usage|Invalid|Try|No such)\b", said)


@pytest.mark.parametrize("columns", [40, 60, 80, 120])
def test_help_is_in_french_however_narrow(
    columns: int, command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    verbs = re.findall(r"^  ([a-z][a-z-]{3,})  ", command("--help").stdout, re.MULTILINE)
    assert {"orienter", "verifier", "exporter", "formateur"} <= set(verbs)
    for verb in ([], *([verb] for verb in verbs)):
        said = command(*verb, "--help").stdout
        assert said.startswith("Utilisation")
        assert "Affiche cette aide." in said
        assert not re.search(
            r"\b(?:Usage|Show|default|required|env var|Commands|TEXT)\b|<str>|[{}]|<=", said
        )


def test_the_version_is_told(command: Run) -> None:
    ran = command("--version")
    assert (ran.returncode, ran.stdout) == (0, f"Repères {version('reperes')}\n")


def _reads_plainly(said: str) -> bool:
    return "?" not in said.replace("\u202f?", "").replace("\xa0?", "").replace(" ?", "")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "cp850", "latin-1", "utf-8"])
@pytest.mark.parametrize(
    "arguments", [("orienter", "confidence"), ("verifier",), ("orienter", "--json")]
)
def test_a_terminal_of_another_age_reads_plain_letters(
    encoding: str, arguments: tuple[str, ...], command: Run
) -> None:
    ran = command(*arguments, encoding=encoding)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert _reads_plainly(ran.stdout)
    if "--json" in arguments:
        assert json.loads(ran.stdout)["urgence"] == "aucune"


def test_a_real_terminal_of_another_age_does_too() -> None:
    ran = subprocess.run(
        [REPERES, "orienter", "confidence"],
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        capture_output=True,
        check=True,
    )
    assert _reads_plainly(ran.stdout.decode("ascii"))
    assert ran.stderr == b""


@pytest.mark.parametrize("redirected", [">&-", "2>&- >&-", "| head -c 1", "--json >&-"])
def test_nobody_reading_is_not_a_traceback(redirected: str) -> None:
    ran = subprocess.run(  # noqa: S602 (closing its output is what a shell does)
        f"'{REPERES}' orienter confidence {redirected}",
        shell=True,
        capture_output=True,
        check=False,
    )
    assert b"Traceback" not in ran.stderr
    assert b"Exception" not in ran.stderr


def test_a_python_without_docstrings_is_told() -> None:
    refused = subprocess.run(
        [REPERES, "verifier"],
        env={**os.environ, "PYTHONOPTIMIZE": "2"},
        capture_output=True,
        check=False,
    )
    assert (refused.returncode, refused.stdout) == (1, b"")
    assert refused.stderr.count(b"\n") == 1, "a sentence, and no traceback"
    assert b"PYTHONOPTIMIZE" in refused.stderr


def test_a_broken_list_does_not_open_the_app(command: Run, list_folder: Path) -> None:
    (list_folder / "conseils.toml").write_text("[[conseil]\n", "utf-8")
    ran = command("--sans-navigateur", "--liste", str(list_folder))
    assert ran.returncode == 1
    assert "conseils.toml:1" in ran.stderr
