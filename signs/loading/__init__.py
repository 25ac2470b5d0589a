"""From files to a list: layer over layer."""
