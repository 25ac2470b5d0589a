"""What the parser and the model object to, said in French: what was found, what to write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, get_args

from signs.model import Audience, HandoutModel, Implicated, Section, Settled
from signs.problems import suggestion
from signs.school import TERRITORIES, Role, SchoolKind, SchoolStatus
from signs.training import Content, Path
from signs.values import URGENCIES, Entry

if TYPE_CHECKING:
    import tomllib
    from collections.abc import Iterable

    from pydantic_core import ErrorDetails


def _words(known: Iterable[str]) -> str:
    return ", ".join(f"« {word} »" for word in known)


_ID_RULE = "des lettres minuscules sans accent, des chiffres et des tirets"
_ROLES = _words(Role)
_AUDIENCES = _words(Audience)
_SECTIONS = _words(Section)
_URGENCIES = " ou ".join(f"« {level} »" for level in URGENCIES)

_NUMBER = "un numéro, chiffres et espaces, qui s'appelle en France"

# What each key expects, where its type alone does not say it.
_EXPECTED: dict[str, tuple[str, str]] = {
    "id": (f"un identifiant : {_ID_RULE}", 'Écrivez par exemple : id = "sommeil-trouble"'),
    "adresse": (
        "une adresse qui commence par https://",
        'Écrivez par exemple : adresse = "https://www.allo119.gouv.fr"',
    ),
    "telephone": (_NUMBER, 'Écrivez par exemple : telephone = "3018"'),
    "sms": (_NUMBER, 'Écrivez par exemple : sms = "114"'),
    "format": ("le nombre 1", "Écrivez : format = 1"),
    "rang": ("un nombre entier, sans guillemets", "Écrivez par exemple : rang = 10"),
    "quand": (
        "« toujours », ou la liste des signes et situations qui l'appellent",
        'Écrivez par exemple : quand = ["isolement"] ou quand = "toujours"',
    ),
    "remplace": (
        "la liste des conseils remplacés",
        'Écrivez par exemple : remplace = ["parler-a-la-famille"]',
    ),
    "horaires": (
        "des horaires en notation OpenStreetMap, jours et heures seulement",
        'Écrivez par exemple : horaires = "24/7", "Mo-Su 09:00-23:00" '
        'ou "Mo-Fr 09:00-18:30; PH off"',
    ),
    "langue": ("deux lettres, comme « fr » ou « en »", 'Écrivez par exemple : langue = "en"'),
    "urgence": (_URGENCIES, "Sans urgence, retirez la ligne."),
    "rubrique": (f"une rubrique parmi {_SECTIONS}", ""),
    "age": (
        f"un âge parmi {_words(get_args(SchoolKind))}",
        'Écrivez par exemple : age = "college"',
    ),
    "modele": (
        f"un modèle parmi {_words(get_args(HandoutModel))}",
        'Écrivez par exemple : modele = "chaine"',
    ),
    "role": (f"un rôle parmi {_ROLES}", 'Écrivez par exemple : role = "infirmerie"'),
    "genre": (f"un mot parmi {_words(get_args(SchoolKind))}", 'Écrivez : genre = "college"'),
    "statut": (f"un mot parmi {_words(get_args(SchoolStatus))}", 'Écrivez : statut = "public"'),
    "territoire": (
        f"un territoire parmi {_words(TERRITORIES)}",
        'Écrivez par exemple : territoire = "la-reunion"',
    ),
    "met_en_cause": (f"un mot parmi {_words(get_args(Implicated))}", ""),
    "vrai_pour": (
        f"une liste parmi {_words(get_args(Settled))}",
        'Écrivez par exemple : vrai_pour = ["ecole"]',
    ),
    "contenu": (f"un mot parmi {_words(get_args(Content))}", 'Écrivez : contenu = "texte"'),
    "niveau": (f"un mot parmi {_words(get_args(SchoolKind))}", 'Écrivez : niveau = "college"'),
    "parcours": (
        f"une liste parmi {_words(get_args(Path))}",
        'Écrivez par exemple : parcours = ["long", "court"]',
    ),
    "minutes": ("un nombre entier de minutes, de 1 à 90", "Écrivez par exemple : minutes = 6"),
    "minutes_court": (
        "un nombre entier de minutes, de 1 à 90",
        "Écrivez par exemple : minutes_court = 3",
    ),
    "coches": (
        "la liste des signes et situations que l'histoire dit",
        'Écrivez par exemple : coches = ["confidence"]',
    ),
    "conduit_a": (
        "la liste des conseils auxquels l'histoire conduit",
        'Écrivez par exemple : conduit_a = ["laisser-raconter"]',
    ),
    "nombre": ("un nombre entier, sans guillemets ni espace", "Écrivez par exemple : nombre = 700"),
    "jusqua": ("un nombre entier, sans guillemets ni espace", "Écrivez par exemple : jusqua = 900"),
    "annee": ("une année", "Écrivez par exemple : annee = 2024"),
    "cacher": ("la liste des ids à ne pas montrer", 'Écrivez par exemple : cacher = ["thesee"]'),
    "pour": (f"une liste parmi {_AUDIENCES}", 'Écrivez par exemple : pour = ["vous", "eleve"]'),
}
_TYPES = {
    "string_type": "un texte entre guillemets",
    "int_type": "un nombre entier, sans guillemets",
    "bool_type": "true ou false, sans guillemets",
    "tuple_type": "une liste entre crochets",
    "model_type": "des lignes « clé = valeur »",
}


def explain_value(error: ErrorDetails, entry: type[Entry], name: str) -> tuple[str, str]:
    """Return the message and the remedy for one objection of the model.

    Parameters
    ----------
    error
        As pydantic collected it; its `loc` uses the keys of the file.
    entry
        What the table should have been.
    name
        How the message calls the entry, such as « signe « isolement » ».
    """
    key = str(error["loc"][0]) if error["loc"] else ""
    kind = error["type"]
    if kind == "nowhere":
        return (
            f"On ne sait pas où trouver {name}.",
            'Donnez un téléphone, un lieu ou une adresse, comme : lieu = "bureau 12".',
        )
    if kind == "missing":
        return f"Il manque « {key} » à {name}.", _sentence(
            _expected(key, kind)[1] or f'{key} = "…"'
        )
    if kind == "extra_forbidden":
        known = [field.alias or field_name for field_name, field in entry.model_fields.items()]
        near = suggestion(key, known)
        return (
            f"La clé « {key} » de {name} n'existe pas.",
            near.strip() or f"Les clés possibles sont : {', '.join(known)}.",
        )
    if kind == "string_too_short":
        optional = any(
            not field.is_required() and key == (field.alias or field_name)
            for field_name, field in entry.model_fields.items()
        )
        return (
            f"« {key} » de {name} est vide.",
            "Écrivez un texte, ou retirez la ligne." if optional else "Écrivez un texte.",
        )
    expected, remedy = _expected(key, kind)
    return (
        f"« {key} » de {name} vaut {_shown(error['input'])} ; il faut {expected}.",
        _sentence(remedy),
    )


def _expected(key: str, kind: str) -> tuple[str, str]:
    if kind == "date" or key in {"date", "verifie_le", "relu_le", "a_revoir_avant"}:
        return (
            "une date",
            f"Écrivez par exemple : {key} = 2026-03-31 ; si le jour ou le mois n'est pas connu, "
            f'{key} = "2026-03" ou {key} = "2026"',
        )
    return _EXPECTED.get(key, (_TYPES.get(kind, "une autre valeur"), ""))


def _sentence(remedy: str) -> str:
    """Return the remedy as a sentence of its own."""
    if not remedy:
        return ""
    if not remedy[0].isupper():
        remedy = f"Écrivez par exemple : {remedy}"
    return remedy if remedy.endswith((".", "…")) else f"{remedy}."


def _shown(value: Any) -> str:  # noqa: ANN401 (whatever stands in the file)
    """Return a value as a trainer wrote it, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return f"« {value if len(value) <= 40 else value[:39] + '…'} »"  # noqa: PLR2004 (one line)
    if isinstance(value, list | tuple):
        return f"la liste [{', '.join(map(_shown, value[:3]))}]" if value else "une liste vide"
    return "un bloc" if isinstance(value, dict) else str(value)


