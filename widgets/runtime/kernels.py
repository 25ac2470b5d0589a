"""Kernel managers: the current interpreter only, with nothing left running."""

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
"""Termination signals: Ctrl-C, the system, a terminal that closes."""
_SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
"""Kernel errors come as messages; kernels print nothing, not even on exit."""


if sys.platform == "win32":  # pyzmq tells, in English, of what it then handles automatically
    warnings.filterwarnings("ignore", r"Proactor\b", RuntimeWarning)


class OneKernelSpecManager(KernelSpecManager):
    """Knows one kernel: the current interpreter, without history.

    Whatever kernels are installed by that name, a page is rendered by the code that serves it.
    """

    def find_kernel_specs(self) -> dict[str, str]:
        """Return the only kernel name."""
        return {"python3": ""}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:  # noqa: ARG002 (there is one)
        """Return the only kernel, whatever name a notebook has for its own."""
        return KernelSpec(
            argv=[
                # -P, and no path to the current folder: no module may be imported from there.
                *(sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"),
                *("--InteractiveShellApp.ignore_cwd=True", "--HistoryManager.enabled=False"),
                *("--InteractiveShellApp.exec_PYTHONSTARTUP=False", "--log-level=ERROR"),
            ],
            display_name="Python 3",
            language="python",
        )

    def get_all_specs(self) -> dict[str, Any]:
        """Return the only kernel, in the form that Voila reads."""
        spec = self.get_kernel_spec("python3").to_dict()
        return {"python3": {"resource_dir": RESOURCES, "spec": spec}}


class _EndableKernel(AsyncKernelManager):
    """A silent kernel that can be ended in any state."""

    environment = Dict(key_trait=Unicode(), value_trait=Unicode()).tag(config=True)
    """Extra environment variables of the kernel."""
    launching = False
    _ended = False

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override] # an attribute there  # noqa: ANN401
        """Start the kernel silently, with its environment."""
        _started[:] = [each for each in _started if each.has_kernel or each.launching]
        _started.append(self)
        self.launching = True
        environment = {**(options.get("env") or os.environ), **self.environment}
        try:
            await super().start_kernel(**{**options, **_SILENT, "env": environment})
        finally:
            self.launching = False
            self._forget_our_group()
            if self._ended or _received_signals:  # while it was being launched
                self.kill()

    def _forget_our_group(self) -> None:
        """Never take our process group for the kernel's: it is signalled as a whole.

        A process killed before it has left our group is told to be in it.
        """
        provisioner: Any = self.provisioner
        if hasattr(os, "getpgrp") and getattr(provisioner, "pgid", None) == os.getpgrp():
            provisioner.pgid = None

    def kill(self) -> None:
        """Kill its process, if any, without waiting."""
        process = getattr(self.provisioner, "process", None)
        if process is not None:
            process.kill()

    async def end(self) -> None:
        """End it at once, even frozen or still launching, and remove its files."""
        self._ended = True
        self.kill()
        with suppress(Exception):  # it may never have been launched, or have died
            await ensure_async(self.shutdown_kernel(now=True))


_started: list[_EndableKernel] = []
_received_signals: list[int] = []


def kill_every_kernel() -> None:
    """Kill every kernel of this process, without waiting."""
    for kernel in tuple(_started):
        kernel.kill()


@contextmanager
def terminate_kernels_on_signal() -> Iterator[None]:
    """While active, SIGINT/SIGTERM/SIGHUP kill the kernels first and are re-raised after cleanup.

    A signal that interrupted the execution anywhere would leave the kernel and its files. For the
    main thread; the kernels run in another, where no library replaces the signal handlers.
    """
    before = {
        stop: signal.signal(stop, _record_signal)
        for stop in STOPS
        if signal.getsignal(stop) is not signal.SIG_IGN
    }
    try:
        yield
    finally:
        received = _received_signals[:]
        _received_signals.clear()
        for stop, handler in before.items():
            signal.signal(stop, handler)
        if received:
            signal.raise_signal(received[0])


def _record_signal(number: int, _frame: object) -> None:
    _received_signals.append(number)
    kill_every_kernel()


async def end_every_kernel() -> None:
    """End every kernel of this process, even those that no manager knows yet or any more."""
    for kernel in tuple(_started):
        if kernel.provisioner is not None and kernel.provisioner.has_process:
            await kernel.provisioner.kill()
            await kernel.provisioner.wait()


def transport_in(workdir: Path) -> str:
    """Return the transport for kernels that run in a workdir: IPC where possible, else TCP.

    A socket's path below it is some seventy characters longer, and limited to a hundred.
    """
    return "ipc" if os.name == "posix" and len(str(workdir)) < _LONGEST_PATH else "tcp"


_LONGEST_PATH = 36


class OneKernelManager(_EndableKernel):
    """Manager of that kernel, to execute one notebook."""

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
