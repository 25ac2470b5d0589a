"""An environment where nothing of the machine's own Jupyter and IPython is read.

A base path, a certificate, a password, a kernel or a start-up file that somebody set up for other
notebooks must not decide whether ours open.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from jupyter_core.paths import jupyter_config_dir

_FOREIGN = ("JUPYTER", "IPYTHON", "PYTHONSTARTUP")
"""What the names of their variables begin with."""


def isolated_environment(workdir: Path) -> dict[str, str]:
    """Return the environment of a JupyterLab that reads and writes in a workdir only.

    What a person chose in JupyterLab itself (its theme, the size of its texts) stays: that is
    told apart from its configuration.

    Parameters
    ----------
    workdir
        A folder that is removed afterwards.
    """
    folders = {name: workdir / name.lower() for name in _FOLDERS}
    for folder in folders.values():
        folder.mkdir(exist_ok=True)
    chosen = os.environ.get("JUPYTERLAB_SETTINGS_DIR") or str(
        Path(jupyter_config_dir(), "lab", "user-settings")
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    return {
        **kept,
        **{name: str(folder) for name, folder in folders.items()},
        # Not even the system's; what is read in its place is in the temporary folder.
        "JUPYTER_NO_CONFIG": "1",
        # What comes with this interpreter goes before what the user has for others.
        "JUPYTER_PREFER_ENV_PATH": "1",
        "JUPYTERLAB_SETTINGS_DIR": chosen,
    }


def french_settings(workdir: Path) -> Path:
    """Write what JupyterLab does unless a person chose otherwise in it; return the folder.

    It speaks French, has a button that runs a notebook, and does not ask whether it may fetch
    news: it may not.

    Parameters
    ----------
    workdir
        A folder that is removed afterwards.
    """
    folder = workdir / "lab" / "settings"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "overrides.json").write_text(json.dumps(_DEFAULTS), encoding="utf-8")
    return folder


RUN_ALL = "Tout exécuter"
"""What is written on the button that runs a notebook."""
_RUN_ALL = [
    *("notebook:run-all-cells", "notebook:extend-marked-cells-top", "notebook:deselect-all"),
]
_DEFAULTS = {
    "@jupyterlab/translation-extension:plugin": {"locale": "fr_FR"},
    "@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False},
    # JupyterLab runs nothing by itself: one press does, and leads back to where all begins.
    "@jupyterlab/notebook-extension:panel": {
        "toolbar": [
            {
                "name": "reperes",
                "command": "apputils:run-all-enabled",
                "args": {"commands": _RUN_ALL},
                "label": RUN_ALL,
                "icon": "ui-components:run",
                "rank": 0,
            }
        ]
    },
}
_FOLDERS = (
    *("JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR"),
    *("TMPDIR", "TEMP", "TMP"),
)
