"""公示: the papers of a body, what each waits for, and what can be done with it."""

from ui.pages.notices.page import NoticesPage

__all__ = ["NoticesPage"]
