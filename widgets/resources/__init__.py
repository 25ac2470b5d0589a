"""The resources: contacts, glossary, words, figures, and what each document adds."""

from widgets.resources.resources import Resources

__all__ = ["Resources"]
