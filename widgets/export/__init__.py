"""Export pages and sheets to files, atomically."""
