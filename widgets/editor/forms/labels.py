"""What the form calls things, for a trainer who has never seen the files."""

from __future__ import annotations

from typing import NamedTuple

from signs.model.entries import AUDIENCE_TITLES, SECTION_TITLES
from signs.model.sign_list import HEAD


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

FIELDS = {
    "court": Wording("En une ligne", "Le même geste, pour le papier et pour qui va vite.", "lire"),
    "langue": Wording("Langue", "En deux lettres, comme « en » ; sans elle, le français."),
    "age": Wording("À qui elle parle", "", "lire"),
    "public": Wording("À qui elle parle, en mots", "", "lire"),
    "explication": Wording("Ce que c'est", "En mots d'élève.", "lire"),
    "pas_ta_faute": Wording("Ce n'est pas ta faute", "Ce qui enlève la faute.", "lire"),
    "arreter": Wording("Arrêter d'échanger", "", "lire"),
    "ne_pas_ceder": Wording("Ne pas céder", "", "lire"),
    "garder": Wording("Garder les messages", "", "lire"),
    "dire": Wording("Le dire à un adulte", "", "lire"),
    "ici": Wording("Avant les adultes d'ici", "La ligne qui précède leurs noms.", "lire"),
    "codes": Wording("Avant les codes à scanner", "", "lire"),
    "aide.pour": Wording("Pour quoi appeler", "Ce que l'élève y trouve.", "lire"),
    "service": Wording("Service", "Son numéro et ses heures viennent de sa fiche.", "lire"),
    "affiches": Wording("Sur quelles affiches", "", "lire"),
    "code": Wording("Code à scanner", "Il mène à l'adresse du service.", "lire"),
    "pas_pour": Wording("Pour quoi ce n'est pas fait", "", "lire"),
    "modele": Wording("Mise en page", "", "lire"),
    "terme": Wording("Mot", "", "lire"),
    "definition": Wording("Ce qu'il veut dire", "", "lire"),
    "a_retenir": Wording("À retenir", "Ce qu'un adulte de l'école en garde.", "lire"),
    "idee": Wording("Idée reçue", "", "lire"),
    "realite": Wording("Ce qu'il en est", "", "lire"),
    "contenu": Wording("Ce que l'étape montre", "", "lire"),
    "minutes": Wording("Minutes", "", "lire"),
    "minutes_court": Wording(
        "Minutes, parcours court", "Vide : le parcours court la saute.", "lire"
    ),
    "notes": Wording("Notes pour qui anime", "", "lire"),
    "maladroite": Wording("Phrase maladroite", "", "lire"),
    "effet": Wording("Ce qu'elle fait à l'élève", "", "lire"),
    "meilleure": Wording("Phrase qui aide", "", "lire"),
    "niveau": Wording("Niveau", "", "lire"),
    "personne": Wording("De qui elle parle", "Un âge, une classe ; jamais un vrai nom.", "lire"),
    "parcours": Wording("Dans quels parcours", "Aucun : elle reste en réserve."),
    "coches": Wording("Ce que l'histoire dit", "Les cases à cocher, et pas plus.", "quand"),
    "questions": Wording("Questions à discuter", "Une par ligne.", "lire"),
    "conduit_a": Wording("Conseils qu'elle amène", "Ces cases doivent les appeler.", "quand"),
    "pourquoi": Wording("Pourquoi", "", "lire"),
    "phrase": Wording("Le chiffre dans une phrase", "", "lire"),
    "reserve": Wording("Ce qu'il ne dit pas", "", "lire"),
    "dessin": Wording("En dessin", "Le chiffre se montre aussi en dessin."),
    "unite": Wording("Ce que l'on compte", "", "lire"),
    "chiffre": Wording("Chiffre", "Celui auquel cette valeur appartient.", "lire"),
    "annee": Wording("Année", "", "lire"),
    "etiquette": Wording("Nom sur le dessin", "", "lire"),
    "ecrit": Wording("Comme le document l'écrit", "", "lire"),
    "nombre": Wording("En chiffres", "", "lire"),
    "jusqua": Wording("Jusqu'à", "La plus grande valeur, si le document en donne deux.", "lire"),
    "repere": Wording("Point de comparaison", "Une valeur à laquelle comparer les autres."),
    "pour_l_ecole": Wording("Ce que cela change à l'école", "", "lire"),
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
    "conseils": Wording("Conseils repris", "Mot pour mot.", "quand"),
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
    "version": Wording("Version", "Comme 2026.11 : l'année et le mois de la relecture.", "lire"),
    "responsable": Wording("Responsable", "Qui répond de cette liste.", "lire"),
    "relu_le": Wording("Relue le", "Comme 31/03/2026.", "lire"),
    "conseil.relu_le": Wording("Relu le", "Comme 31/03/2026.", "origine"),
    "relu_par": Wording("Relu par", "Un métier, pas un nom.", "origine"),
    "a_revoir_avant": Wording("À revoir avant le", "Comme 31/03/2027.", "lire"),
    "eleve_a_parle": Wording(
        "L'élève a parlé", "On ne parle plus d'autres causes : ce serait douter de sa parole."
    ),
    "porte": Wording("Porte d'entrée", "La page commence par les portes d'entrée."),
    "comme": Wording("Appelle la même chose que", "Les mêmes conseils et services.", "quand"),
    "met_en_cause": Wording("Met en cause", "Qui peut être l'auteur : on ne l'alerte pas."),
    "vrai_pour": Wording("Vrai d'office pour", "Le fichier de l'établissement y répond alors."),
    "id": Wording("Identifiant", "Les autres entrées le nomment ainsi ; il ne change pas."),
    "format": Wording("Format du fichier", ""),
    "base": Wording("Part de la liste", "Le nom d'une liste fournie, ou un chemin."),
    "cacher": Wording("Entrées cachées", "Un identifiant par ligne."),
    "retire": Wording(
        "Identifiants qui ne servent plus", "Pour prévenir les fichiers qui les nomment."
    ),
}
"""By key of the files, after its kind and a dot where it does not mean the same everywhere.

Where there is no help here, that of text editors is shown (`signs/files/descriptions.toml`).
"""

MARKDOWN = {"texte", "premiers_mots", "information", "definition", "realite", "notes", "pourquoi"}
"""Keys whose text may have paragraphs, lists, bold and links."""
LONG = {
    *("remarque", "autres_causes", "a_quoi_sert", "limites", "aide", "libelle", "chapo"),
    *("explication", "pas_ta_faute", "arreter", "ne_pas_ceder", "garder", "dire", "ici", "codes"),
    *("a_retenir", "idee", "maladroite", "effet", "meilleure", "phrase", "reserve"),
    *("aide.pour", "pour_l_ecole", "court", "pas_pour"),
}
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
