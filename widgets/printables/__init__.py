"""Printables: sheets for staff, posters and cards for pupils."""

from widgets.printables.printables import Sheet, render_sheet, sheets_of

__all__ = ["Sheet", "render_sheet", "sheets_of"]
