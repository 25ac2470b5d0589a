"""Views of a session: state, preview, changes, problems."""
