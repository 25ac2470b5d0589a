"""Models of a list: its fields, its entries, the complete list."""
