"""Ids: each names one entry, and what names an id names an entry that is there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from signs.files.tables import Objection
from signs.model.fields import ALWAYS, ID_PATTERN, Identified
from signs.model.nouns import with_article, with_indefinite
from signs.model.sign_list import HEAD, KINDS, references_of
from signs.text.grammar import with_de
from signs.text.normalize import did_you_mean, nearest, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from signs.files.tables import Tables
    from signs.model.entries import ListInfo

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def identity_objections(tables: Tables) -> Iterator[Objection]:
    """Yield what is wrong with ids and with what names them, as far as it can be told.

    An entry with a fault elsewhere still counts as known: one mistake is told once.
    """
    yield from _repeated_ids(tables)
    yield from _unknown_references(tables)


def retired_objections(info: ListInfo, tables: Tables) -> Iterator[Objection]:
    """Yield retired ids that are in use again, and those replaced by nothing that is there."""
    here = {id_ for table in tables.values() for id_ in table.ids if id_}
    for place, retired in enumerate(info.retired):
        if retired.id in here:
            yield Objection(
                HEAD,
                0,
                ("retire", place, "id"),
                f"L'identifiant « {retired.id} » est dit retiré, mais une entrée le porte encore.",
                "Donnez à cette entrée un autre identifiant : un identifiant retiré ne sert plus "
                "jamais.",
            )
        if retired.replaced_by and retired.replaced_by not in here:
            yield Objection(
                HEAD,
                0,
                ("retire", place, "remplace_par"),
                f"« {retired.id} » est dit remplacé par « {retired.replaced_by} », qui n'existe "
                "pas."
                f"{suggestion(retired.replaced_by, here)}",
                "Nommez une entrée de la liste, ou retirez la ligne « remplace_par ».",
            )


def _repeated_ids(tables: Tables) -> Iterator[Objection]:
    """Ids are unique across all kinds."""
    first: dict[str, tuple[str, int]] = {}
    for kind, table in tables.items():
        for place, id_ in enumerate(table.ids):
            if id_ is None:
                continue
            if id_ == ALWAYS:
                yield Objection(
                    kind,
                    place,
                    ("id",),
                    f"« {ALWAYS} » ne peut pas être un identifiant : ce mot a un sens dans « "
                    "quand ».",
                    "Choisissez un autre identifiant.",
                )
            if id_ in first:
                yield Objection(
                    kind,
                    place,
                    ("id",),
                    f"L'identifiant « {id_} » sert déjà.",
                    "Donnez à chaque entrée un identifiant qui n'est qu'à elle, même d'un genre à "
                    "l'autre.",
                    see=first[id_],
                )
            else:
                first[id_] = (kind, place)


def _unknown_references(tables: Tables) -> Iterator[Objection]:
    """Every id that is named exists.

    An id that is itself miswritten was told where it stands; who names it is right or will be.
    """
    guess = _Guess()
    for kind, table in tables.items():
        for key, attribute, targets in references_of(KINDS[kind].entry):
            if not all(tables[target].readable for target in targets):
                continue
            known = {id_ for target in targets for id_ in tables[target].ids if id_}
            for place, entry in table.placed(Identified):
                value = getattr(entry, attribute)
                alone = isinstance(value, str)
                for position, id_ in enumerate(named(value)):
                    path = (key,) if alone else (key, position)
                    if id_ in known:
                        continue
                    near = guess.nearest(id_, known)
                    if not _is_miswritten(near):
                        yield Objection(
                            kind,
                            place,
                            path,
                            f"« {key} » {with_de(with_article(kind, entry.id))} nomme « {id_} », "
                            "mais aucune "
                            f"entrée {' ni '.join(f'[[{target}]]' for target in targets)} n'a cet "
                            "identifiant.",
                            _what_instead(id_, key, targets, near, tables),
                        )


def _what_instead(
    id_: str, key: str, targets: tuple[str, ...], near: str | None, tables: Tables
) -> str:
    if id_ == ALWAYS:
        return f'« {ALWAYS} » s\'écrit sans crochets : {key} = "{ALWAYS}".'
    for kind, table in tables.items():
        if id_ in table.ids:
            expected = " ou ".join(map(with_indefinite, targets))
            return f"« {id_} » est {with_indefinite(kind)}, et non {expected}."
    files = " et ".join(dict.fromkeys(KINDS[target].file for target in targets))
    return did_you_mean(near) or f"Les identifiants possibles sont dans {files}."


class _Guess:
    """What may have been meant; each id is looked for once, and not without end.

    Where everything is wrong, as when a file was emptied, the first guesses will do.
    """

    def __init__(self) -> None:
        self._found: dict[str, str | None] = {}

    def nearest(self, id_: str, known: Iterable[str]) -> str | None:
        if id_ not in self._found:
            self._found[id_] = nearest(id_, known) if len(self._found) < _GUESSES else None
        return self._found[id_]


_GUESSES = 100


def _is_miswritten(id_: str | None) -> bool:
    return id_ is not None and not re.fullmatch(ID_PATTERN, id_)


def named(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the ids that a value names: one, several, or none at all."""
    if value is None or value == ALWAYS:
        return ()
    return (value,) if isinstance(value, str) else value


def listed(ids: Sequence[str]) -> str:
    """Return several ids as one reads them."""
    return ", ".join(f"« {id_} »" for id_ in ids)
