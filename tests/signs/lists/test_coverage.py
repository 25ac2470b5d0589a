"""Each section of each source document, and the entries that carry it; or why none does.

To extend it: add ids to a section, or write a reason with `Left`. Two tests keep it honest:
every id exists, and every entry of the board that rests on a document stands in its table.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

import signs
from signs.rules import vocabulary


@dataclass(frozen=True)
class Left:
    """A section that no entry carries, and why."""

    reason: str


INVESTIGATORS = Left("For investigators only, says the guide: nobody at school does this.")

Table = dict[str, tuple[str, ...] | Left]

# The partner version of the Office mineurs' guide, from its first page to its last.
GUIDE: Table = {
    # Propos liminaires
    "what sextortion is: a threat to share, for images, money or anything else": (
        *("menace-diffusion", "images-exigees", "argent-exige", "ne-rien-payer"),
    ),
    "images made by artificial intelligence": ("image-montage",),
    "organised networks abroad": ("ecart-origine",),
    "whom it meets: 10 to 17 years old": ("moins-de-dix-ans", "eleve-majeur", "parler-a-un-majeur"),
    "girls mostly for images, boys mostly for money": ("images-exigees", "argent-exige"),
    "false profiles, hacked accounts, profiles made to measure": (
        *("auteur-en-ligne", "ne-pas-contacter-le-profil"),
    ),
    "compliments, a confidant": ("attachement", "respecter-l-attachement"),
    "a meeting imposed, physical violence": (
        *("danger-rendez-vous", "ne-pas-aller-au-rendez-vous"),
        *("rencontre-eue", "soin-apres-une-rencontre"),
    ),
    "threat to all contacts, images shown to press": (
        *("menace-diffusion", "menaces-en-cours", "poser-le-telephone"),
    ),
    "a countdown": ("danger-compte-a-rebours", "laisser-passer-le-compte-a-rebours"),
    "prepaid cards, transfers, gift cards": ("argent-exige", "deja-cede", "annuler-le-paiement"),
    "images sent on to a group": ("image-circule",),
    "45 minutes on average": ("chiffre-45-minutes", "etape-comprendre"),
    "somebody whom the victim knows": ("auteur-connu",),
    "between pupils, in schools, for fun or money": (
        *("image-vendue", "arreter-la-vente"),
        *("auteur-eleve", "plusieurs-eleves", "parler-aux-eleves-separement"),
        *("auteur-se-confie", "ecouter-qui-a-fait-pression"),
    ),
    "an adult whom the pupil trusts, wherever the author is": (
        *("adulte-de-confiance", "adulte-pour-l-eleve-vise", "adulte-d-un-jeune-enfant"),
        *("adulte-d-un-majeur", "adulte-en-danger", "adulte-au-retour"),
        *("adulte-hors-de-la-maison", "adulte-loin-du-personnel", "adulte-loin-de-la-direction"),
    ),
    "victims seldom tell: shame, guilt, not knowing it is an offence": (
        *("honte", "culpabilite", "dire-que-je-crois"),
    ),
    "sexting is common; blackmail is what is illegal": ("pas-de-morale",),
    "recent figures: France, the IWF, suicides in the United States": (
        *("chiffre-signalements", "valeur-2022-guide", "valeur-2023-guide"),
        *("chiffre-iwf", "chiffre-suicides", "chiffre-ages"),
    ),
    # Détecter les victimes
    "few complaints": ("porter-plainte",),
    "reports sent by platforms through the NCMEC": ("convocation", "preparer-la-convocation"),
    "posters: stop, do not give in, keep, tell, have it taken down": (
        *("ne-rien-payer", "garder-les-preuves", "annuler-le-paiement", "faire-retirer"),
        *("porter-plainte", "ne-rien-faire-effacer", "ecouter-le-parent"),
        "laisser-passer-le-compte-a-rebours",
    ),
    "posters: myths and realities": ("mythe-amour", "mythe-sans-mal", "mythe-faute"),
    "links to radio, video and social networks": Left("Those pieces that were read are sources."),
    # Prendre en charge les victimes
    "online only, yet the same consequences": ("pas-de-morale", "ne-pas-condamner"),
    "most have not told, and are summoned": ("convocation",),
    "welcome: calm place, steady voice, words for the age": (
        *("choisir-le-moment", "moins-de-dix-ans", "parler-a-un-jeune-enfant"),
        "preuves-d-un-jeune-enfant",
    ),
    "accompanied by whom they choose; told why; told their rights": ("preparer-la-convocation",),
    "say they are not responsible; do not minimise": (
        *("dire-que-je-crois", "pas-de-morale", "ne-pas-condamner", "quand-l-eleve-est-retrouve"),
    ),
    "psychological needs seen to": ("trois-questions-permises",),
    "thank, stay available": ("tenir-parole",),
    "the hearing: what to gather": INVESTIGATORS,
    "others never question on the facts": ("ne-pas-enqueter",),
    "no contact with the presumed author": (
        *("ne-pas-avertir-l-auteur", "ne-pas-avertir-les-autres", "pas-de-mediation"),
        *("mettre-a-l-abri", "ecouter-sans-rien-reveler", "auteur-hors-de-l-ecole"),
        *("loin-de-la-maison", "ne-pas-repondre-seul"),
    ),
    "an appointment to assess the after-effects": ("soin-apres-une-rencontre",),
    "guilt, and no moralising": ("pas-de-morale", "son-telephone-lui-reste"),
    "attachment to the author": ("attachement", "respecter-l-attachement"),
    "the refusal to be helped": ("refus-aide", "respecter-le-refus"),
    "parents there may keep from speaking": (
        *("peur-des-parents", "entendre-la-peur-des-parents", "famille-redoutee"),
        *("preparer-la-convocation", "mots-pour-la-famille"),
    ),
    # Enquêter
    "how to investigate": ("ecart-enquete",),
    # Prévenir et accompagner
    "what is not said shows otherwise; hard to interpret; ask where it comes from": (
        *("signes", "une-question-ouverte", "dire-ce-que-je-vois", "laisser-raconter"),
    ),
    "physical, visible": ("eczema", "crise-angoisse", "sommeil"),
    "physical, invisible": ("maux-de-ventre", "concentration"),
    "long-term illnesses": ("physique", "ecart-maladies"),
    "cognitive development, schoolwork": (
        *("memoire", "raisonnement", "desinvestissement", "decrochage", "surinvestissement"),
        "cognitif",
    ),
    "psychic and social": (
        *("anxiete", "peur", "hypervigilance", "evitement", "honte", "culpabilite", "detresse"),
        *("tristesse", "isolement", "psychosocial"),
    ),
    "self-aggressive": (
        *("substances", "transgressions", "vols", "scarifications", "fugue"),
        *("propos-suicidaires", "danger-suicide"),
    ),
    "named for girls": ("alimentation", "sexualisation"),
    "contact: THESEE and its number": ("thesee", "info-escroqueries"),
    "contact: PNAV": ("pnav",),
    "contact: psychologists and social workers of the police": ("commissariat-psychologue",),
    "contact: 3018": ("violences-numeriques-3018",),
    "contact: L'Enfant Bleu": ("enfant-bleu",),
    "contact: 119": ("enfance-en-danger-119",),
    "contact: Internet sans crainte": ("internet-sans-crainte",),
    "contact: PAEJ": ("paej", "chiffre-paej"),
    "contact: CMP": ("cmp",),
    "contact: Pharos": ("pharos",),
    "contact: Ma Sécurité": ("ma-securite", "espace-mineurs"),
    # Pour aller plus loin, annexes
    "training for investigators": INVESTIGATORS,
    "annex: posters": ("affiche-ecole", "affiche-college", "affiche-lycee"),
    "annex: glossary, its sixteen entries": (
        *("terme-abus-sexuel", "terme-abus-en-ligne", "terme-contenu-pedocriminel"),
        *("terme-contenus-d-abus", "terme-deepfake", "terme-autoproduit", "terme-sextorsion"),
        *("terme-corruption", "terme-diffusion", "terme-exploitation"),
        *("terme-exploitation-en-ligne", "terme-images-sexualisees", "terme-inceste"),
        *("terme-materiels", "terme-sexting", "terme-grooming"),
    ),
    "annex: acts before a camera, a gain in exchange": (
        *("live-exige", "couper-la-camera", "argent-inexplique", "devant-l-argent"),
    ),
    "annex: what is no longer said": Left(
        "Binds every text: `signs/rules/vocabulary.toml`, next test."
    ),
    # What the guide's moments are made of
    "what one was told without asking": ("faits",),
}

# The four press pieces.
PRESS: dict[str, Table] = {
    "tv-ofmin": {
        "700 reports a day, 35 people": ("chiffre-effectif",),
        "the growth: some ten, then 8 000": ("valeur-2022-tv-ofmin", "valeur-2023-tv-ofmin"),
        "arrests in 53 departments": ("chiffre-coup-de-filet",),
        "how authors are traced": ("apport-office",),
        "the author passes for a minor": ("auteur-en-ligne",),
        "girls for images, boys for money": ("images-exigees", "argent-exige"),
    },
    "presse-livestreaming": {
        "abuse ordered from abroad": ("apport-livestreaming", "ecart-details"),
        "the Office grows, too many cases are closed": ("apport-livestreaming", "chiffre-effectif"),
    },
    "franceinfo-2024": {
        "10 000 to 12 000 reports in 2023": ("valeur-2023-franceinfo",),
        "children before puberty too": (
            "moins-de-dix-ans",
            "parler-a-un-jeune-enfant",
            "apport-prepuberes",
        ),
        "39 % find sending such pictures normal": ("chiffre-39",),
        "images exchanged between authors": ("image-circule",),
    },
    "franceinfo-2020": {
        "a line for people attracted to children": ("ecart-auteurs",),
        "a team at Europol helps to find authors": ("apport-europol",),
        "nearly one child in ten is solicited": ("chiffre-sollicitations",),
        "a very violent hold, even from afar": ("attachement", "refus-aide"),
        "the first image, then the spiral": ("images-exigees", "ne-rien-payer"),
        "it can drive to suicide": ("danger-suicide", "trois-questions-permises", "ce-soir"),
        "images that can never be taken down": ("faire-retirer", "apport-europol"),
        "a listening line on suicide": ("prevention-suicide-3114", "ecart-numeros"),
    },
}

# What was read since: the law, the services, what schools met in 2024-2026.
SINCE: dict[str, Table] = {
    "code-penal-312-10": {
        "blackmail by sexual images, or to obtain some": (
            *("pas-de-morale", "terme-sextorsion", "mythe-faute"),
        ),
    },
    "code-penal-226-8-1": {
        "a sexual montage shown without consent, to one person even": (
            *("image-adulte", "aller-vers-l-adulte-vise", "plainte-et-protection"),
            *("preuves-de-la-personne-visee", "terme-deepfake", "mythe-montage"),
        ),
    },
    "code-penal-227-23-1": {"an adult who asks a minor for an image": ("terme-sextorsion",)},
    "code-penal-227-22-2": {"an adult who incites a minor online": ("couper-la-camera",)},
    "code-procedure-penale-706-50": {"parents in question": ("preparer-la-convocation",)},
    "prive-agents-publics": {"teachers under contract are public agents": ("dans-le-prive",)},
    "protection-fonctionnelle": {
        "owed to every agent": ("aller-vers-l-adulte-vise", "plainte-et-protection"),
    },
    "decret-2025-1260": {"the head declares without delay": ("du-cote-de-la-direction",)},
    "decret-2025-542": {
        "private schools declare too": ("du-cote-de-la-direction", "fiche-chaine"),
        "trips and boarding are in it": ("voyage-internat", "loin-de-la-maison"),
    },
    "pronote-incidents": {"shared with the whole team by default": ("noter-les-mots",)},
    "questionnaires-2025": {
        "anonymous, after a trip or in boarding; they end with numbers": (
            *("alerte-anonyme", "offrir-a-tous", "transmettre-le-mot"),
        ),
    },
    "thorn-educateurs": {"the words before a pupil tells": ("avant-que-l-eleve-raconte",)},
    "grc-cybergroupes": {
        "orders to hurt oneself, an animal, somebody": (
            *("danger-blessure-exigee", "rien-de-ce-qui-est-exige"),
        ),
    },
    "snapchat-compte": {
        "no pause, a closed account is erased": (
            *("garder-les-preuves", "preuves-de-la-personne-visee"),
        ),
    },
    "urgence-europe": {
        "one number in the whole Union": (
            *("danger-a-l-etranger", "appeler-a-l-etranger", "loin-de-la-maison"),
        ),
    },
    "handicap-caa": {"other ways to say it": ("eleve-handicap", "parler-avec-ses-moyens")},
    "interprete-enfants": {"professional interpreters": ("peu-de-francais", "un-interprete")},
    "uaped-rennes": {"care, and advice to staff": ("soin-apres-une-rencontre", "uaped")},
    "uaped-voix-enfant": {"units in hospitals": ("uaped",)},
    "solidarites-numeros": {
        "119 and 3018 in November 2025": ("enfance-en-danger-119", "violences-numeriques-3018"),
    },
    "cyber-17-essor": {"a diagnosis, then a chat, not for minors": ("cyber-17",)},
    "pnav-interieur": {"day and night, for professionals too": ("pnav",)},
    "sence-ofmin": {"28 767 reports in 2024": ("valeur-2024-sence-ofmin",)},
    "iwf-2023": {"257 %: half a year against a year": ("chiffre-iwf", "valeur-2022-iwf")},
    "iwf-rapport": {"confirmed, by year": ("valeur-2023-iwf", "valeur-2024-iwf")},
}


ON_THE_BOARD = ("families", "signs", "moments", "situations", "advice", "services")


def _entries(sign_list: signs.SignList, *fields: str) -> dict[str, object]:
    """Return the entries of these fields of a list, all of them by default, by id."""
    found: dict[str, object] = {}
    for name in fields or tuple(type(sign_list).model_fields):
        value = getattr(sign_list, name)
        if isinstance(value, tuple):
            found |= {entry.id: entry for entry in value}
    return found


def _carried(table: Table) -> set[str]:
    return {id_ for ids in table.values() if not isinstance(ids, Left) for id_ in ids}


TABLES = {"guide": GUIDE, **PRESS, **SINCE}


@pytest.mark.parametrize("document", TABLES)
def test_every_section_is_carried_by_entries_that_exist_or_says_why_not(
    sign_list: signs.SignList, document: str
) -> None:
    known = _entries(sign_list)
    for section, carried in TABLES[document].items():
        if isinstance(carried, Left):
            assert carried.reason.endswith("."), section
        else:
            assert carried, section
            assert set(carried) <= known.keys(), section


def test_nothing_is_left_but_the_investigators_part_and_what_is_said_elsewhere() -> None:
    left = {
        section
        for table in TABLES.values()
        for section, why in table.items()
        if isinstance(why, Left)
    }
    assert left == {
        "the hearing: what to gather",
        "training for investigators",
        "annex: what is no longer said",
        "links to radio, video and social networks",
    }


def test_the_whole_glossary_and_every_figure_of_the_guide_are_in_its_table(
    sign_list: signs.SignList,
) -> None:
    told = {e.id for e in (*sign_list.terms, *sign_list.figures) if e.source == "guide"}
    assert len(sign_list.terms) >= 16  # as many as the guide's glossary defines
    assert told <= _carried(GUIDE)


def test_the_guide_s_vocabulary_is_carried_by_the_words_to_avoid() -> None:
    assert (
        sum(rule.source == "guide" and rule.genre == "depasse" for rule in vocabulary.all_words())
        == 5
    )


@pytest.mark.parametrize("document", ["guide", "franceinfo-2024", "franceinfo-2020", *SINCE])
def test_every_entry_that_rests_on_a_document_stands_in_its_table(
    sign_list: signs.SignList, document: str
) -> None:
    resting = {
        id_
        for id_, entry in _entries(sign_list, *ON_THE_BOARD).items()
        if document in (getattr(entry, "source", None), *getattr(entry, "other_sources", ()))
    }
    assert resting <= _carried(TABLES[document])


def test_every_entry_of_the_board_names_a_source_that_exists(sign_list: signs.SignList) -> None:
    """Families name none: they are headings of the guide, and stand in its table."""
    sources = {source.id for source in sign_list.sources}
    headings = {family.id for family in sign_list.families}
    for id_, entry in _entries(sign_list, *ON_THE_BOARD).items():
        assert id_ in headings or getattr(entry, "source", None) in sources, id_
    assert headings <= _carried(GUIDE)


def test_nothing_is_an_orphan(sign_list: signs.SignList) -> None:
    """Each cause calls an advice of its own, each source is cited, each entry can be reached."""
    called = [(entry.triggers, entry.id) for entry in (*sign_list.advice, *sign_list.services)]
    advice_of: dict[str, set[str]] = {id_: set() for id_ in (*sign_list.items, *sign_list.doors)}
    for causes, id_ in called:
        for cause in causes or ():
            advice_of[cause].add(id_)
    assert not [cause for cause, ids in advice_of.items() if not ids]
    cited = {
        source
        for entry in _entries(sign_list).values()
        for source in (getattr(entry, "source", None), *getattr(entry, "other_sources", ()))
    }
    assert {source.id for source in sign_list.sources} <= cited
    for advice in sign_list.advice:
        first = (advice.triggers or ())[:1]
        door = next((id_ for id_ in first if id_ in sign_list.doors), None)
        answer = signs.orient(sign_list, () if door else first, moment=door)
        assert advice.id in {a.id for a in answer.advice}, f"{advice.id}: its first cause hides it"
