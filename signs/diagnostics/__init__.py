"""Problems as values, and how each is said in French."""
