"""The editing session: working texts, undo, draft."""
