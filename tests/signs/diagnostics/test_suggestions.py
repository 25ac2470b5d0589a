"""What was meant, from how a hand writes it; what cannot be told is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from signs.diagnostics.suggestions import (
    suggest_address,
    suggest_date,
    suggest_hours,
    suggest_id,
    suggest_ids,
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
        (suggest_number, "01.23.45.67.89", '"01 23 45 67 89"'),
        (suggest_number, "+33 (0)1 23 45 67 89", '"01 23 45 67 89"'),
        (suggest_number, "0033123456789", '"01 23 45 67 89"'),
        (suggest_number, "3018", '"3018"'),
        (suggest_number, "poste 12", ""),
        (suggest_id, "Casque !", '"casque"'),
        (suggest_id, "garde–son casque", '"garde-son-casque"'),
        (suggest_id, "!", ""),
        (suggest_ids, "isolement, sommeil", '["isolement", "sommeil"]'),
        (suggest_ids, "Toujours", '"toujours"'),
        (suggest_ids, "les signes", ""),
        (suggest_hours, "24h/24", '"24/7"'),
        (suggest_hours, "le lundi", ""),
        (suggest_address, "<http://www.exemple.fr>", '"https://www.exemple.fr"'),
        (suggest_address, "contact@exemple.fr", ""),
    ],
)
def test_what_was_meant_is_written_as_files_have_it(
    meant: Callable[[str], str], written: str, expected: str
) -> None:
    assert meant(written) == expected
