"""What was meant, from how a hand writes it; what cannot be told is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from signs.diagnostics.suggestions import (
    address_meant,
    date_meant,
    hours_meant,
    id_meant,
    ids_meant,
    number_meant,
)


@pytest.mark.parametrize(
    ("meant", "written", "expected"),
    [
        (date_meant, "31/03/2026", "2026-03-31"),
        (date_meant, "31-3-2026", "2026-03-31"),
        (date_meant, "31/03/26", "2026-03-31"),
        (date_meant, "1er août 2026", "2026-08-01"),
        (date_meant, "31 mars 2026", "2026-03-31"),
        (date_meant, "mars 2026", '"2026-03"'),
        (date_meant, "2026-03", '"2026-03"'),
        (date_meant, "2026", '"2026"'),
        (date_meant, "30/02/2026", ""),
        (date_meant, "hier", ""),
        (date_meant, "", ""),
        (number_meant, "01.23.45.67.89", '"01 23 45 67 89"'),
        (number_meant, "+33 (0)1 23 45 67 89", '"01 23 45 67 89"'),
        (number_meant, "0033123456789", '"01 23 45 67 89"'),
        (number_meant, "3018", '"3018"'),
        (number_meant, "poste 12", ""),
        (id_meant, "Casque !", '"casque"'),
        (id_meant, "garde–son casque", '"garde-son-casque"'),
        (id_meant, "!", ""),
        (ids_meant, "isolement, sommeil", '["isolement", "sommeil"]'),
        (ids_meant, "Toujours", '"toujours"'),
        (ids_meant, "les signes", ""),
        (hours_meant, "24h/24", '"24/7"'),
        (hours_meant, "le lundi", ""),
        (address_meant, "<http://www.exemple.fr>", '"https://www.exemple.fr"'),
        (address_meant, "contact@exemple.fr", ""),
    ],
)
def test_what_was_meant_is_written_as_files_have_it(
    meant: Callable[[str], str], written: str, expected: str
) -> None:
    assert meant(written) == expected
