"""The kernels that make pages: this very interpreter, and nothing left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import warnings
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from ipykernel.kernelspec import RESOURCES
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import Dict, Unicode, default

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STOPS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
)
"""The signals that tell us to end: Ctrl-C, the system, a terminal that closes."""
_SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
"""What goes wrong in a kernel comes with its answers; it prints nothing, nor when it ends."""


if sys.platform == "win32":  # pyzmq tells, in English, of what it then does well by itself
    warnings.filterwarnings("ignore", r"Proactor\b", RuntimeWarning)


class OneKernelSpecManager(KernelSpecManager):
    """Knows one kernel: this very interpreter, keeping no history.

    Whatever kernels a machine has by that name, a page is made by the code that serves it.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the one name there is."""
        return {"python3": ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002 (there is one)
        """Return the one kernel, whatever a notebook calls its own."""
        return KernelSpec(
            argv=[
                # -P, and no path to the current folder: what stands there is none of our modules.
                *(sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"),
                *("--InteractiveShellApp.ignore_cwd=True", "--HistoryManager.enabled=False"),
                "--log-level=ERROR",
            ],
            display_name="Python 3",
            language="python",
        )

    def get_all_specs(self) -> dict[str, Any]:
        """Return the one kernel in the form Voila looks through."""
        spec = self.get_kernel_spec("python3").to_dict()
        return {"python3": {"resource_dir": RESOURCES, "spec": spec}}


class _EndableKernel(AsyncKernelManager):
    """Prints nothing, and can be ended whatever is being done with it."""

    environment = Dict(key_trait=Unicode(), value_trait=Unicode()).tag(config=True)
    """Variables that the kernel has besides those it is started with."""
    launching = False
    _over = False

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override] # an attribute there  # noqa: ANN401
        """Start it, with its environment and without a word."""
        _started[:] = [each for each in _started if each.has_kernel or each.launching]
        _started.append(self)
        self.launching = True
        environment = {**(options.get("env") or os.environ), **self.environment}
        try:
            await super().start_kernel(**{**options, **_SILENT, "env": environment})
        finally:
            self.launching = False
            if self._over or _told_to_end:  # while it was being launched
                self.kill()

    def kill(self) -> None:
        """Kill its process, if it has one, without waiting for anything."""
        process = getattr(self.provisioner, "process", None)
        if process is not None:
            process.kill()

    async def end(self) -> None:
        """End it at once, even frozen or only being launched, with its files."""
        self._over = True
        self.kill()
        with suppress(Exception):  # it may never have been launched, or died by itself
            await ensure_async(self.shutdown_kernel(now=True))


_started: list[_EndableKernel] = []
_told_to_end: list[int] = []


def kill_every_kernel() -> None:
    """Kill what this process has launched, without waiting for anything."""
    for kernel in tuple(_started):
        kernel.kill()


@contextmanager
def terminate_kernels_on_signal() -> Iterator[None]:
    """Being told to end meanwhile ends the kernels first, and this process once all is put away.

    A signal that struck wherever the execution is would leave the kernel, and its files. For the
    main thread; the kernels work in another, where no library takes the signals away.
    """
    before = {
        stop: signal.signal(stop, _note_that_we_are_to_end)
        for stop in STOPS
        if signal.getsignal(stop) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        told = _told_to_end[:]
        _told_to_end.clear()
        for stop, handler in before.items():
            signal.signal(stop, handler)
        if told:
            signal.raise_signal(told[0])


def _note_that_we_are_to_end(number: int, _frame: object) -> None:
    _told_to_end.append(number)
    kill_every_kernel()


async def end_every_kernel() -> None:
    """End what this process has launched, even what no manager knows yet or any more."""
    for kernel in tuple(_started):
        if kernel.provisioner is not None and kernel.provisioner.has_process:
            await kernel.provisioner.kill()
            await kernel.provisioner.wait()


def transport_in(room: Path) -> str:
    """Return how to speak to kernels that work in a room: where it can be, without opening a port.

    A socket's path below the room has some seventy characters more, and a hundred at most.
    """
    return "ipc" if os.name == "posix" and len(str(room)) < _LONGEST_ROOM else "tcp"


_LONGEST_ROOM = 36


class OneKernelManager(_EndableKernel):
    """Starts that kernel, to execute one notebook."""

    @default("kernel_spec_manager")
    def _default_kernel_spec_manager(self) -> OneKernelSpecManager:
        return OneKernelSpecManager(parent=self)


class ServedKernel(_EndableKernel, ServerKernelManager):
    """A kernel of the web app.

    What goes wrong in a callback reaches the browser as one French sentence. (jupyter_server
    2.21 looks for it here, where it never put it.)
    """

    traceback_replacement_message = Unicode(
        "Cette action n’a pas pu se faire. Rechargez la page, puis recommencez."
    )
