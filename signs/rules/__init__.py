"""What must hold across a whole list, by concern; each rule yields what is wrong with it.

`identity` ids that exist · `replacing`, `urgency`, `way_out`, `suspects` the safety that no
edit takes away · `dates`, `numbers` what is true of contacts · `texts` what is read ·
`stories` where vignettes lead · `posters` what pupils are promised · `idle` what nobody
will ever read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.rules.dates import date_objections, due_remarks, future_remarks, school_dates
from signs.rules.identity import identity_objections, retired_objections
from signs.rules.idle import idle_remarks
from signs.rules.numbers import number_remarks, school_numbers
from signs.rules.posters import poster_objections
from signs.rules.replacing import replacement_objections
from signs.rules.stories import vignette_objections
from signs.rules.suspects import suspect_objections, suspect_remarks
from signs.rules.texts import markup_remarks, wording_objections
from signs.rules.urgency import urgency_objections
from signs.rules.way_out import way_out_objections

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.model import ListInfo, SignList
    from signs.rules.dates import Said
    from signs.school import School
    from signs.tables import Objection, Tables

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
