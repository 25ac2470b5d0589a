"""What a list holds: its entries, their fields, the whole list."""
