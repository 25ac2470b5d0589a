"""The pages that a public site must have, or that those who answer for it ask for."""
