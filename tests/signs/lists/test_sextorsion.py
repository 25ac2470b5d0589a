"""The shipped list: all of the guide's signs, dates that hold, contacts for whom they are for."""

from __future__ import annotations

import re
from datetime import date

import signs
from signs.loading.loader import SHIPPED
from signs.model.entries import Section

# Every sign the guide names, by the family it names it in, and the entry that carries it.
GUIDE = {
    "physique": {
        "eczéma": "eczema",
        "crises d'angoisse": "crise-angoisse",
        "troubles du sommeil": "sommeil",
        "douleurs à l'estomac": "maux-de-ventre",
        "troubles de la concentration": "concentration",
    },
    "cognitif": {
        "troubles de la mémoire": "memoire",
        "difficultés de raisonnement et de jugement": "raisonnement",
        "désinvestissement scolaire": "desinvestissement",
        "décrochage": "decrochage",
        "surinvestissement scolaire": "surinvestissement",
    },
    "psychosocial": {
        "anxiété": "anxiete",
        "peur": "peur",
        "hypervigilance": "hypervigilance",
        "évitement": "evitement",
        "honte": "honte",
        "culpabilité": "culpabilite",
        "détresse émotionnelle": "detresse",
        "dépression": "tristesse",
        "isolement social": "isolement",
        "toxiques": "substances",
        "comportements délictueux": "transgressions",
        "vols": "vols",
        "scarifications": "scarifications",
        "fugues": "fugue",
        "suicides": "propos-suicidaires",
        "troubles du comportement alimentaire": "alimentation",
        "hypersexualité": "sexualisation",
    },
}


# What schools notice besides, and the document that says why it matters.
BESIDES = {"absence-sans-nouvelles": "enfants-disparus", "argent-inexplique": "guide"}


def test_every_sign_of_the_guide_has_an_entry_and_every_entry_a_sign_of_the_guide(
    sign_list: signs.SignList,
) -> None:
    carried = {(family, id_) for family, terms in GUIDE.items() for id_ in terms.values()}
    signs_of_the_guide = {s for s in sign_list.signs if s.id not in BESIDES}
    assert {(sign.family, sign.id) for sign in signs_of_the_guide} == carried
    sources = {sign.id: sign.source for sign in sign_list.signs}
    assert sources == dict.fromkeys(sources, "guide") | BESIDES


def test_long_term_illnesses_are_information_and_never_a_tick(sign_list: signs.SignList) -> None:
    told = " ".join(family.information or "" for family in sign_list.families)
    for illness in ("cœur", "diabète", "asthme", "maladies chroniques"):
        assert illness in told
        assert all(illness not in sign.label for sign in sign_list.signs)


def test_every_sign_has_other_possible_causes(sign_list: signs.SignList) -> None:
    assert all(sign.other_causes for sign in sign_list.signs)


def test_no_contact_was_checked_later_than_its_source_is_dated(sign_list: signs.SignList) -> None:
    dates = {source.id: source.dated for source in sign_list.sources}
    for service in sign_list.services:
        dated = dates[service.source]
        assert dated is not None, f"{service.id} rests on a source without a date"
        assert service.checked_on <= dated[: len(service.checked_on)], service.id


def test_a_review_is_due_within_a_year(sign_list: signs.SignList) -> None:
    due = date.fromisoformat(sign_list.info.review_before)
    assert (due - date.fromisoformat(sign_list.info.reviewed_on)).days <= 366


def test_ids_are_unique_across_all_kinds(sign_list: signs.SignList) -> None:
    entries = (
        *sign_list.sources,
        *sign_list.families,
        *sign_list.signs,
        *sign_list.moments,
        *sign_list.situations,
        *sign_list.advice,
        *sign_list.services,
    )
    ids = [entry.id for entry in entries]
    assert len(ids) == len(set(ids))


def test_the_four_doors_ask_for_the_moment_first_and_danger_before_all(
    sign_list: signs.SignList,
) -> None:
    doors = [moment.id for moment in sign_list.moments if moment.entry_point]
    assert doors == ["danger", "parole", "alerte", "signes"]
    assert sign_list.moments[0].id == "danger"
    assert [moment.id for moment in sign_list.moments if moment.pupil_spoke] == ["parole"]
    assert "15" in sign_list.moments[0].first_words
    assert "17" in sign_list.moments[0].first_words
    for door in sign_list.doors.values():
        assert len(re.findall(r"\w[\w']*", door.first_words)) <= 15, door.id
        assert re.search(r"[Qq]uel adulte", door.first_words), door.id