_AT = re.compile(r"^(?P<what>.*?)(?: \(at (?:line (?P<line>\d+), column (?P<column>\d+)|.*)\))$")
# The parser's sentences, and ours.
_SYNTAX: tuple[tuple[str, str, str], ...] = (
    (
        r"Cannot overwrite a value|Cannot mutate|Cannot declare",
        "La même clé est écrite deux fois.",
        "Gardez une seule des deux lignes ; si une nouvelle entrée commence ici, écrivez d'abord "
        "son en-tête, comme [[signe]].",
    ),
    (
        r"Unterminated string|Illegal character '\\n'|Expected \"'\"|Expected '\"'",
        "Un guillemet manque à la fin d'un texte.",
        "Fermez le texte par un guillemet (\"), ou par trois s'il tient sur plusieurs lignes.",
    ),
    (r"Unclosed array", "Un crochet « ] » manque à la fin d'une liste.", "Ajoutez-le."),
    (
        r"Expected '=' after a key",
        "Le signe « = » manque après une clé.",
        'Écrivez : clé = "valeur".',
    ),
    (
        r"Invalid initial character for a key part|Invalid statement",
        "Cette ligne ne commence pas par une clé.",
        'Écrivez : clé = "valeur", sans accent dans la clé ; un texte long se met entre trois '
        "guillemets.",
    ),
    (
        r"Expected newline or end of document",
        "Il y a quelque chose de trop après la valeur.",
        "Un guillemet dans un texte se remplace par « ou » ; une remarque commence par #.",
    ),
    (
        r"Invalid value",
        "La valeur n'est pas comprise.",
        'Un texte se met entre guillemets droits : clé = "valeur".',
    ),
    (
        r"Unescaped '\\'|Unescaped",
        "Une barre « \\ » n'est pas comprise dans un texte.",
        "Retirez-la, ou doublez-la.",
    ),
    (r"Expected ']]?'", "Un crochet manque dans l'en-tête.", "Écrivez par exemple : [[signe]]."),
    (
        r"Invalid (?:date|datetime)|Invalid time",
        "La date n'existe pas.",
        "Écrivez par exemple : 2026-03-31.",
    ),
)


