"""What was meant, from how a hand writes it; what cannot be told is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from signs.diagnostics.suggestions import (
    suggest_address,
    suggest_date,
    suggest_id,
    suggest_ids,
    suggest_mail,
    suggest_number,
)


@pytest.mark.parametrize(
    ("meant", "written", "expected"),
    [
        (suggest_date, "31/03/2026", "2026-03-31"),
        (suggest_date, "31-3-2026", "2026-03-31"),
        (suggest_date, "31/03/26", "2026-03-31"),
        (suggest_date, "1er août 2026", "2026-08-01"),
        (suggest_date, "31 mars 2026", "2026-03-31"),
        (suggest_date, "mars 2026", '"2026-03"'),
        (suggest_date, "2026-03", '"2026-03"'),
        (suggest_date, "2026", '"2026"'),
        (suggest_date, "30/02/2026", ""),
        (suggest_date, "hier", ""),
        (suggest_date, "", ""),
        (suggest_number, "3018", '"3018"'),
        (suggest_number, "poste 12", ""),
        (suggest_id, "Casque !", '"casque"'),
        (suggest_id, "garde–son casque", '"garde-son-casque"'),
        (suggest_id, "!", ""),
        (suggest_ids, "isolement, sommeil", '["isolement", "sommeil"]'),
        (suggest_ids, "Toujours", '"toujours"'),
        (suggest_ids, "les signes", ""),
        (suggest_address, "<http://www.exemple.fr>", '"https://www.exemple.fr"'),
        (suggest_address, "HTTPS://WWW.Exemple.FR/Accueil", '"https://www.exemple.fr/Accueil"'),
        (suggest_address, "contact@exemple.fr", ""),
        (suggest_address, "https://exemple².fr", ""),
        (suggest_address, "https://exemple.fr:65536/a?b", ""),
        (suggest_address, "exemple.fr:8443/a", '"https://exemple.fr:8443/a"'),
        (suggest_mail, "c²@exemple.fr", ""),
        (suggest_mail, "Courriel : <crip@exemple.fr>", '"crip@exemple.fr"'),
        (suggest_mail, "crip [at] exemple.fr", '"crip@exemple.fr"'),
        (suggest_mail, "www.exemple.fr", ""),
    ],
)
def test_what_was_meant_is_written_as_files_have_it(
    meant: Callable[[str], str], written: str, expected: str
) -> None:
    assert meant(written) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        *[
            (written, "01 23 45 67 89")
            for written in (
                *("01.23.45.67.89", "01-23-45-67-89", "01/23/45/67/89", "01–23–45–67–89"),
                *(
                    "01\u201123\u201145\u201167\u201189",
                    "\u202d01 23 45 67 89\u202c",
                    "0123456789\u200b",
                ),
                *("123456789", "33123456789", "+33123456789", "+33 (0)1 23 45 67 89"),
                *(
                    "(+33) 1 23 45 67 89",
                    "0033 1 23 45 67 89",
                    "+33 0123456789",
                    "(01) 23-45-67-89",
                ),
                *(
                    "O1 23 45 67 89",
                    "０１ ２３ ４５ ６７ ８９",
                    "Tél. : 01 23 45 67 89",
                    "tel:0123456789",
                ),
                *(
                    "☎ 01 23 45 67 89",
                    "01 23 45 67 89 (secrétariat)",
                    "01 23 45 67 89 puis tapez 3",
                    "01 23 45 67 89 p. 12",
                ),
                *("01 23 45 67 89 / 01 23 45 67 90", "01 23 45 67 89 ou 90", "01 23 45 67 89/90"),
            )
        ],
        ("0.810.00.9000", "0 810 00 90 00"),
        ("N° Vert : 0 800 05 12 34", "0 800 05 12 34"),
        ("39.19", "3919"),
        ("119 (Allô enfance en danger)", "119"),
        ("+262 262 90 00 00", "0262 90 00 00"),
        ("00 262 262 90 00 00", "0262 90 00 00"),
        ("+590 590 00 00 00", "0590 00 00 00"),
        ("+508 41 00 00", "0508 41 00 00"),
        ("(687) 25 00 00", "25 00 00"),
        ("25.00.00", "25 00 00"),
        ("+689 40 00 00 00", "40 00 00 00"),
        ("40.00.00.00", "40 00 00 00"),
        *[
            (written, "")
            for written in (
                *("01 23 45 67 8", "01 23 45 67 899", "12 01 23 45 67 89", "+44 20 7946 0000"),
                *("poste 12", "2212", "--", "Néant", "NC", "bureau 12"),
            )
        ],
    ],
)
def test_a_number_is_understood_however_people_write_it(written: str, expected: str) -> None:
    assert suggest_number(written, local=True).strip('"') == expected


@given(
    digits=st.from_regex(r"0[1-5][0-9]{8}", fullmatch=True),
    separator=st.sampled_from(" .-–/\u00a0\u202f\u2011"),
    start=st.sampled_from(["", "Tél. : ", "\u200e", "Standard ", "(+33) ", "+33 (0)", "0033"]),
    end=st.sampled_from(["", " poste 214", "\u200b", " (accueil)", ", int. 3"]),
)
def test_any_french_number_is_understood(digits: str, separator: str, start: str, end: str) -> None:
    pairs = [digits[at : at + 2] for at in range(0, 10, 2)]
    national = separator.join(pairs)
    written = f"{start}{national[1:] if '33' in start else national}{end}"
    assert suggest_number(written).replace(" ", "") == f'"{digits}"'
