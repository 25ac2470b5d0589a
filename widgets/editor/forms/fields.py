"""The controls of a form, derived from the model that lists are validated with.

A field's type says how one edits it, its :class:`signs.model.keys.Key` how it is named. A new
key of the model shows in the form automatically.
"""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, get_args, get_origin

from signs.diagnostics.suggestions import spaced_number, suggest_date
from signs.diagnostics.validation_messages import choices_of
from signs.model.entries import ListInfo
from signs.model.fields import (
    ALWAYS,
    Address,
    Entry,
    Hours,
    PartialDate,
    Phone,
    When,
    is_phone,
)
from signs.model.keys import Group, Key, TextFormat, is_a, keys_of, mark_of, unwrap
from signs.model.sign_list import HEAD, KINDS, references_of
from signs.text import opening_hours, weekly_hours
from signs.text.normalize import folded
from signs.text.phone_numbers import dialled
from signs.text.typography import typography
from widgets.editor.forms.labels import CHOICES
from widgets.editor.forms.titles import label_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from pydantic.fields import FieldInfo


class Control(StrEnum):
    """How a value is edited; the values are what `controls.js` reads."""

    LINE = "ligne"
    TEXT = "texte"
    MARKDOWN = "markdown"
    LINES = "lignes"
    """Several texts, one a line."""
    NUMBER = "nombre"
    FLAG = "oui-non"
    DATE = "date"
    PHONE = "telephone"
    ADDRESS = "adresse"
    HOURS = "horaires"
    CHOICE = "choix"
    """One of `options`, or one entry of `kinds`."""
    TICKS = "cases"
    """Some of `options`, or some entries of `kinds`."""
    WHEN = "quand"
    """« toujours », or some entries of `kinds`."""
    NAME = "id"
    """The name others call the entry by: shown, not edited."""
    FIXED = "fixe"
    """Not editable in a form: shown as in the file."""


DOORS = "porte"
"""Among the kinds of a field: the moments that are doors."""


class Field(NamedTuple):
    """One value of an entry, and how to edit it."""

    key: str
    """Its name in the file."""
    control: Control
    needed: bool
    default: Any
    wording: Key
    """Its label, help, and group in the form."""
    kinds: tuple[str, ...] = ()
    options: tuple[tuple[str, str], ...] = ()
    """Value in the file, and its label."""

    def shown(self, raw: Mapping[str, Any]) -> Any:  # noqa: ANN401 (any value of the file)
        """Return the value of an entry in the form that the control edits."""
        value = raw.get(self.key, self.default)
        if self.control is Control.CHOICE and value not in dict(self.options) and not self.kinds:
            value = raw.get(self.key)  # no value is not an option
        if self.control is Control.WHEN and value == ALWAYS:
            return ALWAYS
        shown = _SHOWN.get(self.control)
        if shown is not None:
            return shown(value)
        return "" if value is None else str(value)

    def written(self, value: Any) -> Any:  # noqa: ANN401
        """Return the value to write in the file for that of the control; `None` omits the key.

        What cannot be read is written as it was typed: the verifier then says what is wrong.
        """
        if self.control is Control.HOURS:
            return _notation(value)
        if self.control is Control.FLAG:
            return None if value is self.default else bool(value)
        if self.control in {Control.TICKS, Control.WHEN}:
            if value == ALWAYS:
                return ALWAYS
            return [str(id_) for id_ in value] or ([] if self.needed else None)
        if self.control is Control.LINES:
            return [line.strip() for line in str(value).split("\n") if line.strip()] or None
        return self._written_text(str(value))

    def _written_text(self, text: str) -> str | int | date | None:
        if text == self.default:
            return None
        if not text.strip():
            return "" if self.needed and self.control not in _REMOVABLE else None
        if self.control is Control.NUMBER and re.fullmatch(r"\s*-?\d{1,9}\s*", text):
            return int(text)
        if self.control is Control.PHONE:
            well_written = is_phone(text) and not _UNSPACED.fullmatch(text)
            return text if well_written or _says_more(text) else spaced_number(text) or text
        return _iso_date(text) if self.control is Control.DATE else text


def extension_of(text: str) -> str:
    """Return the extension that is typed after a number, « Poste 12 »: it is told beside it."""
    read = dialled(text)
    return read.extension.capitalize() if read.number else ""


def _says_more(text: str) -> bool:
    """Tell whether a text says more than one number and its extension: no word of it is lost."""
    words = {folded(word) for word in re.findall(r"[^\W\d_]{3,}", text)}
    return dialled(text).several or not words <= _AROUND_NUMBERS


_AROUND_NUMBERS = {
    *("tel", "telephone", "numero", "puis", "touche", "tapez", "taper", "choix"),
    *("poste", "postes", "int", "interne", "ext", "extension"),
}
_UNSPACED = re.compile(r"\s*\d{10}\s*")
_REMOVABLE = {Control.CHOICE, Control.DATE, Control.NUMBER}


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """Return the fields of a kind of entry, or of the head of the list, in the order of the model.

    Texts come first, then what triggers the entry, then its source.
    """
    model = ListInfo if kind == HEAD else KINDS[kind].entry
    fields = list(_fields(model))
    label = label_key(kind)
    return tuple(
        sorted(fields, key=lambda field: (_GROUPS.index(field.wording.group), field.key != label))
    )


def _fields(model: type[Entry]) -> Iterator[Field]:
    names = {reference.key: reference.kinds for reference in references_of(model)}
    keys = keys_of(model)
    for name, info in model.model_fields.items():
        key = info.alias or name
        control, options = _control(key, model, info, names_others=key in names)
        kinds = names.get(key, ())
        if control is Control.WHEN:  # only doors call anything
            kinds = tuple(DOORS if kind == "moment" else kind for kind in kinds)
        yield Field(
            key,
            control,
            info.is_required(),
            None if info.is_required() else _plain(info.default),
            keys[key],
            kinds,
            options,
        )


