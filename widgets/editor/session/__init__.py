"""What is being edited: texts, their history, the draft."""
