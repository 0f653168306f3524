"""The log of slips: issued, handed out, used, spoiled, returned; and of those who voted without one."""

import re
from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit

from consult_app.kernel.text import clock_words, legal_day
from consult_app.rolls.masking import masked_name
from consult_app.rolls.pinyin import initials
from consult_app.voting.choices import CHANNEL_WORDS, SLIP_WORDS, Channel, SlipState
from consult_app.voting.credentials import grouped
from consult_app.voting.queries import SlipLine
from ui.memory import Memory
from ui.widgets.card import Card
from ui.widgets.data_table import Column, DataTable
from ui.widgets.text import small

SHORT = CHANNEL_WORDS | {Channel.PAPER: "纸质", Channel.ASSISTED: "协助"}


class SlipsCard(Card):
    """选票. `current()` is the slip of the chosen line."""

    def __init__(self, memory: Memory) -> None:
        super().__init__("选票")
        self.search = QLineEdit()
        self.search.setPlaceholderText("编号、代码、房号、姓名或拼音首字母")
        self.search.setAccessibleName("筛选选票")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(
            self.search.fontMetrics().horizontalAdvance("编号、代码、房号、姓名或拼音首字母") + 40
        )
        self.count = small()
        self.head.insertWidget(1, self.count)
        self.head.addWidget(self.search)
        self.table = DataTable(COLUMNS, "选票", memory)
        self.table.setMinimumHeight(self.fontMetrics().height() * 11)
        self.search.textChanged.connect(self.table.filter)
        self.add(self.table)

    def show_slips(self, slips: Sequence[SlipLine]) -> None:
        """Show all slips of a motion, in this order."""
        self.table.show_rows(slips)
        self.count.say(f"共 {len(slips)} 张" if slips else "")

    def seek(self, elector_id: object) -> None:
        """Show the slips of one voter, as the room chosen in the picture of buildings."""
        found = next((slip for slip in self.table.rows.all if slip.elector_id == elector_id), None)
        if found is not None:
            self.search.setText(found.serial)
            self.search.setFocus()

    def code(self) -> str:
        """The code of the chosen line; empty when none is."""
        line = self.table.current()
        return line.human_code if line is not None else ""


def newest_first(slips: Sequence[SlipLine]) -> list[SlipLine]:
    """What happened last first, then the slips that nothing happened to."""
    return sorted(slips, key=lambda slip: slip.at.timestamp() if slip.at else 0.0, reverse=True)


def state_words(slip: SlipLine) -> str:
    """`已投 · 手机`, `已领`, `未使用`, `作废，已补发`."""
    if slip.state is SlipState.USED and slip.channel is not None:
        return f"已投 · {SHORT[slip.channel]}"
    if slip.state is SlipState.LIVE and slip.handed_at is not None:
        return "已领"
    return SLIP_WORDS[slip.state] + (f"：{slip.reason}" if slip.reason else "")


def _tone(slip: SlipLine) -> str:
    if slip.state in (SlipState.REPLACED, SlipState.SPOILED, SlipState.MISSING):
        return "amber"
    return "pine" if slip.state is SlipState.USED else "" if slip.handed_at else "grey"


def _time(slip: SlipLine) -> str:
    moment = slip.at or slip.handed_at
    if moment is None:
        return ""
    day = legal_day(moment)
    return f"{day.month}-{day.day} {clock_words(moment)}"


def short_room(room: str) -> str:
    """`28-1-301` for 28号楼1单元301, so that a laptop shows the whole line; other rooms as they are."""
    return _NUMBERED.sub(r"\1-\2-", room)


_NUMBERED = re.compile(r"^(\d+)号楼(\d+)单元(?=\d)")


COLUMNS = (
    Column("编号", lambda slip: slip.serial, 4),
    Column("房号", lambda slip: "、".join(map(short_room, slip.rooms)), 8, search=lambda slip: "、".join(slip.rooms)),
    Column(
        "表决权人",
        lambda slip: "、".join(masked_name(name) for name in slip.names),
        6,
        search=lambda slip: " ".join(f"{name} {initials(name)}" for name in slip.names),
    ),
    Column("状态", state_words, 8, tone=_tone),
    Column("时间", _time, 8, sort=lambda slip: (slip.at or slip.handed_at).timestamp() if slip.at or slip.handed_at else 0.0),
    Column("代码", lambda slip: grouped(slip.human_code), 8, search=lambda slip: f"{slip.human_code} {grouped(slip.human_code)}"),
)  # fmt: skip
