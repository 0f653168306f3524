"""表决: one motion from its draft to its declared result."""

from ui.pages.vote.page import VotePage

__all__ = ["VotePage"]
