"""Problems as values, and their messages in French."""
