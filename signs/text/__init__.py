"""French and time: typography, grammar, readability, opening hours; independent of lists."""
