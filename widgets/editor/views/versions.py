"""The versions of a list in words, for the page and for the terminal."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from signs.files.versions import Versions, changes_between
from signs.model.sign_list import HEAD, KINDS
from signs.text.typography import date_in_words, typography
from widgets.editor.forms.fields import fields_of
from widgets.editor.forms.labels import KIND_WORDS
from widgets.editor.forms.titles import title_of
from widgets.editor.views.marked import in_words, marked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from signs.files.backups import Save
    from signs.files.versions import Change

ON_SCREEN = "ecran"
"""The version that is being edited; the one that was saved last is named by nothing."""
_MOST_NAMED = 5
_SHOWN_FIRST = 12


class VersionsView:
    """The versions of the list in a folder, as the page shows them; what is known is kept.

    Parameters
    ----------
    folder
        Of the list.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._shown = _SHOWN_FIRST
        self._compared: tuple[str, str] | None = None
        self._rows: tuple[object, list[dict[str, str]]] = (None, [])

    def show_more(self) -> None:
        """List twice as many from now on."""
        self._shown *= 2

    def compare(self, before: str, after: str) -> None:
        """Show what differs from one version to another from now on."""
        self._compared = before, after

    def data(self, texts: Mapping[str, str], titles: Mapping[str, str]) -> dict[str, Any]:
        """Return what the page shows, as JSON values.

        Parameters
        ----------
        texts
            What the files being edited say, by name.
        titles
            The title of each entry, by id.
        """
        versions = Versions(self._folder)
        found: dict[str, Any] = {"versions": [], "rows": [], "more": 0, "compared": None}
        try:
            found["rows"], found["more"] = self._listed(versions)
            found["versions"] = [
                (ON_SCREEN, typography("maintenant, à l'écran")),
                *(
                    (_key(versions, n), f"{n + 1}. {label(versions, n)}")
                    for n in _newest_first(versions)
                ),
            ]
            if self._compared is not None:
                found["compared"] = self._comparison(versions, texts, titles)
        except OSError:
            found["unreadable"] = True
        return found

    def texts(self, key: str, on_screen: Mapping[str, str]) -> tuple[Mapping[str, str], str]:
        """Return what the files of a version say, and the version in words.

        Raises
        ------
        KeyError
            When there is no such version any more.
        OSError
            When a copy cannot be read.
        """
        return self._of(Versions(self._folder), key, on_screen)

    def _of(
        self, versions: Versions, key: str, on_screen: Mapping[str, str]
    ) -> tuple[Mapping[str, str], str]:
        if key == ON_SCREEN:
            return on_screen, "maintenant"
        number = {_key(versions, n): n for n in _newest_first(versions)}[key]
        return versions.texts(number), label(versions, number)

    def _listed(self, versions: Versions) -> tuple[list[dict[str, str]], int]:
        """Return a row for each save, newest first, and how many saves are left out."""
        stamp = (
            self._shown,
            [save.date for save in versions.saves],
            sorted((p.name, p.stat().st_mtime_ns) for p in self._folder.glob("*.toml")),
        )
        if self._rows[0] != stamp:
            rows = []
            numbers = {save.date: n for n, save in enumerate(versions.saves, start=1)}
            for step in islice(versions.steps(), self._shown):
                changes = changes_between(step.before, step.after)
                rows.append(
                    {
                        "from": step.save.date,
                        "to": _key(versions, numbers[step.save.date]),
                        "when": f"{numbers[step.save.date] + 1}. {when(step.save)}",
                        "who": step.save.author,
                        "what": typography(summary(changes)),
                    }
                )
            self._rows = (stamp, rows)
        rows = self._rows[1]
        return rows, max(0, len(versions.saves) - self._shown) if len(rows) >= self._shown else 0

    def _comparison(
        self, versions: Versions, texts: Mapping[str, str], titles: Mapping[str, str]
    ) -> dict[str, Any] | None:
        before, after = self._compared or ("", "")
        try:
            was, was_called = self._of(versions, before, texts)
            is_, is_called = self._of(versions, after, texts)
        except KeyError:  # its copies were deleted, a year later
            return None
        return {
            "from": before,
            "to": after,
            "before": was_called,
            "after": is_called,
            "changes": change_views(changes_between(was, is_), titles),
        }


