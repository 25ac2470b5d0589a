"""Run blocking work in a daemon thread, without blocking the loop or the process exit."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


async def run_in_thread(work: Callable[..., T], *arguments: object) -> T:
    """Run `work` in a daemon thread and return its result.

    Unlike with `asyncio.to_thread`, the process does not wait for it on exit.
    """
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[T] = loop.create_future()

    def deliver(result: T | None, error: BaseException | None) -> None:
        if outcome.done():  # no longer awaited
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
            loop.call_soon_threadsafe(deliver, result, error)

    Thread(target=run, daemon=True).start()
    return await outcome
