"""Types of the values of entries, each with its validation."""

from __future__ import annotations

import re
from datetime import date
from textwrap import shorten
from typing import TYPE_CHECKING, Annotated, Final, Literal, NamedTuple, NoReturn, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from signs.model.keys import Expected, Group, Key, TextFormat
from signs.text import opening_hours
from signs.text.given import UnknownKeyError, id_given
from signs.text.names import FixedError, UnknownNameError, known_names
from signs.text.typography import typography
from signs.text.weekly_hours import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT = 1
"""The version of the file format that this code reads."""

Urgency = Literal["immediate", "today", "none"]
EmergencyPhone = Literal["15", "17", "112"]
"""A number to call before any other: it sends help."""
UNSURE: EmergencyPhone = "112"
"""The number to call where one hesitates: it leads to the others, and works abroad."""
LEVELS: tuple[Urgency, ...] = ("none", "today", "immediate")
"""In ascending order of urgency."""
URGENCIES: dict[str, Urgency] = {"immediate": "immediate", "aujourdhui": "today"}
"""The values of urgency in files; no value means `none`."""
URGENCY_TITLES: dict[Urgency, str] = {
    "immediate": "urgence immédiate",
    "today": "à faire aujourd'hui",
    "none": "pas d'urgence",
}


def urgency_in_file(urgency: object) -> str | None:
    """Return the value that files use for an urgency; `None` where they omit it."""
    return next((word for word, level in URGENCIES.items() if level == urgency), None)


class EmergencyNumber(NamedTuple):
    """A number that sends help, and who answers it, in a word and in full."""

    number: str
    word: str
    who: str
    scheme: str = "tel"
    """URL scheme: `tel`, or `sms` for a text-only number."""


EMERGENCY_NUMBERS = (
    EmergencyNumber("15", "SAMU", "SAMU"),
    EmergencyNumber("17", "Police", "police, gendarmerie"),
    EmergencyNumber("112", "Urgence", "toute urgence"),
    EmergencyNumber("114", "Par SMS", "par SMS", scheme="sms"),
)
"""In the order of every page. They depend on no list."""
EMERGENCY = tuple(each.number for each in EMERGENCY_NUMBERS if each.scheme == "tel")
"""Numbers that send help: what an immediate tick leads to, whatever the list."""
EMERGENCY_SMS = tuple(each.number for each in EMERGENCY_NUMBERS if each.scheme == "sms")
"""The same, in writing."""
FIRE_BRIGADE = "18"
"""The one emergency number that no page has on top: 15 and 112 send them too."""
ORDER_TO_CALL = re.compile(rf"\b(?:{'|'.join(EMERGENCY)})\b")
"""Finds the numbers to call in a text."""
ALWAYS: Final = "toujours"
"""Value of `quand` for an entry shown whatever is ticked."""
TICKS = ("signe", "situation")
"""The kinds of entries that can be ticked."""


# Emergency and short numbers, or ten digits.
_PHONE = re.compile(r"1[578]|1[0-9]{2}|[13][0-9]{3}|11[0-9]{4}|0[1-9][0-9]{8}")
# Six digits in New Caledonia and in Wallis and Futuna, eight in Polynesia.
_PACIFIC = re.compile(r"[2-9][0-9]{5}|[48][0-9]{7}")
_DATE_PATTERN = r"\d{4}(-\d{2}(-\d{2})?)?"
_DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


def _partial_date(value: object) -> object:
    """Accept a TOML date, or a year, or a year and a month, as the source gives it."""
    if isinstance(value, date):
        return value.isoformat()[:10]
    if isinstance(value, str) and (found := _DATE.fullmatch(value)):
        year, month, day = (int(part or 1) for part in found.groups())
        try:
            date(year, month, day)
        except ValueError:
            pass
        else:
            return value
    raise PydanticCustomError("date", "not a date")


def _urgency(value: object) -> object:
    if isinstance(value, str) and value in URGENCIES:
        return URGENCIES[value]
    raise PydanticCustomError("urgency", "not an urgency")


def _when(value: object) -> object:
    """Parse `quand`: « toujours », or a list of ids (whether they exist is not checked here)."""
    if value == ALWAYS:
        return ALWAYS
    if isinstance(value, list | tuple) and value and all(isinstance(id_, str) for id_ in value):
        return tuple(value)
    raise PydanticCustomError("when", "neither « toujours » nor ids")


