"""Rules on a complete list, one module a concern; each yields problems.

`ids` unique ids, valid references · `replacements`, `urgency`, `next_step`, `promises`, `steps`,
`implicated` safety that no edit may remove; `selections` computes it on sets of bits · `dates`,
`phone_numbers`, `hours`, `boarding`, `places`, `contacts` facts about contacts · `text` wording and
markup, with `wording`, `verdicts`, `vocabulary` · `vignettes` their expected advice · `posters`
promises to pupils · `readings` who read what · `placeholders` what a starting file asks for ·
`unused` entries that are never shown · `academy` what an académie and its schools add.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.rules.academy import (
    academy_remarks,
    layer_remarks,
    publisher_remarks,
    role_problems,
)
from signs.rules.boarding import boarding_remarks
from signs.rules.contacts import contact_remarks
from signs.rules.dates import date_problems, due_remarks, future_remarks, school_dates
from signs.rules.hours import hours_remarks
from signs.rules.ids import identity_problems, retired_problems
from signs.rules.implicated import implicated_problems, implicated_remarks
from signs.rules.next_step import next_step_problems
from signs.rules.phone_numbers import phone_remarks, school_phones
from signs.rules.placeholders import placeholder_problems
from signs.rules.places import other_school_problems, place_remarks
from signs.rules.posters import poster_problems
from signs.rules.promises import promise_problems
from signs.rules.readings import reading_problems, reading_remarks
from signs.rules.replacements import replacement_problems
from signs.rules.steps import step_problems, step_remarks
from signs.rules.text import (
    hidden_remarks,
    markup_remarks,
    school_markup,
    school_wording,
    wording_problems,
)
from signs.rules.unused import unused_remarks
from signs.rules.urgency import urgency_problems, urgency_remarks
from signs.rules.vignettes import vignette_problems

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from signs.diagnostics.problem import Problem
    from signs.files.tables import Tables
    from signs.model.academy import Academy
    from signs.model.entries import ListInfo
    from signs.model.school import School
    from signs.model.sign_list import SignList

__all__ = [
    "academy_problems",
    "hidden_remarks",
    "identity_problems",
    "markup_remarks",
    "placeholder_problems",
    "remarks",
    "safety_problems",
    "school_problems",
    "wording_problems",
]


def safety_problems(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield the problems of a list whose entries and ids are all valid."""
    yield from retired_problems(sign_list.info, tables)
    yield from replacement_problems(sign_list, tables)
    yield from urgency_problems(sign_list, tables)
    yield from next_step_problems(sign_list, tables)
    yield from promise_problems(sign_list, tables)
    yield from step_problems(sign_list, tables)
    yield from implicated_problems(sign_list, tables)
    yield from date_problems(sign_list, tables)
    yield from vignette_problems(sign_list, tables)
    yield from poster_problems(sign_list, tables)
    yield from reading_problems(tables)


def academy_problems(academy: Academy, info: ListInfo, *, thorough: bool) -> Iterator[Problem]:
    """Yield the problems of an académie's own data."""
    yield from role_problems(academy)
    if thorough:
        yield from academy_remarks(academy)
    yield from _layer_problems(academy, info, thorough=thorough)


def school_problems(
    school: School, file: Path, info: ListInfo, academy: Academy | None, *, thorough: bool
) -> Iterator[Problem]:
    """Yield the problems of a school's own data, and of what its académie says too."""
    yield from other_school_problems(school, file)
    if thorough:
        yield from contact_remarks(school)
        yield from boarding_remarks(school)
        yield from place_remarks(school)
        if academy is not None:
            yield from layer_remarks(school, academy)
    yield from _layer_problems(school, info, thorough=thorough)


def _layer_problems(
    layer: School | Academy, info: ListInfo, *, thorough: bool
) -> Iterator[Problem]:
    """Yield what is asked alike of whoever adds contacts and words to a list."""
    if thorough:
        yield from school_dates(layer, info)
        yield from school_markup(layer)
        yield from publisher_remarks(layer)
    yield from school_wording(layer)
    yield from school_phones(layer, thorough=thorough)


def remarks(sign_list: SignList, tables: Tables) -> Iterator[Problem]:
    """Yield remarks on a valid list: not errors, but worth a look."""
    yield from unused_remarks(sign_list, tables)
    yield from step_remarks(sign_list, tables)
    yield from urgency_remarks(sign_list, tables)
    yield from implicated_remarks(sign_list, tables)
    yield from due_remarks(sign_list, tables)
    yield from future_remarks(sign_list, tables)
    yield from phone_remarks(tables)
    yield from hours_remarks(tables)
    yield from reading_remarks(sign_list, tables)
