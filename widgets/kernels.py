"""The kernels that make pages: this very interpreter, and nothing left behind."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from traitlets import default

if TYPE_CHECKING:
    from collections.abc import Iterator

_TRACES = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")


SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
"""How to start a kernel that prints nothing, not even when it is told to end."""


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
                sys.executable,
                *("-m", "ipykernel_launcher", "-f", "{connection_file}"),
                "--HistoryManager.enabled=False",
                "--log-level=ERROR",
            ],
            display_name="Python 3",
            language="python",
        )

    def get_all_specs(self) -> dict[str, Any]:
        """Return the one kernel in the form Voila looks through."""
        return {"python3": {"resource_dir": "", "spec": self.get_kernel_spec("python3").to_dict()}}


class OneKernelManager(AsyncKernelManager):
    """Starts that kernel, for nbconvert."""

    async def start_kernel(self, **options: Any) -> None:  # type: ignore[override] # noqa: ANN401
        """Start it, and let it print nothing: what goes wrong comes with its answers."""
        await super()._async_start_kernel(**SILENT, **options)

    @default("kernel_spec_manager")
    def _default_kernel_spec_manager(self) -> OneKernelSpecManager:
        return OneKernelSpecManager(parent=self)


@contextmanager
def private_room() -> Iterator[Path]:
    """Give a folder that goes away, and have Jupyter and IPython write there and only there."""
    before = {name: os.environ.get(name) for name in _TRACES}
    with tempfile.TemporaryDirectory(prefix="reperes-", ignore_cleanup_errors=True) as name:
        room = Path(name)
        for variable in _TRACES:
            folder = room / variable.lower()
            folder.mkdir()
            os.environ[variable] = str(folder)
        temporary, tempfile.tempdir = tempfile.tempdir, str(room)  # for connection files
        try:
            yield room
        finally:
            tempfile.tempdir = temporary
            for variable, value in before.items():
                if value is None:
                    del os.environ[variable]
                else:
                    os.environ[variable] = value
