"""What the editor shows: its state, the preview, changes, problems."""
