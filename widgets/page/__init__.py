"""The page: one shell, one renderer, for what is served and for what is exported."""
