"""The editing session: working texts, history, draft."""