def test_every_danger_names_the_number_to_call_first_and_nothing_else_does(
    sign_list: signs.SignList,
) -> None:
    first = {id_: cause.call_first for id_, cause in sign_list.causes.items()}
    urgent = {id_ for id_, cause in sign_list.causes.items() if cause.urgency == "immediate"}
    assert {id_ for id_, number in first.items() if number} == urgent
    assert first["danger"] == "112"
    assert {first[id_] for id_ in ("danger-suicide", "danger-blessure", "propos-suicidaires")} == {
        "15"
    }
    assert {first[id_] for id_ in ("danger-rendez-vous", "danger-disparition")} == {"17"}


def test_numbers_the_facts_leave_out_stay_out(sign_list: signs.SignList) -> None:
    phones = {(service.phone or "").replace(" ", "") for service in sign_list.services}
    assert phones.isdisjoint({"3020", "0800200000", "0806231063", "0805802804", "0800100811"})


def test_pupil_only_lines_are_for_pupils(sign_list: signs.SignList) -> None:
    audience = {service.id: service.audience for service in sign_list.services}
    assert audience["espace-mineurs"] == ("eleve",)
    assert audience["fil-sante-jeunes"] == ("eleve",)


def test_a_montage_calls_the_gestures_of_any_picture(sign_list: signs.SignList) -> None:
    """As its own help says; but nobody has sent anything that one could be reproached with."""
    picture = {advice.id for advice in signs.orient(sign_list, {"image-circule"}).advice}
    montage = {advice.id for advice in signs.orient(sign_list, {"image-montage"}).advice}
    assert picture - montage == {"pas-de-morale"}
    assert montage <= picture


def test_in_every_danger_it_is_said_who_tells_the_family(sign_list: signs.SignList) -> None:
    for item in sign_list.items.values():
        if item.urgency == "immediate":
            advice = {each.id for each in signs.orient(sign_list, {item.id}).advice}
            assert "famille-et-secours" in advice, item.id


def test_words_to_say_are_whole_sentences_that_can_be_read_aloud(
    sign_list: signs.SignList,
) -> None:
    talk = {a.id: a.text for a in sign_list.advice if a.section is Section.TALK}
    talk |= {moment.id: moment.first_words for moment in sign_list.moments}
    with_words = 0
    for id_, text in talk.items():
        said = re.findall(r"« (.+?) »", text)
        with_words += bool(said)
        for sentence in said:
            assert re.fullmatch(r"[A-ZÀ-Ý].*[.?!]", sentence), (id_, sentence)
            assert len(sentence.split()) <= 40, (id_, sentence)
    assert with_words >= 14


def test_how_things_changed_helps_to_describe_and_never_to_measure(
    sign_list: signs.SignList,
) -> None:
    """Sudden, in several places, lasting: asked for every sign, in words, with nothing to tick."""
    calm = [sign for sign in sign_list.signs if sign.urgency != "immediate"]
    for sign in calm:
        texts = {a.id: a.text for a in signs.orient(sign_list, {sign.id}).advice}
        described = texts["noter-ce-qui-change"]
        for words in ("depuis quand", "d'un coup", "plusieurs", "si cela dure", "ne mesure rien"):
            assert words in described
    labels = " ".join(item.label for item in sign_list.items.values()).casefold()
    for words in ("plusieurs lieux", "depuis", "d'un coup"):
        assert words not in labels


NUMBER = re.compile(r"\d+")
QUOTED = re.compile(r"«\s*(.*?)\s*»")
SENTENCE = re.compile(r"[^.?!]+[.?!]")


def test_every_advice_has_a_short_form_that_says_nothing_else(sign_list: signs.SignList) -> None:
    for advice in sign_list.advice:
        assert advice.short, advice.id
        assert len(advice.short) <= 120, advice.id
        text = " ".join(advice.text.replace("*", "").split())
        assert set(NUMBER.findall(advice.short)) <= set(NUMBER.findall(text)), advice.id
        for quoted in QUOTED.findall(advice.short):
            for sentence in SENTENCE.findall(quoted):
                assert sentence.strip() in text, advice.id


