"""The command `reperes`: a thin French shell around what the other rooms do."""
