"""名册: who owns what, who lives where, and who may therefore vote."""

READER = "read-sheets"
"""The hidden verb under which the program reads a spreadsheet file in a process of its own (`reader`)."""