def when(save: Save) -> str:
    """Return when a save was made, in words."""
    at = save.at.astimezone()
    return typography(f"{date_in_words(at.date().isoformat())} à {at.hour} h {at:%M}")


def label(versions: Versions, number: int) -> str:
    """Return the name of a version: when, and by whom, it was saved."""
    if number == 0:
        return typography("avant le premier enregistrement")
    save = versions.saves[number - 1]
    return typography(f"{when(save)}{f', {save.author}' if save.author else ''}")


def _newest_first(versions: Versions) -> range:
    return range(len(versions.saves), -1, -1)


def _key(versions: Versions, number: int) -> str:
    """Return what names a version whatever is saved meanwhile: the date of the save after it."""
    return versions.saves[number].date if number < len(versions.saves) else ""


def summary(changes: Sequence[Change]) -> str:
    """Return what a save changed: the titles of its entries, by what became of them."""
    if not changes:
        return "seulement l'ordre ou la façon d'écrire"
    some, more = changes[:_MOST_NAMED], len(changes) - _MOST_NAMED
    others = f" et {more} autre{'s' * (more > 1)}" if more > 0 else ""
    return f"{', '.join(f'{named(each)} ({state_of(each)})' for each in some)}{others}"


def state_of(change: Change) -> str:
    """Return what became of an entry."""
    if change.before is None:
        return "ajout"
    return "retrait" if change.after is None else "changement"


def named(change: Change) -> str:
    """Return an entry by its words, in quotes."""
    if change.kind == HEAD:
        return "la liste elle-même"
    if not KINDS[change.kind].has_form:
        return KINDS[change.kind].noun
    return f"« {title_of(change.kind, change.after or change.before or {})} »"


def change_views(changes: Sequence[Change], titles: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return what differs between two versions, as JSON values.

    Parameters
    ----------
    changes
        The entries that differ.
    titles
        The title of each entry, by id; of entries that are gone, those of the changes are used.
    """
    own = {
        each.id: title_of(each.kind, each.after or each.before or {})
        for each in changes
        if each.kind != HEAD and KINDS[each.kind].has_form
    }
    return [_view(change, {**own, **titles}) for change in changes]


def _view(change: Change, titles: Mapping[str, str]) -> dict[str, Any]:
    values = []
    before, after = change.before or {}, change.after or {}
    kind = None if change.kind == HEAD else KINDS[change.kind]
    title = title_of(change.kind, after or before)
    if kind is None:
        title = KIND_WORDS[HEAD].title
    elif not kind.has_form:  # it is of an entry: by its words
        title = titles.get(title, title)
    readable = before and after and (kind is None or kind.has_form)
    for field in fields_of(change.kind) if readable else ():
        if before.get(field.key) != after.get(field.key):
            was, is_ = (
                typography(in_words(field, raw.get(field.key), titles)) for raw in (before, after)
            )
            pieces = marked(was, is_)
            values.append(
                {
                    "label": typography(field.wording.label),
                    "before": pieces[0],
                    "after": pieces[1],
                }
            )
    return {
        "kind": change.kind,
        "id": change.id,
        "title": typography(title),
        "what": typography(kind.title if kind else KIND_WORDS[HEAD].title),
        "state": state_of(change),
        "values": values,
    }


def titles_in(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the title of each entry of a version, by id."""
    return {
        change.id: title_of(change.kind, change.after or {})
        for change in changes_between({}, texts)
        if change.kind in KINDS and KINDS[change.kind].has_form
    }
