"""Rules on phone numbers: one outside the numbering plan is worth a call before printing.

One that costs more than a call is not for pupils.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from signs.diagnostics.problem import Problem, Subject
from signs.diagnostics.reporter import CONTACT, Assignment
from signs.model.entries import Service
from signs.model.fields import is_pacific
from signs.model.school import PACIFIC

if TYPE_CHECKING:
    from collections.abc import Iterator

    from signs.files.tables import Tables
    from signs.model.academy import Academy
    from signs.model.school import School

# Regions of the numbers: France, and the territories that the library treats apart.
_REGIONS = ("FR", "RE", "GP", "MQ", "GF", "YT", "PM", "NC", "PF", "WF")
_SHORT = 6
# Numbers known to be valid for the library (a test checks it): importing it takes longer than
# reading a complete list.
SURELY = re.compile(
    r"1[578]|11[249]|11600[06]|3018|3114"  # emergencies and national services
    r"|0[139]\d{8}|04[1-9]\d{7}|080\d{7}"  # complete ranges, assigned as a block
)


def phone_remarks(tables: Tables) -> Iterator[Problem]:
    """Yield numbers that are unassigned, according to the numbering plan of the library."""
    for subject, service in tables["service"].subjects("service", Service):
        for key, number in (("telephone", service.phone), ("sms", service.sms)):
            if number:
                yield from _unfit(number, subject, key)


def school_phones(own: School | Academy, *, thorough: bool) -> Iterator[Problem]:
    """Yield unassigned numbers of contacts, and Pacific ones outside the Pacific."""
    for index, contact in enumerate(own.contacts):
        subject, number = Subject(CONTACT, contact.label, index), contact.phone
        if number and is_pacific(number):
            territory = own.location
            if territory not in PACIFIC:
                params = {"number": number, **_elsewhere(number, territory)}
                yield Problem("pacific-phone", subject, ("telephone",), params)
        elif thorough and number:
            yield from _unfit(number, subject, "telephone")


def _unfit(number: str, subject: Subject, key: str) -> Iterator[Problem]:
    if _PREMIUM.fullmatch(number.replace(" ", "")):
        yield Problem("premium-phone", subject, (key,), {"number": number})
    elif not rings(number):
        yield Problem("unassigned-phone", subject, (key,), {"number": number})


_PREMIUM = re.compile(r"08[129]\d{7}")


def _elsewhere(number: str, territory: str | None) -> dict[str, object]:
    """Return parameters of the remedy where the territory is written, and is not in the Pacific."""
    if territory == "saint-pierre-et-miquelon" and len(number.replace(" ", "")) == _SHORT:
        return {"meant": Assignment("telephone", f'"0508 {number}"')}
    return {"elsewhere": territory is not None}


def rings(number: str) -> bool:
    """Tell whether the numbering plan has such a number, short or long."""
    digits = number.replace(" ", "")
    if SURELY.fullmatch(digits):
        return True
    from phonenumbers import NumberParseException, is_valid_number, parse  # noqa: PLC0415
    from phonenumbers.shortnumberinfo import (  # noqa: PLC0415
        is_possible_short_number_for_region,
    )

    for region in _REGIONS:
        try:
            parsed = parse(digits, region)
        except NumberParseException:
            continue
        if len(digits) <= _SHORT and is_possible_short_number_for_region(parsed, region):
            return True
        if len(digits) > _SHORT and is_valid_number(parsed):
            return True
    return False
