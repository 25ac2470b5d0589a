"""How notebooks are executed: list, date, kernel, working folder; no HTML."""
