"""What must hold across a whole list, by concern; each rule yields what is wrong with it.

`ids` ids that exist · `replacements`, `urgency`, `next_step`, `implicated` the safety that no
edit takes away · `dates`, `phone_numbers` what is true of contacts · `text` what is read ·
`vignettes` where vignettes lead · `posters` what pupils are promised · `unused` what nobody
will ever read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.rules.dates import date_objections, due_remarks, future_remarks, school_dates
from signs.rules.ids import identity_objections, retired_objections
from signs.rules.implicated import suspect_objections, suspect_remarks
from signs.rules.next_step import way_out_objections
from signs.rules.phone_numbers import number_remarks, school_numbers
from signs.rules.posters import poster_objections
from signs.rules.replacements import replacement_objections
from signs.rules.text import markup_remarks, wording_objections
from signs.rules.unused import idle_remarks
from signs.rules.urgency import urgency_objections
from signs.rules.vignettes import vignette_objections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Objection, Tables
    from signs.model.entries import ListInfo
    from signs.model.school import School
    from signs.model.sign_list import SignList
    from signs.rules.dates import Said

__all__ = [
    "identity_objections",
    "markup_remarks",
    "remarks",
    "safety_objections",
    "school_objections",
    "wording_objections",
]


def safety_objections(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield what is wrong with a list whose entries and ids are each sound."""
    yield from retired_objections(sign_list.info, tables)
    yield from replacement_objections(sign_list, tables)
    yield from urgency_objections(sign_list, tables)
    yield from way_out_objections(sign_list, tables)
    yield from suspect_objections(sign_list, tables)
    yield from date_objections(sign_list, tables)
    yield from vignette_objections(sign_list, tables)
    yield from poster_objections(sign_list, tables)


def school_objections(school: School, info: ListInfo, *, thorough: bool) -> Iterator[Said]:
    """Yield what is wrong with what a school says of itself, below its list."""
    if thorough:
        yield from school_dates(school, info)
    yield from school_numbers(school, thorough=thorough)


def remarks(sign_list: SignList, tables: Tables) -> Iterator[Objection]:
    """Yield what is not wrong with a sound list, but worth somebody's look."""
    yield from idle_remarks(sign_list, tables)
    yield from suspect_remarks(sign_list, tables)
    yield from due_remarks(sign_list, tables)
    yield from future_remarks(sign_list, tables)
    yield from number_remarks(tables)
