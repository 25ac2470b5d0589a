"""What is told on the console: once, however many pages have the same problem."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from widgets.server.page_cache import PageCache


class Reports:
    """Tells each text once, and again when what it was about is mended and comes back.

    Parameters
    ----------
    say
        Prints a French text.
    """

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say = say
        self._told: set[str] = set()

    def tell(self, text: str) -> None:
        """Tell a text that was not told yet."""
        if text not in self._told:
            self._told.add(text)
            self._say(text)

    def forget_resolved(self, caches: Iterable[PageCache]) -> None:
        """Forget what was told of pages that could all be made since."""
        self._told &= {text for cache in caches for text in cache.reported}
