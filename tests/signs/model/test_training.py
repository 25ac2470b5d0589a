"""What the workshop and the resources rest on: stories that lead where they say, all sourced."""

from __future__ import annotations

from pathlib import Path

import pytest

import signs
from signs.model.training import Vignette
from signs.rules import vocabulary
from signs.text.readability import reading_ease


@pytest.fixture(scope="module")
def vignettes(sign_list: signs.SignList) -> dict[str, Vignette]:
    return {vignette.id: vignette for vignette in sign_list.vignettes}


def test_every_vignette_leads_where_it_says(sign_list: signs.SignList) -> None:
    for vignette in sign_list.vignettes:
        shown = {advice.id for advice in signs.orient(sign_list, vignette.ticks).advice}
        assert set(vignette.leads_to) <= shown, vignette.id


def test_a_vignette_that_leads_elsewhere_is_told_with_its_line(list_folder: Path) -> None:
    file = list_folder / "vignettes.toml"
    text = file.read_text(encoding="utf-8")
    # `une-question-ouverte` exists, but somebody who has told is listened to instead.
    file.write_text(
        text.replace('"dire-que-je-crois", "laisser', '"une-question-ouverte", "laisser', 1),
        "utf-8",
    )
    (problem,) = signs.inspect(list_folder).problems
    assert problem.file.endswith("vignettes.toml")
    assert "une-question-ouverte" in file.read_text("utf-8").splitlines()[problem.line - 1]
    assert "ne l’appellent pas" in problem.text


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [
        ("vignettes.toml", 'niveau = "college"', 'niveau = "primaire"', "college"),
        ("vignettes.toml", '["confidence", "menace', '["confidance", "menace', "confidence"),
        ("vignettes.toml", "minutes = 7", 'minutes = "sept"', "nombre entier"),
        ("atelier.toml", 'contenu = "mythes"', 'contenu = "mythe"', "mythes"),
        ("lexique.toml", 'source = "guide"', 'source = "guides"', "guide"),
        ("chiffres.toml", "nombre = 1174", 'nombre = "1 174"', "nombre entier"),
        ("chiffres.toml", 'chiffre = "chiffre-iwf"', 'chiffre = "iwf"', "[[chiffre]]"),
        ("documents.toml", "pour_l_ecole", "pour_ecole", "pour_l_ecole"),
    ],
)
def test_a_mistake_in_these_files_is_told_like_any_other(
    list_folder: Path, file: str, before: str, after: str, said: str
) -> None:
    path = list_folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(before, after, 1), encoding="utf-8")
    problems = signs.inspect(list_folder).problems
    assert any(said in problem.text and problem.file == str(path) for problem in problems)
    assert all(problem.line > 1 for problem in problems)


def test_a_list_without_these_files_is_sound(list_folder: Path) -> None:
    for name in ("lexique", "mythes", "atelier", "vignettes", "chiffres", "documents"):
        (list_folder / f"{name}.toml").unlink()
    sign_list = signs.load(list_folder)
    assert sign_list.vignettes == sign_list.terms == sign_list.figures == ()


# What the workshop has to hold at least, and the ticks that say a story holds it.
STORIES = {
    "a disclosure": "confidence",
    "a rumour": "rumeur",
    "an author who is a pupil": "auteur-eleve",
    "money paid": "deja-cede",
    "attachment to the author": "attachement",
    "a pupil summoned": "convocation",
    "a suspect parent": "auteur-parent",
    "an image already seen": "image-vue",
    "a montage": "image-montage",
    "a countdown": "danger-compte-a-rebours",
    "a young child": "moins-de-dix-ans",
}


def test_the_stories_are_of_every_kind_and_age(vignettes: dict[str, Vignette]) -> None:
    assert len(vignettes) >= 12
    assert {vignette.level for vignette in vignettes.values()} == {"ecole", "college", "lycee"}
    ticked = {tick for vignette in vignettes.values() for tick in vignette.ticks}
    assert set(STORIES.values()) <= ticked
    assert "vignette-fausse-piste" in vignettes


def test_some_stories_have_mild_signs_only_and_say_nothing_is_proven(
    sign_list: signs.SignList, vignettes: dict[str, Vignette]
) -> None:
    signs_only = [
        vignette
        for vignette in vignettes.values()
        if all(sign_list.items[tick].urgency == "none" for tick in vignette.ticks)
    ]
    assert len(signs_only) >= 2
    assert any("ne prouve" in vignette.why for vignette in signs_only)


def test_the_long_path_fits_60_to_90_minutes_and_the_short_one_20(
    sign_list: signs.SignList,
) -> None:
    def minutes_of(path: str) -> int:
        return sum(v.minutes for v in sign_list.vignettes if path in v.paths)

    long = sum(step.minutes for step in sign_list.steps) + minutes_of("long")
    assert 60 <= long <= 90
    short = sum(step.short_minutes or 0 for step in sign_list.steps) + minutes_of("court")
    assert short <= 20


def test_the_frame_comes_first_and_says_how_to_step_out(sign_list: signs.SignList) -> None:
    frame = sign_list.steps[0]
    for said in ("Aucun cas réel", "aucun prénom", "sortir", "3114"):
        assert said in frame.text
    for said in ("Soyez deux", "contacts locaux", "reconnaît un élève", "ce qu'elle a vécu"):
        assert said in frame.notes


def test_every_clumsy_sentence_gets_a_better_one(sign_list: signs.SignList) -> None:
    assert len(sign_list.phrases) >= 8
    for phrase in sign_list.phrases:
        assert phrase.clumsy not in phrase.better


def test_figures_that_disagree_stand_side_by_side_each_with_its_source(
    sign_list: signs.SignList,
) -> None:
    counted = [v for v in sign_list.figure_values if v.figure == "chiffre-signalements"]
    of_2023 = [v for v in counted if v.year == 2023]
    assert {value.number for value in of_2023} == {5549, 8000, 10000, 12000}
    assert len({value.source for value in of_2023}) == len(of_2023)
    figures = {figure.id for figure in sign_list.figures}
    assert {value.figure for value in sign_list.figure_values} == figures
    for value in sign_list.figure_values:
        assert value.source or value.landmark, value.id
        assert value.up_to is None or (value.number or 0) < value.up_to


def test_the_vocabulary_table_has_one_source(sign_list: signs.SignList) -> None:
    outdated = [rule.outdated for rule in vocabulary.vocabulary()]
    for word in ("Pédophile", "Pédopornographie", "Tourisme sexuel", "Images pédopornographiques"):
        assert word in outdated
    assert all(
        rule.source in {source.id for source in sign_list.sources} | {None}
        for rule in vocabulary.vocabulary()
    )


SHOWN = (*("terms", "myths", "steps", "phrases", "vignettes", "figures", "additions", "left_out"),)


def test_these_texts_are_plain_to_read_too(sign_list: signs.SignList) -> None:
    measured = sorted(
        (ease.score, ease.longest, f"{entry.id}/{path[0]}")
        for name in (
            "terms",
            "myths",
            "steps",
            "phrases",
            "vignettes",
            "figures",
            "additions",
            "left_out",
        )
        for entry in getattr(sign_list, name)
        for path, text in vocabulary.texts(entry)
        if (ease := reading_ease(text)) and ease.words >= 12
    )
    print(*measured[:10], sep="\n")
    assert sum(score for score, *_ in measured) / len(measured) >= 70
    assert max(longest for _, longest, _ in measured) <= 30
