"""Programs that the tests start, which are gone afterwards; first of all our own server."""

from __future__ import annotations

import http.client
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REPERES = Path(sys.executable).with_name("reperes.exe" if os.name == "nt" else "reperes")
"""The command, as installed beside the interpreter that runs the tests."""

PATIENCE = 120.0
"""Seconds after which a test gives up waiting; on a busy machine everything takes longer."""


@contextmanager
def launched(
    command: Sequence[str | Path],
    ready: str,
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
) -> Iterator[tuple[subprocess.Popen[str], re.Match[str]]]:
    """Start a program and wait until it says that it is ready; it is gone afterwards.

    Parameters
    ----------
    command
        The program, and what it is told.
    ready
        A pattern, looked for in all that it has written until then.
    cwd
        Where it runs.
    env
        What changes in its environment.

    Yields
    ------
    tuple
        The process, and what was found of the pattern; its `string` is all that was written.
    """
    process = subprocess.Popen(
        command,
        cwd=cwd,
        env={**os.environ, **(env or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=_hear_ctrl_c if os.name == "posix" else None,
    )
    try:
        assert process.stdout is not None
        written = ""
        while not (match := re.search(ready, written)):
            line = process.stdout.readline()
            assert line, f"it ended: {written}"
            written += line
        yield process, match
    finally:
        process.terminate()
        try:
            process.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            raise


def _hear_ctrl_c() -> None:
    # A shell in the background may have told its children to ignore Ctrl-C.
    signal.signal(signal.SIGINT, signal.default_int_handler)


@dataclass
class Served:
    """A real server in a process of its own."""

    process: subprocess.Popen[str]
    port: int
    base: str = ""
    """The path below which it answers, without the first slash."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/{self.base}"

    def ask(
        self, path: str = "/", method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        """Return the status, the headers and the body of one answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request(
                method, path, headers={k.replace("_", "-"): v for k, v in headers.items()}
            )
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def page(self) -> str:
        status, _headers, body = self.ask()
        assert status == 200
        return body.decode()

    def health(self) -> tuple[int, dict[str, Any]]:
        """Return what it tells a probe."""
        status, _headers, body = self.ask(f"/{self.base}sante")
        return status, json.loads(body)

    def wait_until(self, state: str) -> dict[str, Any]:
        """Wait until it is in some state, such as « à jour »; return what it tells then."""
        return self.wait_for(lambda told: told["etat"] == state)

    def wait_for(self, condition: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """Wait until what it tells a probe says something; return it."""
        end = time.monotonic() + PATIENCE
        while not condition(state := self.health()[1]):
            assert time.monotonic() < end, state
            time.sleep(0.1)
        return state

    def stop(self, how: signal.Signals = signal.SIGINT) -> str:
        """Stop it as Ctrl-C does, or otherwise, and return all it said."""
        self.process.send_signal(how)
        said, _ = self.process.communicate(timeout=PATIENCE)
        return said


@contextmanager
def serving(
    *arguments: str,
    cwd: Path | None = None,
    under: tuple[str, ...] = (),
    env: Mapping[str, str] | None = None,
) -> Iterator[Served]:
    """Start `reperes`; it listens when this yields, and is gone afterwards.

    `under` is a command that starts it, such as one that limits what it may use; `env` changes
    its environment.
    """
    port = free_port()
    command = [*under, REPERES, "--sans-navigateur", "--port", str(port), *arguments]
    with launched(command, "\n", cwd=cwd, env=env) as (process, match):
        assert "est ouvert" in match.string, match.string + process.stdout.read()  # type: ignore[union-attr]
        yield Served(process, port)


_OURS = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_PORTS = iter(random.SystemRandom().sample(range(12_000 + _OURS, 32_000, 16), k=1_000))
"""Each process of a run has its own, below those that systems hand out to anybody."""


def free_port() -> int:
    """Return a port where nobody listens, nor will before a server of ours does."""
    for port in _PORTS:
        with suppress(OSError), socket.socket() as probe:
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("no port is left")
