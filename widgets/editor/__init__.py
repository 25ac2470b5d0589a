"""The trainers' editor: forms over a list's files, beside the page that follows."""

from widgets.editor.widget import Editor

__all__ = ["Editor"]
