"""Load many schools over one list: what they have in common is read once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from signs.diagnostics.problem import ListError
from signs.loading.assembler import ListAssembler
from signs.loading.loader import base_of, shipped

if TYPE_CHECKING:
    from pathlib import Path

    from signs.model.sign_list import SignList


class SchoolLoader:
    """Loads schools' files over a list, and an académie's file if any.

    Parameters
    ----------
    folder
        The list's folder; see :func:`signs.loading.loader.folder_of`.
    academy
        The file of the académie of all these schools.

    Raises
    ------
    ListError
        When the list or the académie's file has an error.
    """

    def __init__(self, folder: Path, academy: Path | None = None) -> None:
        reader = _reader()
        self._below = reader.read_below(folder, academy)
        if self._below.sign_list is None:
            raise ListError(reader.problems)
        self.sign_list: SignList = self._below.sign_list
        """The list where no school has its own file."""

    def load(self, school: Path) -> SignList:
        """Return the list of one school.

        Raises
        ------
        ListError
            With every problem of the school's file.
        """
        reader = _reader()
        sign_list = reader.read_school(school, self._below.copy())
        if sign_list is None:
            raise ListError(reader.problems)
        return sign_list


def _reader() -> ListAssembler:
    return ListAssembler(base_of, shipped=shipped(), thorough=False)
