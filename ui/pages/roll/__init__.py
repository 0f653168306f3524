"""名册: the lines of a roll, how each head was formed, corrections, and who may be one person."""

from ui.pages.roll.page import RollPage

__all__ = ["RollPage"]
