"""What a form is: its fields, labels and titles."""
