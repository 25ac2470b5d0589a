"""What the form calls things, for a trainer who has never seen the files."""

from __future__ import annotations

from typing import NamedTuple

from signs.model import AUDIENCE_TITLES, HEAD, SECTION_TITLES


class Wording(NamedTuple):
    """How the form names a field."""

    title: str
    help: str = ""
    group: str = "autres"
    """Under which of :data:`GROUPS` it stands."""

    @property
    def place(self) -> int:
        """Its rank in the form, by group; the order of the model settles the rest."""
        return list(GROUPS).index(self.group)


GROUPS = {
    "lire": "Ce que l'on lit",
    "joindre": "Comment joindre ce service",
    "quand": "Quand cela s'affiche",
    "origine": "D'où vient cette phrase",
    "autres": "Autres réglages",
}
"""The parts of a form, in order; only the first ones are open at first."""


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
    "affiche": KindWording("Affiches et fiches", "une affiche", "titre", "Ce qui s'imprime."),
    "source": KindWording(
        "Documents d'origine", "un document", "titre", "Les textes lus, dont viennent les phrases."
    ),
    HEAD: KindWording("La liste elle-même", "", "titre", "Son titre, sa version, ses dates."),
}
"""In the order one chooses from; kinds that are not named here come after."""

KIND_LABELS = ("libelle", "titre", "nom", "terme", "texte", "id")
"""Where to look for what an entry is recognized by, for other kinds."""

FIELDS = {
    "libelle": Wording("Libellé", "La phrase à cocher, courte, sans diagnostic.", "lire"),
    "titre": Wording("Titre", "", "lire"),
    "nom": Wording("Nom", "Comme on le dit au téléphone.", "lire"),
    "texte": Wording(
        "Texte",
        "Une ligne vide commence un paragraphe, « - » une liste ; **ceci** est en gras.",
        "lire",
    ),
    "premiers_mots": Wording(
        "Premiers mots", "Ce qu'on lit tout de suite, avant de cocher quoi que ce soit.", "lire"
    ),
    "aide": Wording("Précision", "Une ligne sous la case à cocher.", "lire"),
    "remarque": Wording("Remarque", "Ce qui aide à reconnaître ce signe.", "lire"),
    "autres_causes": Wording(
        "Autres causes possibles",
        "Ce qui peut aussi l'expliquer, sans chantage.",
        "lire",
    ),
    "information": Wording("Information", "Affichée sous la famille, sans case à cocher.", "lire"),
    "a_quoi_sert": Wording("À quoi il sert", "En une phrase.", "lire"),
    "limites": Wording("Ses limites", "Ce qu'il ne fait pas.", "lire"),
    "chapo": Wording("Chapeau", "La phrase sous le titre.", "lire"),
    "consignes": Wording("Consignes", "Une par ligne.", "lire"),
    "conseils": Wording("Conseils repris", "Mot pour mot.", "lire"),
    "telephone": Wording("Téléphone", "Comme 3018 ou 01 23 45 67 89.", "joindre"),
    "sms": Wording("SMS", "Le numéro à qui écrire.", "joindre"),
    "adresse": Wording("Adresse du site", "Elle commence par https://.", "joindre"),
    "horaires": Wording("Horaires", "Seulement s'ils sont confirmés ; heure de Paris.", "joindre"),
    "pour": Wording("Qui peut appeler", "", "joindre"),
    "quand": Wording(
        "S'affiche quand on coche", "Une seule de ces cases suffit pour l'afficher.", "quand"
    ),
    "remplace": Wording(
        "Remplace ces conseils",
        "Il s'affiche à leur place : c'est la version sûre du même geste.",
        "quand",
    ),
    "rubrique": Wording("Rubrique", "La partie de la page où il se lit.", "quand"),
    "urgence": Wording("Urgence", "Sans urgence dans la plupart des cas.", "quand"),
    "famille": Wording("Famille", "", "quand"),
    "moment": Wording("Moment", "La porte d'entrée où il se coche.", "quand"),
    "rang": Wording("Rang", "Les petits nombres se lisent d'abord.", "quand"),
    "verifie_le": Wording(
        "Vérifié le",
        "La date de la source lue, comme 31/03/2026, 03/2026 ou 2026 ; pas celle d'aujourd'hui.",
        "origine",
    ),
    "source": Wording("Document", "Le document où cela a été lu.", "origine"),
    "section": Wording("Partie du document", "Le titre du passage.", "origine"),
    "autres_sources": Wording("Autres documents", "", "origine"),
    "date": Wording("Date du document", "Comme 31/03/2026, 03/2026 ou 2026.", "lire"),
    "editeur": Wording("Éditeur", "Qui l'a publié.", "lire"),
    "version": Wording("Version", "", "lire"),
    "responsable": Wording("Responsable", "Qui répond de cette liste.", "lire"),
    "relu_le": Wording("Relue le", "Comme 31/03/2026.", "lire"),
    "relu_par": Wording("Relu par", "", "origine"),
    "a_revoir_avant": Wording("À revoir avant le", "Comme 31/03/2027.", "lire"),
    "eleve_a_parle": Wording(
        "L'élève a parlé", "On ne parle plus d'autres causes : ce serait douter de sa parole."
    ),
    "porte": Wording("Porte d'entrée", "La page commence par les portes d'entrée."),
    "comme": Wording("Appelle la même chose que", "", "quand"),
    "met_en_cause": Wording("Met en cause", "Qui peut être l'auteur : on ne l'alerte pas."),
    "vrai_pour": Wording("Vrai d'office pour", "Le fichier de l'établissement y répond alors."),
    "id": Wording("Nom interne", "Les autres entrées le nomment ainsi ; il ne change pas."),
    "format": Wording("Format du fichier", ""),
    "base": Wording("Part de la liste", "Le nom d'une liste fournie, ou un chemin."),
    "cacher": Wording("Cachés", ""),
    "retire": Wording("Retirés", ""),
}
"""By key of the files; a key that is not named here is shown as it is written."""

MARKDOWN = {"texte", "premiers_mots", "information"}
"""Keys whose text may have paragraphs, lists, bold and links."""
LONG = {"remarque", "autres_causes", "a_quoi_sert", "limites", "aide", "libelle", "definition"}
"""Keys whose text takes several lines."""

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
}
"""What the values of a choice are called; « eleve » and « famille » are those one may call for."""
