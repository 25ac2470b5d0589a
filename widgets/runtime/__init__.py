"""How a notebook is run: which list, which day, which kernel, where; no HTML."""
