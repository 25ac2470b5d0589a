"""What the form calls things, for a trainer who has never seen the files."""

from __future__ import annotations

from typing import NamedTuple

from signs.model.entries import AUDIENCE_TITLES, SECTION_TITLES
from signs.model.keys import Group
from signs.model.sign_list import HEAD

GROUPS = {
    Group.READ: "Ce que l'on lit",
    Group.REACH: "Comment joindre ce service",
    Group.WHEN: "Quand cela s'affiche",
    Group.ORIGIN: "D'où vient cette phrase",
    Group.OTHER: "Autres réglages",
}
"""What the parts of a form are called; only the first ones are open at first."""


class KindWording(NamedTuple):
    """How the form names a kind of entry."""

    title: str
    one: str
    """What one adds: « un signe »."""
    label: str
    """The key that an entry is recognized by."""
    help: str = ""


KIND_WORDS = {
    "signe": KindWording("Signes", "un signe", "libelle", "Ce qu'un adulte peut remarquer."),
    "situation": KindWording(
        "Situations", "une situation", "libelle", "Ce que l'on a appris, vu ou reçu."
    ),
    "conseil": KindWording("Conseils", "un conseil", "texte", "Ce qu'il faut faire, ou éviter."),
    "service": KindWording("Services à appeler", "un service", "nom", "Qui appeler, et quand."),
    "moment": KindWording(
        "Moments", "un moment", "titre", "Comment on arrive sur la page, et les premiers mots."
    ),
    "famille": KindWording("Familles de signes", "une famille", "titre"),
    "affiche": KindWording("Affiches", "une affiche", "titre", "Ce que lisent les élèves."),
    "aide": KindWording(
        "Services sur les affiches", "une aide", "pour", "Les services nommés aux élèves."
    ),
    "fiche": KindWording("Fiches à imprimer", "une fiche", "titre", "Pour les adultes."),
    "etape": KindWording("Étapes de l'atelier", "une étape", "titre", "Le déroulé de l'atelier."),
    "vignette": KindWording(
        "Histoires de l'atelier", "une histoire", "titre", "Des cas inventés, à travailler."
    ),
    "phrase": KindWording(
        "Phrases à reprendre", "une phrase", "maladroite", "Ce qui se dit mal, et mieux."
    ),
    "mythe": KindWording(
        "Idées reçues", "une idée reçue", "idee", "Ce qu'on croit, ce qu'on sait."
    ),
    "terme": KindWording("Lexique", "un mot", "terme", "Les mots du sujet."),
    "chiffre": KindWording("Chiffres", "un chiffre", "titre", "Ce qui a été compté."),
    "valeur": KindWording("Valeurs des chiffres", "une valeur", "ecrit", "Un nombre par source."),
    "apport": KindWording(
        "Apports de la presse", "un apport", "titre", "Ce qu'un document ajoute au guide."
    ),
    "ecart": KindWording(
        "Ce qui est laissé de côté", "un écart", "titre", "Ce qui n'est pas repris, et pourquoi."
    ),
    "source": KindWording(
        "Documents d'origine", "un document", "titre", "Les textes lus, dont viennent les phrases."
    ),
    HEAD: KindWording("La liste elle-même", "", "titre", "Son titre, sa version, ses dates."),
}
"""In the order one chooses from."""

CHOICES = {
    **{section.value: title for section, title in SECTION_TITLES.items()},
    **{who.value: title for who, title in AUDIENCE_TITLES.items()},
    "immediate": "immédiate : appeler les secours",
    "aujourdhui": "à faire aujourd'hui",
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
    "modele.note": "la note écrite",
    "modele.atelier": "l'atelier",
    "contenu.texte": "seulement son texte",
    "contenu.mythes": "les idées reçues",
    "contenu.vignettes": "les histoires",
    "contenu.mots": "le lexique",
    "contenu.phrases": "les phrases à reprendre",
    "parcours.long": "long, 60 à 90 minutes",
    "parcours.court": "court, 20 minutes",
}
"""What the values of a choice are called, after their key and a dot where that changes it."""
