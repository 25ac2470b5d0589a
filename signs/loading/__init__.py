"""Load a list from files: read layers, merge them, validate, prune."""
