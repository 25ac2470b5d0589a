"""The web app, on real Voila: kept pages for everybody, a live one for the trainer."""

from __future__ import annotations

import widgets.lean  # noqa: F401 (before Voila)
from widgets.server.kept import serve
from widgets.server.live import serve_live
from widgets.server.settings import ServingError, Settings

__all__ = ["ServingError", "Settings", "serve", "serve_live"]