_GROUPS = list(Group)


def label_of(kind: str, key: str) -> str | None:
    """Return the label of a key of a kind, or else of the first kind that has it."""
    fields = (field for each in (kind, HEAD, *KINDS) if each for field in fields_of(each))
    return next((field.wording.label for field in fields if field.key == key), None)


_Options = tuple[tuple[str, str], ...]


def _control(
    key: str, model: type[Entry], info: FieldInfo, *, names_others: bool
) -> tuple[Control, _Options]:
    annotation, _marks = unwrap(info)
    several = get_origin(annotation) is tuple
    options = _options(key, model)
    if key in {"id", "format"}:
        return Control.NAME, ()
    if is_a(When, info):
        return Control.WHEN, ()
    if names_others or options:
        return (Control.TICKS if several else Control.CHOICE), options
    if several and _bare_type(get_args(annotation)[0]) is str:
        return Control.LINES, ()
    control = next((control for type_, control in _BY_TYPE if is_a(type_, info)), None)
    return control or _plain_control(annotation, mark_of(TextFormat, info)), ()


def _plain_control(annotation: object, text: TextFormat | None) -> Control:
    if annotation is str:
        return _BY_FORMAT[text]
    return {bool: Control.FLAG, int: Control.NUMBER}.get(annotation, Control.FIXED)  # type: ignore[call-overload,no-any-return] # any type at all


_BY_FORMAT = {
    None: Control.LINE,
    TextFormat.BLOCK: Control.TEXT,
    TextFormat.MARKDOWN: Control.MARKDOWN,
}
_BY_TYPE = (
    (Phone, Control.PHONE),
    (Address, Control.ADDRESS),
    (Hours, Control.HOURS),
    (PartialDate, Control.DATE),
)


def _bare_type(annotation: Any) -> object:  # noqa: ANN401
    return getattr(annotation, "__origin__", annotation)


def _options(key: str, model: type[Entry]) -> _Options:
    values = choices_of(key, model)
    return tuple((value, CHOICES.get(f"{key}.{value}") or CHOICES[value]) for value in values)


def _plain(value: Any) -> Any:  # noqa: ANN401
    return list(value) if isinstance(value, tuple) else value


def _texts(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(each) for each in value] if isinstance(value, list | tuple) else []


def _lines(value: object) -> str:
    return "\n".join(_texts(value))


# --- Dates ------------------------------------------------------------------------------------

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_FRENCH = re.compile(r"(?:(?:(\d{1,2})[/. ])?(\d{1,2})[/. ])?(\d{4})")


def _french_date(value: object) -> str:
    """Return 2026-03-31 as one writes it in France, 31/03/2026; a month or a year likewise."""
    text = "" if value is None else str(value)[:10]
    match = _ISO.fullmatch(text)
    return "/".join(part for part in reversed(match.groups()) if part) if match else text


def _iso_date(text: str) -> date | str:
    text = text.strip()
    match = _FRENCH.fullmatch(text)
    if not match:
        return _spelt_date(text)
    day, month, year = match.groups()
    if day:
        try:
            return date(int(year), int(month), int(day))
        except ValueError:
            return text
    return f"{year}-{int(month):02}" if month else year


def _spelt_date(text: str) -> date | str:
    """Return the date of « 1er mars 2026 » or « mars 2026 »; anything else as it is."""
    iso = suggest_date(text).strip('"') if re.search("[a-zà-ü]", text.lower()) else ""
    try:
        return date.fromisoformat(iso) if iso.count("-") == _TWICE else iso or text
    except ValueError:
        return text


_TWICE = 2

# --- Hours ------------------------------------------------------------------------------------


def hours_form(notation: object) -> dict[str, Any]:
    """Return opening hours as the form shows them.

    Returns
    -------
    dict
        `mode`: `aucun`, `toujours`, `semaine` or `notation`; for a week, `jours` (seven lists
        of `[opens, closes]`) and `feries`; always `notation`, and `mots` where it is valid.
    """
    text = "" if notation is None else str(notation)
    form: dict[str, Any] = {
        "mode": "aucun" if notation is None else "notation",
        "notation": text,
        "mots": "",
        "jours": [[] for _ in weekly_hours.DAYS],
        "feries": weekly_hours.Holidays.UNKNOWN.value,
    }
    try:
        form["mots"] = typography(opening_hours.in_words(text)) if text else ""
    except ValueError:
        return form
    if text == weekly_hours.ALWAYS_OPEN:
        form["mode"] = "toujours"
    elif week := weekly_hours.read(text):
        form |= {
            "mode": "semaine",
            "jours": [[list(span) for span in day] for day in week.days],
            "feries": week.holidays.value,
        }
    return form


def _notation(form: Mapping[str, Any]) -> str | None:
    mode = form["mode"]
    if mode == "aucun":
        return None
    if mode == "toujours":
        return weekly_hours.ALWAYS_OPEN
    if mode == "semaine":
        return weekly_hours.from_form(form["jours"], form["feries"]).notation
    return str(form["notation"]).strip()


_SHOWN: dict[Control, Callable[[object], Any]] = {
    Control.DATE: _french_date,
    Control.HOURS: hours_form,
    Control.WHEN: _texts,
    Control.TICKS: _texts,
    Control.LINES: _lines,
    Control.FLAG: lambda value: value is True,
}
"""From a value of the file to that of its control; the text of the value for other controls."""