def _hours(value: str) -> str:
    try:
        opening_hours.parse(value)
    except ValueError as error:
        raise PydanticCustomError("hours", "not opening hours") from error
    return value


def is_page_address(text: str) -> bool:
    """Tell whether a text is the address of a page that other machines can open too."""
    return _PAGE_ADDRESS.fullmatch(text) is not None


PORT = "(?:[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
"""Up to 65535: beyond, no browser opens the page."""
_PAGE_ADDRESS = re.compile(
    r"https?://(?!localhost\b|127\.|0\.0\.0\.0|\[)[\w-]+(?:\.[\w-]+)*"
    rf"""(?::{PORT})?(?:[/?#][^\s"'<>]{{0,160}})?"""
)


def _page_address(value: str) -> str:
    if not is_page_address(value):
        raise PydanticCustomError("address", "not the address of a page")
    return value


def is_phone(number: str) -> bool:
    """Tell whether a number has the form of one that can be called in France."""
    return _PHONE.fullmatch(number.replace(" ", "")) is not None


def _phone(value: str) -> str:
    number = _with_plain_spaces(value)
    if not is_phone(number):
        raise PydanticCustomError("phone", "not a number that one can call in France")
    return number


def _local_phone(value: str) -> str:
    number = _with_plain_spaces(value)
    return number if is_pacific(number) else _phone(value)


def _with_plain_spaces(number: str) -> str:
    """Return a number whose spaces are ordinary ones: those of a web page do not break lines."""
    return " ".join(number.split())


def is_pacific(number: str) -> bool:
    """Tell whether a number has the form of New Caledonia, Wallis and Futuna, or Polynesia."""
    return _PACIFIC.fullmatch(number.replace(" ", "")) is not None


class RefersTo:
    """Marks a field whose value, one id or several, names entries of these kinds."""

    def __init__(self, *kinds: str) -> None:
        self.kinds = kinds


ID_PATTERN = r"^[a-z0-9]+(?:-[a-z0-9]+)*$"
Id = Annotated[str, StringConstraints(strict=True, pattern=ID_PATTERN)]
NonEmptyStr = Annotated[str, StringConstraints(strict=True, strip_whitespace=True, min_length=1)]
PROSE: Final = "prose"
"""Marks what we wrote: the words to avoid (`signs.rules.vocabulary`) are looked for in it, and in
no more."""
Text = Annotated[NonEmptyStr, PROSE]
"""A text of ours, on one line."""
Block = Annotated[Text, TextFormat.BLOCK]
"""A text on several lines of a form."""
Markdown = Annotated[Text, TextFormat.MARKDOWN]
"""A text with paragraphs, lists, bold and links."""
PROPER: Final = "proper"
"""Marks a name of somebody: a word of it is no word of ours, a whole verdict is."""
ProperName = Annotated[Text, PROPER]
"""The name of a person, of a school, of a version."""
Quoted = NonEmptyStr
"""The name of a document, or other people's words: quotations, outdated terms."""
_ADDRESS_PATTERN = rf"""^https://(?:[\w-]+\.)+[a-z]{{2,}}(?::{PORT})?(?:[/?#][^\s"'<>]*)?$"""
Address = Annotated[
    NonEmptyStr,
    Expected(
        "une adresse entière, qui commence par https://, sans espace ni @",
        '"https://www.allo119.gouv.fr"',
    ),
    StringConstraints(pattern=_ADDRESS_PATTERN),
]
PageAddress = Annotated[
    NonEmptyStr,
    Expected(
        "l'adresse entière de la page, telle que les autres postes l'ouvrent, sans espace",
        '"https://reperes.exemple.fr"',
    ),
    AfterValidator(_page_address),
]
"""Where a school's own page is, perhaps on its network only; short enough for a code to scan."""
_MAIL_PATTERN = r"""^[\w.!#$%&*+/=?^`{|}~-]+@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}$"""
Mail = Annotated[
    NonEmptyStr,
    Expected("une seule adresse de courriel", '"crip@exemple.fr"'),
    StringConstraints(pattern=_MAIL_PATTERN),
]


def is_address(text: str) -> bool:
    """Tell whether a text is an address that a list may lead to."""
    return _accepts(_ADDRESS, text)


def is_mail(text: str) -> bool:
    """Tell whether a text is a mail address that a contact may have."""
    return _accepts(_MAIL, text)


