"""Starting fast: import this before Voila, JupyterLab or nbconvert.

Both import jsonschema, which on import (with rfc3987-syntax 1.1, a library it takes where it is
installed) makes a parser of international web addresses: two thirds of the time it takes to
start. No notebook has such an address to check, so jsonschema is imported without it.
"""

from __future__ import annotations

import sys
from contextlib import suppress
from importlib import import_module

_SLOW = "rfc3987_syntax"

if _SLOW not in sys.modules and "jsonschema" not in sys.modules:
    sys.modules[_SLOW] = None  # type: ignore[assignment] # how Python says « not there »
    with suppress(ImportError):
        import_module("jsonschema")
    del sys.modules[_SLOW]
