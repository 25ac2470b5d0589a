"""TOML files as text: read, located, changed, saved, described."""
