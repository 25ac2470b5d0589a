"""Pages and sheets written as files, each whole or not at all."""
