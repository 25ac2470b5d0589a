"""The labels of the form, for a trainer who has never seen the files."""

from __future__ import annotations

from typing import NamedTuple, get_args

from signs.model.entries import (
    AUDIENCE_TITLES,
    NEED_TITLES,
    PROMISE_TITLES,
    SECTION_TITLES,
    STEP_TITLES,
)
from signs.model.fields import URGENCY_TITLES, EmergencyPhone
from signs.model.keys import Group
from signs.model.sign_list import HEAD, KINDS

GROUPS = {
    Group.READ: "Ce que l'on lit",
    Group.REACH: "Comment joindre ce service",
    Group.WHEN: "Quand cela s'affiche",
    Group.ORIGIN: "D'où vient cette phrase",
    Group.OTHER: "Autres réglages",
}
"""The titles of the parts of a form; only the first ones are open at first."""


class KindWording(NamedTuple):
    """How the form names a kind of entry."""

    title: str
    one: str
    """What one adds: « un signe »."""
    help: str = ""


KIND_WORDS = {
    name: KindWording(kind.title, kind.one or kind.noun, kind.help)
    for name, kind in sorted(KINDS.items(), key=lambda each: each[1].order)
    if kind.has_form
} | {HEAD: KindWording("La liste elle-même", "", "Son titre, sa version, ses dates.")}
"""In the order one chooses from."""

CHOICES = {
    **{section.value: title for section, title in SECTION_TITLES.items()},
    **{f"etape.{step.value}": title for step, title in STEP_TITLES.items()},
    **{f"role.{role.value}": title for role, title in PROMISE_TITLES.items()},
    **{f"besoin.{need.value}": title for need, title in NEED_TITLES.items()},
    **{who.value: title for who, title in AUDIENCE_TITLES.items()},
    **{f"appeler_d_abord.{number}": f"le {number}" for number in get_args(EmergencyPhone)},
    "immediate": "immédiate : appeler les secours",
    "aujourdhui": URGENCY_TITLES["today"],
    "personnel": "un membre du personnel",
    "direction": "la direction",
    "ecole": "une école",
    "college": "un collège",
    "lycee": "un lycée",
    "public": "le public",
    "prive": "le privé",
    "outre-mer": "l'outre-mer",
    "met_en_cause.famille": "la famille",
    "met_en_cause.eleve": "un autre élève",
    "modele.premiers-mots": "les premiers mots",
    "modele.observation": "l'observation",
    "modele.chaine": "qui prévenir, dans quel ordre",
    "modele.salle": "la salle des personnels",
    "modele.note": "la note écrite",
    "modele.avant": "ce qui se décide avant, une question par consigne",
    "modele.atelier": "l'atelier",
    "verifie_par.document": "un document lu",
    "verifie_par.appel": "un appel",
    "avis.relu": "relu",
    "avis.approuve": "approuvé",
    "verifie_par.site": "son site, ouvert ce jour-là",
    "contenu.texte": "seulement son texte",
    "contenu.mythes": "les idées reçues",
    "contenu.vignettes": "les histoires",
    "contenu.mots": "le lexique",
    "contenu.phrases": "les phrases à reprendre",
    "parcours.long": "long, 60 à 90 minutes",
    "parcours.court": "court, 20 minutes",
}
"""The labels of the values of a choice; `key.value` where they depend on the key."""
