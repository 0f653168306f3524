"""选举、罢免: one election on secret paper from its draft to who is elected."""

from ui.pages.election.page import ElectionPage

__all__ = ["ElectionPage"]
