"""Work in a thread that keeps neither other tasks nor the end of the process waiting."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


async def aside(work: Callable[..., T], *arguments: object) -> T:
    """Return what `work` does, done in a thread.

    Unlike one of `asyncio.to_thread`, it is left alone when the process ends.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def told(result: T | None, error: BaseException | None) -> None:
        if outcome.done():  # nobody waits for it any more
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type] # there is one

    def run() -> None:
        result, error = None, None
        try:
            result = work(*arguments)
        except Exception as raised:
            error = raised
        with suppress(RuntimeError):  # the loop is closed
            loop.call_soon_threadsafe(told, result, error)

    Thread(target=run, daemon=True).start()
    return await outcome
