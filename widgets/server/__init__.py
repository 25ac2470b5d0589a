"""The web app, on Voila: cached pages for everybody, a live one for the trainer."""

from __future__ import annotations

import widgets.runtime.fast_import  # noqa: F401 (before Voila)
from widgets.server.cached_app import serve
from widgets.server.live_app import serve_live
from widgets.server.schools_app import serve_schools
from widgets.server.settings import ServingError, Settings

__all__ = ["ServingError", "Settings", "serve", "serve_live", "serve_schools"]
