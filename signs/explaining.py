"""What the model objects to, said in French: what was found, what is expected, what to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, get_args

from signs.model import Audience, Implicated, ListInfo, Section, Settled
from signs.printed import HandoutModel
from signs.problems import nearest, suggestion
from signs.school import TERRITORIES, Role, School, SchoolKind, SchoolStatus
from signs.training import Content, Path
from signs.values import URGENCIES, Entry
from signs.wording import of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from signs.reading import Key


def _words(known: Iterable[str]) -> str:
    return ", ".join(f"« {word} »" for word in known)


def _keys(entry: type[Entry]) -> list[str]:
    return [field.alias or name for name, field in entry.model_fields.items()]


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
_HEADS = (ListInfo, School)
_HEAD_KEYS = {key for head in _HEADS for key in _keys(head)} - {"id"}
_TYPES = {
    "string_type": "un texte entre guillemets",
    "int_type": "un nombre entier, sans guillemets",
    "bool_type": "true ou false, sans guillemets",
    "tuple_type": "une liste entre crochets",
}


def explain(
    invalid: ValidationError, entry: type[Entry], name: str
) -> Iterator[tuple[Key, str, str]]:
    """Yield what a model objects to: where, what is wrong, and what to write.

    Parameters
    ----------
    invalid
        What pydantic raised; its places are told by the keys of the file.
    entry
        What the table should have been.
    name
        How the message calls the entry, such as « signe « isolement » ».
    """
    for error in _telling(invalid.errors(include_url=False), entry):
        yield error["loc"], *_explain_value(error, entry, name)


def _telling(errors: list[ErrorDetails], entry: type[Entry]) -> list[ErrorDetails]:
    """Return the objections that say something of their own: one mistake is told once.

    A mistyped key is not missing too, and a list is not wrong besides one of its elements.
    """
    keys = _keys(entry)
    mistyped = {
        nearest(str(error["loc"][-1]), keys) for error in errors if error["type"] == _UNKNOWN
    }
    paths = [error["loc"] for error in errors]
    return [
        error
        for error in errors
        if not (error["type"] == "missing" and error["loc"][-1] in mistyped)
        and not any(
            len(p) > len(error["loc"]) and p[: len(error["loc"])] == error["loc"] for p in paths
        )
    ]


_UNKNOWN = "extra_forbidden"


def _explain_value(error: ErrorDetails, entry: type[Entry], name: str) -> tuple[str, str]:
    key = str(error["loc"][0]) if error["loc"] else ""
    kind = error["type"]
    if kind in _WHOLE:
        message, remedy = _WHOLE[kind]
        return message.format(f"{name[0].upper()}{name[1:]}"), remedy
    if kind == "missing":
        return f"Il manque « {key} » à {name}.", _sentence(
            _expected(key, kind)[1] or f'{key} = "…"'
        )
    if kind == _UNKNOWN:
        return _unknown(key, entry, name)
    if kind == "string_too_short":
        optional = any(
            not field.is_required() and key == (field.alias or field_name)
            for field_name, field in entry.model_fields.items()
        )
        return (
            f"« {key} » {of(name)} est vide.",
            "Écrivez un texte, ou retirez la ligne." if optional else "Écrivez un texte.",
        )
    expected, remedy = _expected(key, kind)
    return (
        f"« {key} » {of(name)} vaut {_shown(error['input'])} ; il faut {expected}.",
        _sentence(remedy),
    )


_WHOLE = {
    "nowhere": (
        "{} n'a ni téléphone, ni lieu, ni adresse : on ne sait pas où trouver la personne.",
        'Écrivez par exemple : lieu = "bureau 12".',
    ),
    "model_type": ("{} n'est pas un bloc de lignes « clé = valeur ».", ""),
}


def _unknown(key: str, entry: type[Entry], name: str) -> tuple[str, str]:
    """Return what to say of a key that an entry of this kind does not have."""
    if entry not in _HEADS and key in _HEAD_KEYS:
        return (
            f"La clé « {key} » n'a pas sa place dans {name}.",
            "Écrivez cette ligne en haut du fichier, avant le premier en-tête [[…]].",
        )
    known = _keys(entry)
    return (
        f"La clé « {key} » {of(name)} n'existe pas.",
        suggestion(key, known).strip() or f"Les clés possibles sont : {', '.join(known)}.",
    )


def _expected(key: str, kind: str) -> tuple[str, str]:
    if kind == "date" or key in {"date", "verifie_le", "relu_le", "a_revoir_avant"}:
        return (
            "une date",
            f"Écrivez par exemple : {key} = 2026-03-31 ; si le jour ou le mois n'est pas connu, "
            f'{key} = "2026-03" ou {key} = "2026"',
        )
    if kind == "string_pattern_mismatch" and key not in _EXPECTED:
        return _EXPECTED["id"][0], f'Écrivez par exemple : {key} = "sommeil-trouble"'
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
