"""What official directories know a school by: its UAI, and the code of its département."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

from signs.model.fields import NonEmptyStr
from signs.model.keys import Expected

_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"
"""Those that end a UAI: all but I, O and Q, which are read for figures."""
_UAI = re.compile(rf"(\d{{7}})([{_LETTERS}])")
_DEPARTMENT = re.compile(r"0[1-9]|1\d|2[AB1-9]|[3-8]\d|9[0-5]|97[1-8]|98[678]")
TERRITORY_OF = {
    "971": "guadeloupe",
    "972": "martinique",
    "973": "guyane",
    "974": "la-reunion",
    "975": "saint-pierre-et-miquelon",
    "976": "mayotte",
    "977": "saint-barthelemy",
    "978": "saint-martin",
    "986": "wallis-et-futuna",
    "987": "polynesie",
    "988": "nouvelle-caledonie",
}
"""For the code of a département or of a collectivity overseas, where the school stands."""


def is_uai(text: str) -> bool:
    """Tell whether a text is a UAI: seven figures, and the letter that they make.

    Examples
    --------
    >>> is_uai("0783774D"), is_uai("0783774E")
    (True, False)
    """
    found = _UAI.fullmatch(text)
    return found is not None and _LETTERS[int(found[1]) % len(_LETTERS)] == found[2]


def uai_of(text: str) -> str:
    """Return the UAI that a text means: capitals, no space, the zeros that a spreadsheet dropped.

    Empty where it means none.

    Examples
    --------
    >>> uai_of("783774d"), uai_of("0783774E")
    ('0783774D', '')
    """
    plain = re.sub(r"\s", "", text).upper().zfill(_LENGTH)
    return plain if is_uai(plain) else ""


def department_of(text: str) -> str:
    """Return the code of the département that a text means, however directories write it.

    Empty where it means none.

    Examples
    --------
    >>> department_of("078"), department_of("02a"), department_of("1"), department_of("974")
    ('78', '2A', '01', '974')
    """
    plain = re.sub(r"\s", "", text).upper()
    if len(plain) == _PADDED and plain[0] == "0":
        plain = plain[1:]
    plain = plain.zfill(2)
    return plain if _DEPARTMENT.fullmatch(plain) else ""


_LENGTH, _PADDED = 8, 3


def _uai(value: str) -> str:
    if not is_uai(value):
        raise PydanticCustomError("uai", "not a UAI")
    return value


def _department(value: str) -> str:
    if not _DEPARTMENT.fullmatch(value):
        raise PydanticCustomError("department", "not the code of a département")
    return value


Uai = Annotated[
    NonEmptyStr,
    Expected("l'UAI de l'établissement : sept chiffres et la bonne lettre", '"0783774D"'),
    AfterValidator(_uai),
]
Department = Annotated[
    NonEmptyStr,
    Expected("le code d'un département entre guillemets, comme « 78 », « 2A » ou « 974 »", '"78"'),
    AfterValidator(_department),
]
