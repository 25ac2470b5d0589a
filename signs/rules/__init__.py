"""What must hold across a whole list, by concern; each rule yields what is wrong with it.

`ids` ids that exist · `replacements`, `urgency`, `next_step`, `implicated` the safety that no
edit takes away · `dates`, `phone_numbers` what is true of contacts · `text` what is read ·
`vignettes` where vignettes lead · `posters` what pupils are promised · `unused` what nobody
will ever read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.rules.dates import date_problems, due_remarks, future_remarks, school_dates
from signs.rules.ids import identity_problems, retired_problems
from signs.rules.implicated import implicated_problems, implicated_remarks
from signs.rules.next_step import next_step_problems
from signs.rules.phone_numbers import phone_remarks, school_phones
from signs.rules.posters import poster_problems
from signs.rules.replacements import replacement_problems
from signs.rules.text import markup_remarks, wording_problems
from signs.rules.unused import unused_remarks
from signs.rules.urgency import urgency_problems
from signs.rules.vignettes import vignette_problems

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.diagnostics.problem import Problem
    from signs.files.tables import Tables
    from signs.model.entries import ListInfo
    from signs.model.school import School
    from signs.model.sign_list import SignList

__all__ = [
    "identity_problems",
    "markup_remarks",
    "remarks",
    "safety_problems",
    "school_problems",
    "wording_problems",
]


def safety_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield what is wrong with a list whose entries and ids are each sound."""
    yield from retired_problems(sign_list.info, tables)
    yield from replacement_problems(sign_list, tables)
    yield from urgency_problems(sign_list, tables)
    yield from next_step_problems(sign_list, tables)
    yield from implicated_problems(sign_list, tables)
    yield from date_problems(sign_list, tables)
    yield from vignette_problems(sign_list, tables)
    yield from poster_problems(sign_list, tables)


def school_problems(school: School, info: ListInfo, *, thorough: bool) -> Iterator[Problem]:
    """Yield what is wrong with what a school says of itself, below its list."""
    if thorough:
        yield from school_dates(school, info)
    yield from school_phones(school, thorough=thorough)


def remarks(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield what is not wrong with a sound list, but worth somebody's look."""
    yield from unused_remarks(sign_list, tables)
    yield from implicated_remarks(sign_list, tables)
    yield from due_remarks(sign_list, tables)
    yield from future_remarks(sign_list, tables)
    yield from phone_remarks(tables)
