"""The command `reperes`: a thin French shell around what the other packages do."""
