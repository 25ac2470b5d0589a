"""The trainers' editor: forms over a list's files, beside a live preview of the page."""

from widgets.editor.widget import Editor

__all__ = ["Editor"]
