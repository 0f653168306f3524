"""会场签到: slips handed out to whoever comes, and unused ones taken back."""

from ui.pages.hall.page import HallPage

__all__ = ["HallPage"]