def _left_open(lines: list[str]) -> int | None:
    """Return the line of a long text that was never closed: another one opens inside it."""
    opened = None
    for number, line in enumerate(lines, start=1):
        if opened and re.match(r'[\w-]+\s*=\s*"""', line):
            return opened
        if line.count('"""') % 2:
            opened = None if opened else number
    return opened


_INVISIBLE = "\u00a0\u202f\u2009\u200b\ufeff"
# What a trainer typed, recognized by the look of the line the parser stopped at.
_WRITTEN: tuple[tuple[str, str, str], ...] = (
    (
        rf"[^\"'#]*[{_INVISIBLE}]|.*[\"'][{_INVISIBLE}]+$",
        "Une espace qui ne se voit pas (insécable) gêne la lecture.",
        "Effacez les espaces autour du signe « = » et en fin de ligne, puis retapez-les.",
    ),
    (
        r"\s*\[(?!\[)\s*[\w-]+\s*\]",
        "Un en-tête s'écrit avec deux crochets de chaque côté.",
        "Écrivez par exemple : [[signe]].",
    ),
    (
        r"\s*(?![\"'#\[])[\w-]*[^\x00-\x7f]\S*\s*=",
        "Une clé s'écrit sans accent.",
        'Écrivez par exemple : libelle = "…", sans accent sur le e.',
    ),
    (r"\s*//", "Une remarque commence par #.", "Remplacez « // » par #."),
    (
        r"[^=\"]*=\s*[“”„«»‘’]",
        "Un texte se met entre guillemets droits.",
        'Écrivez : clé = "valeur".',
    ),
    (
        r"[^=\"]*=\s*(?:(?i:oui|non|vrai|faux)|True|False|TRUE|FALSE)\b",
        "Oui s'écrit true, et non s'écrit false, sans majuscule.",
        "Écrivez par exemple : porte = false.",
    ),
    (
        r"[^=\"]*=\s*\d+[/.-]",
        "Cette date n'est pas comprise.",
        'Écrivez par exemple : 2026-03-31, ou "2026-03" si le jour n\'est pas connu.',
    ),
    (r"[^=\"]*=\s*0\d", "Un nombre ne commence pas par 0.", "Écrivez par exemple : rang = 10."),
    (
        r"[^=\"]*=\s*(\"[^\"]*\"|'[^']*')\s*,",
        "Plusieurs valeurs se mettent entre crochets.",
        'Écrivez par exemple : quand = ["sommeil", "isolement"].',
    ),
    (
        r"[^=\"]*=\s*'[^']*'\w",
        "Une apostrophe ferme le texte trop tôt.",
        'Mettez le texte entre guillemets droits ("), et non entre apostrophes.',
    ),
)


def explain_syntax(error: tomllib.TOMLDecodeError, text: str) -> tuple[int, str, str]:
    """Return the line, the message and the remedy for a file that is not sound TOML."""
    found = _AT.match(str(error))
    what = found["what"] if found else str(error)
    lines = text.split("\n")
    if opened := _left_open(lines):
        return (
            opened,
            "Les trois guillemets qui ferment ce texte manquent.",
            'Ajoutez """ seuls sur une ligne, après la fin du texte.',
        )
    line = int(found["line"]) if found and found["line"] else len(lines)
    column = int(found["column"]) if found and found["column"] else 1
    written = lines[min(line, len(lines)) - 1].strip("\r")
    for pattern, message, remedy in _WRITTEN:
        if re.match(pattern, written):
            return line, message, remedy
    if what == "Unclosed array" and written[column - 1 : column] in {'"', "'", ";"}:
        return (
            line,
            "Une virgule manque entre deux éléments d'une liste.",
            'Écrivez par exemple : ["sommeil", "isolement"].',
        )
    for pattern, message, remedy in _SYNTAX:
        if re.match(pattern, what):
            return line, message, remedy
    return line, "Cette ligne n'est pas comprise.", 'Écrivez : clé = "valeur".'