# What somebody at school may come with, and the tick that says it.
SITUATIONS = {
    "suicidal words": ("danger-suicide", "propos-suicidaires"),
    "an injury": ("danger-blessure",),
    "a physical threat": ("danger-menace-physique",),
    "a meeting fixed": ("danger-rendez-vous",),
    "a pupil missing": ("danger-disparition",),
    "a countdown": ("danger-compte-a-rebours",),
    "has told me": ("confidence",),
    "has shown me": ("telephone-montre",),
    "asks me to keep it": ("secret-demande",),
    "refuses help": ("refus-aide",),
    "is attached to the author": ("attachement",),
    "is afraid of the parents": ("peur-des-parents",),
    "did not report and has been summoned": ("convocation",),
    "confides having pressed others, or having had to bring others in": ("auteur-se-confie",),
    "is under 10": ("moins-de-dix-ans",),
    "is 18 or more": ("eleve-majeur",),
    "somebody alerted me": ("alerte-camarade", "alerte-parent", "alerte-collegue", "rumeur"),
    "an image circulates, real or made": ("image-circule", "image-montage"),
    "it is on the school's network": ("image-reseau",),
    "I saw it, I received it, it is on my phone": ("image-vue", "image-recue"),
    "a threat to publish": ("menace-diffusion",),
    "money, gift cards or more images are demanded": ("argent-exige", "images-exigees"),
    "something was paid or sent": ("deja-cede",),
    "a meeting has taken place": ("rencontre-eue",),
    "who the author may be": (
        *("auteur-en-ligne", "auteur-eleve", "auteur-parent"),
        *("auteur-personnel", "auteur-direction"),
    ),
    "several pupils are involved": ("plusieurs-eleves",),
    "evening, weekend, holidays": ("hors-temps-scolaire",),
    "a primary school": ("ecole-primaire",),
    "a private school under contract": ("etablissement-prive",),
    "a precarious post": ("statut-precaire",),
    "overseas": ("outre-mer",),
    "I reported and nothing moves": ("sans-suite",),
    "the day after": ("lendemain",),
    "this weighs on me": ("poids",),
    "an order to hurt oneself or somebody": ("danger-blessure-exigee",),
    "a danger abroad, a trip, a boarding school": ("danger-a-l-etranger", "voyage-internat"),
    "has written to me": ("message-ecrit",),
    "an anonymous letter or questionnaire": ("alerte-anonyme",),
    "an image sold, an image of a member of staff": ("image-vendue", "image-adulte"),
    "threats arriving now, a live demanded": ("menaces-en-cours", "live-exige"),
    "somebody known, outside the school": ("auteur-connu",),
    "a disability, little French": ("eleve-handicap", "peu-de-francais"),
}


def test_every_situation_somebody_may_come_with_has_a_tick_and_advice_of_its_own(
    sign_list: signs.SignList,
) -> None:
    named = [id_ for ids in SITUATIONS.values() for id_ in ids]
    assert len(named) == len(set(named))
    assert {situation.id for situation in sign_list.situations} == set(named) - {
        "propos-suicidaires"
    }
    for id_ in named:
        own = [a.id for a in sign_list.advice if a.triggers and id_ in a.triggers]
        assert own, id_


CONTACTS = {
    *("15", "17", "18", "112", "119", "3018", "3114", "116 000", "116 006", "0 805 805 817"),
    *("0 800 235 236", "114"),
    *("pharos", "ma-securite", "espace-mineurs", "thesee", "pnav", "commissariat-psychologue"),
    *("enfant-bleu", "paej", "cmp", "maison-des-adolescents", "take-it-down", "stopncii"),
    *(
        "internet-sans-crainte",
        "cyber-17",
        "uaped",
    ),
}


def test_every_confirmed_contact_is_there_and_those_left_out_are_named_with_a_reason(
    sign_list: signs.SignList,
) -> None:
    reached = {
        how for service in sign_list.services for how in (service.phone, service.sms, service.id)
    }
    assert reached >= CONTACTS
    comment = (SHIPPED / "sextorsion" / "services.toml").read_text(encoding="utf-8")
    left_out = comment.partition("Laissés de côté, et pourquoi")[2].partition("[[service]]")[0]
    for name in ("3020", "Net Écoute", "STOP", "Ciivise", "Disrupt", "Suicide Écoute"):
        (line,) = (line for line in left_out.splitlines() if name in line)
        assert re.fullmatch(r"# - .+ : .+[;.]", line), line


def test_what_a_contact_cannot_do_is_said(sign_list: signs.SignList) -> None:
    limits = {service.id: service.limits or "" for service in sign_list.services}
    assert "Ni urgence, ni message privé" in limits["pharos"]
    assert "relation uniquement en ligne" in limits["thesee"]
    assert "argent" in limits["thesee"]
    assert "moins de 21 ans" in limits["enfance-en-danger-119"]
    purposes = {service.id: service.purpose for service in sign_list.services}
    assert "moins de 18 ans" in purposes["espace-mineurs"]
    hours = {service.id: service.hours for service in sign_list.services}
    assert hours["france-victimes"] is None  # the sources disagree
