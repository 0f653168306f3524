"""The page of the roll before there is one."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from ui.pages import Go
from ui.widgets.button import quiet
from ui.widgets.drop_area import DropArea
from ui.widgets.empty_state import EmptyState
from ui.widgets.file_picker import SHEETS
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import muted, title


def no_body(go: Go) -> QWidget:
    """Before there is a body."""
    return EmptyState(
        "还没有议事主体",
        "名册属于业主大会、村民会议或居民议事会，请先建立。",
        icon="users",
        action="去首页建立",
        act=lambda: go("home"),
    )


def no_roll(bring: Callable[[Path], object], begin_by_hand: Callable[[], object]) -> QWidget:
    """Before the body has a roll: a place to drop the file, or the way to type it."""
    area = DropArea(
        "把业主或村民名册拖到这里",
        "Excel 或 CSV。先逐行核对给您看，确认采用后才写入；票权由名册自动算出，并写明怎样形成。",
        SHEETS,
    )
    area.taken.connect(bring)
    by_hand = row(None, muted("没有电子名册？"), quiet("手工逐行录入", begin_by_hand, icon="pencil"), None, gap=4)
    body = column(row(title("名册"), None), area, by_hand, gap=12, margins=(24, 20, 24, 16))
    body.setStretch(1, 1)
    return boxed(body, margins=True)