_ADDRESS: TypeAdapter[str] = TypeAdapter(Address)
_MAIL: TypeAdapter[str] = TypeAdapter(Mail)


def _accepts(kind: TypeAdapter[str], text: str) -> bool:
    """Return whether a file may have a text: Pydantic reads a pattern not quite as `re` does."""
    try:
        return kind.validate_python(text) == text
    except ValidationError:
        return False


Language = Annotated[
    Text,
    Expected("deux lettres, comme « fr » ou « en »", '"en"'),
    StringConstraints(pattern=r"^[a-z]{2}$"),
]
"""As `lang` has it in HTML."""
_NUMBER = "un seul numéro, qui s'appelle en France, en chiffres et en espaces ordinaires"
_EXPECTED_NUMBER = Expected(_NUMBER, '"01 23 45 67 89"')
Phone = Annotated[NonEmptyStr, _EXPECTED_NUMBER, AfterValidator(_phone)]
ShortMessagePhone = Annotated[Phone, Expected(_NUMBER, f'"{EMERGENCY_SMS[0]}"')]
"""A phone number that accepts text messages."""
LocalPhone = Annotated[NonEmptyStr, _EXPECTED_NUMBER, AfterValidator(_local_phone)]
"""A phone number as dialled where the school is."""
Extension = Annotated[
    NonEmptyStr,
    Expected("les chiffres du poste, de un à six, entre guillemets", '"12"'),
    StringConstraints(pattern=r"^[0-9]{1,6}$"),
]
"""What is dialled inside a school or an institution, or asked for after its number."""
Hours = Annotated[
    NonEmptyStr,
    Expected(
        f'des jours et des heures : "{" ".join(DAYS)}" du lundi au dimanche, "PH" les jours '
        'fériés, "24/7" jour et nuit (notation OpenStreetMap)',
        '"24/7", "Mo-Su 09:00-23:00" ou "Mo-Fr 09:00-18:30; PH off"',
    ),
    AfterValidator(_hours),
]
Flag = Annotated[bool, Field(strict=True)]
WHOLE_NUMBER = "un nombre entier, sans espace ni guillemets"
WholeNumber = Annotated[int, Expected(WHOLE_NUMBER, "10"), Field(strict=True)]
UrgencyWord = Annotated[
    Urgency,
    BeforeValidator(_urgency),
    WithJsonSchema({"type": "string", "enum": list(URGENCIES)}),
]
PartialDate = Annotated[
    str,
    BeforeValidator(_partial_date),
    WithJsonSchema(  # some editors distinguish a date from a string, others do not
        {
            "anyOf": [
                {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"},
                {"type": "string", "pattern": rf"^{_DATE_PATTERN}$"},
            ]
        }
    ),
]
When = Annotated[
    Literal["toujours"] | tuple[str, ...],
    Expected(
        "« toujours », ou la liste des signes et des situations qui l'appellent",
        '["isolement"] ou quand = "toujours"',
    ),
    BeforeValidator(_when),
    WithJsonSchema(
        {
            "anyOf": [
                {"const": ALWAYS},
                {
                    "type": "array",
                    "minItems": 1,
                    "items": {"type": "string", "pattern": ID_PATTERN},
                },
            ]
        }
    ),
]
# Keys with the same meaning wherever they appear.

EntryId = Annotated[
    Id,
    Key(
        "Identifiant",
        "Le nom de l'entrée pour les autres : minuscules sans accent, chiffres et tirets. "
        "Il ne change plus.",
        help="Les autres entrées le nomment ainsi ; il ne change pas.",
        group=Group.OTHER,
        order=-1,
    ),
]
FormatVersion = Annotated[
    int,
    Field(strict=True, ge=1),
    Expected(f"le nombre {FORMAT}", f"{FORMAT}"),
    Key(
        "Format du fichier",
        f"La version du format des fichiers : {FORMAT}.",
        group=Group.OTHER,
        order=-1,
    ),
]
HiddenIds = Annotated[
    tuple[Id, ...],
    Expected("la liste des identifiants à ne pas montrer", '["thesee"]'),
    Key(
        "Entrées cachées",
        "Les identifiants que la page ne montre pas ; rien de ce qui doit toujours rester.",
        help="Un identifiant par ligne.",
        group=Group.OTHER,
    ),
]
TITLE = Key("Titre", "Le titre, comme on le lit sur la page.")
Title = Annotated[Text, TITLE]
BODY = Key(
    "Texte",
    "Le texte : paragraphes, listes, **gras** et [liens](https://…).",
    help="Une ligne vide commence un paragraphe, « - » une liste ; **ceci** est en gras.",
)
Body = Annotated[Markdown, BODY]
ADDRESS = Key(
    "Adresse du site",
    "Une adresse entière, qui commence par https://.",
    help="Elle commence par https://.",
    group=Group.REACH,
    also=("site", "url", "site_web", "web", "lien", "site_internet"),
)
PHONE = Key(
    "Téléphone",
    "Le numéro, chiffres et espaces.",
    help="Comme 3018 ou 01 23 45 67 89.",
    group=Group.REACH,
    also=("tel", "numero", "portable", "mobile", "ligne", "phone", "telephone_fixe"),
)
EXTENSION = Key(
    "Poste, ou numéro intérieur",
    "Le poste à demander après le numéro ; sans numéro, celui que l'on compose sur place.",
    help="Comme 12, à demander après le numéro ; ou 4512 seul, à composer sur place.",
    group=Group.REACH,
    also=(
        *("interne", "numero_interne", "numero_interieur", "extension"),
        *("poste_interieur", "poste_interne", "numero_de_poste"),
    ),
)
SOURCE = Key(
    "Document",
    "Le document lu : l'identifiant d'une source.",
    help="Le document où cela a été lu.",
    group=Group.ORIGIN,
    order=5,
)
SourceId = Annotated[Id, RefersTo("source"), SOURCE]
SourceSection = Annotated[
    Quoted,
    Key(
        "Partie du document",
        "Où, dans ce document.",
        help="Le titre du passage.",
        group=Group.ORIGIN,
        order=6,
    ),
]
OtherSources = Annotated[
    tuple[Id, ...],
    RefersTo("source"),
    Key(
        "Autres documents",
        "D'autres documents qui disent la même chose.",
        group=Group.ORIGIN,
        order=7,
    ),
]


class ReadOnly(BaseModel):
    """What is read from files: its names and its values are those it has."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> object:
            """Say which names there are; the keys of the files lead to them."""
            if name.startswith("_") or hasattr(type(self), name):
                return super().__getattr__(name)
            raise UnknownNameError(
                name,
                type(self).__name__,
                lambda: known_names(self, BaseModel, self._in_french()),
            )

        def __setattr__(self, name: str, value: object) -> NoReturn:
            """Say where a list is changed."""
            raise FixedError(
                typography(
                    f"« {name} » ne se change pas ici : une liste se change dans ses fichiers, ou "
                    "avec la commande reperes formateur."
                )
            )

    @classmethod
    def _in_french(cls) -> dict[str, str]:
        """Return the names of the fields, by what the files call them."""
        return {field.alias: name for name, field in cls.model_fields.items() if field.alias}


class Entry(ReadOnly):
    """Anything a list holds."""


class Identified(Entry):
    """An entry that others can refer to by its id."""

    id: EntryId

    @classmethod
    def needs(cls, field: str, raw: Mapping[str, object]) -> bool:
        """Tell whether an entry with these keys, as its file has them, needs a field."""
        del raw
        return cls.model_fields[field].is_required()

    def __repr__(self) -> str:
        """Return on one line its id, and what it is called or says."""
        names = ("label", "title", "name", "term", "text")
        words = next(filter(None, (getattr(self, name, None) for name in names)), "")
        plain = words.replace("**", "")
        return f"« {shorten(plain, _IN_SHORT, placeholder='…')} » ({self.id})"

    __str__ = __repr__


_IN_SHORT = 90
"""How many characters of an entry's words stand for it where Python shows it."""


Named = TypeVar("Named", bound=Identified)


class ById(dict[str, Named]):
    """Entries by their ids; an id that is none of them is told with the nearest.

    Examples
    --------
    >>> import signs
    >>> try:
    ...     signs.load().items["someil"]
    ... except KeyError as error:
    ...     print(error)
    L’identifiant ... est inconnu. Vouliez-vous dire ...sommeil...
    """

    def __missing__(self, id_: object) -> NoReturn:
        """Say which id is the nearest."""
        example = f'["{next(iter(self), "sommeil")}"]'
        raise UnknownKeyError([id_given(id_, "un identifiant", example)], self)


def by_id(entries: Iterable[Named]) -> ById[Named]:
    """Return entries by their ids, in their order."""
    return ById((entry.id, entry) for entry in entries)
