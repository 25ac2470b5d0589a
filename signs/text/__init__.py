"""French and time: typography, grammar, readability, opening hours; knows no list."""
