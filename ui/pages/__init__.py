"""The pages of the window, opened when first gone to. A page knows the desk and how to go elsewhere, and no other page.

A page is a QWidget made by its class with `(desk, go)`; `show_for(**place)` shows it for a place (an id, a filter) and asks anew;
`refresh()` asks anew for the same place; `busy_with()`, if it has one, says in words what would be lost by leaving.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from consult_app.kernel.garbage import load
from ui.desk import Desk


class Go(Protocol):
    """Go to a page by name and place: `go("matter", id=3)`."""

    def __call__(self, page: str, **place: Any) -> None: ...


@dataclass(frozen=True)
class Page:
    """Where a page is written, the rail entry it belongs to, and its name in words."""

    module: str
    maker: str
    rail: str
    name: str


PAGES: dict[str, Page] = {
    "home": Page("home", "HomePage", "home", "首页"),
    "matters": Page("matters", "MattersPage", "matters", "议题"),
    "matter": Page("matter", "MatterPage", "matters", "议题"),
    "register": Page("register", "RegisterPage", "matters", "登记议题"),
    "meetings": Page("meetings", "MeetingsPage", "meetings", "会议"),
    "meeting": Page("meeting", "MeetingPage", "meetings", "会议"),
    "votes": Page("votes", "VotesPage", "votes", "表决"),
    "vote": Page("vote", "VotePage", "votes", "表决"),
    "hall": Page("hall", "HallPage", "votes", "会场签到"),
    "room": Page("room", "RoomPage", "votes", "会场体检"),
    "election": Page("election", "ElectionPage", "votes", "选举"),
    "roll": Page("roll", "RollPage", "roll", "名册"),
    "roll_import": Page("roll_import", "RollImportPage", "roll", "导入名册"),
    "notices": Page("notices", "NoticesPage", "notices", "公示"),
    "document": Page("document", "DocumentPage", "notices", "文件"),
    "archive": Page("archive", "ArchivePage", "archive", "归档"),
    "recovery": Page("recovery", "RecoveryPage", "settings", "检查与恢复"),
    "settings": Page("settings", "SettingsPage", "settings", "设置"),
}

RAIL: tuple[tuple[str, str], ...] = (
    ("home", "house"),
    ("matters", "file-text"),
    ("meetings", "users"),
    ("votes", "vote"),
    ("roll", "table-properties"),
    ("notices", "megaphone"),
    ("archive", "archive"),
    ("settings", "settings"),
)
"""The rail from top to bottom (Alt+1 to Alt+8): page and icon."""


def make(name: str, desk: Desk, go: Callable[..., None]) -> QWidget:
    """Make a page."""
    page = PAGES[name]
    made = getattr(load(f"ui.pages.{page.module}"), page.maker)(desk, go)
    assert isinstance(made, QWidget)
    return made
