"""计票说明: from every line of the roll to what it counted for, and from the sums to the article; only after closing."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from consult_app.kernel.text import area_words
from consult_app.rolls.pinyin import initials
from consult_app.voting import queries as voting
from consult_app.voting.choices import CHANNEL_WORDS
from consult_app.voting.queries import Explanation, MotionFacts, VoterLine
from consult_app.voting.whatif import Sensitivity
from ui.desk import Desk
from ui.pages.vote import exports, papers
from ui.pages.vote.slips import short_room
from ui.widgets.button import Button, menu, quiet
from ui.widgets.card import Card
from ui.widgets.data_table import Column, DataTable
from ui.widgets.layout import Piece, boxed, clear, column, row, scrolling
from ui.widgets.text import Words, muted, rule, small

FLIPS = 12
"""Doubts that turn the result which are told one by one before the rest is only counted."""


class Explained(QWidget):
    """The count of one motion, told."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self.motion: MotionFacts | None = None
        self.found: Explanation | None = None
        self.doubts: tuple[tuple[str, Sensitivity], ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名、房号、拼音首字母，或「未参与」「受托」等字样")
        self.search.setAccessibleName("筛选计票说明")
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.count = small()
        self.table = DataTable(COLUMNS, "计票说明", desk.memory)
        self.table.chosen.connect(self._show_voter)
        self.side = column(gap=12)
        head = row(self.search, self.count, gap=12)
        head.setStretch(0, 1)
        left = column(head, self.table, gap=8)
        left.setStretch(1, 1)
        across = row(boxed(left), boxed(column(scrolling(self.side, margins=(0, 0, 8, 16)))), gap=16)
        across.setStretch(0, 58)
        across.setStretch(1, 42)
        whole = column(row(*self._buttons(), None, gap=8), across, gap=12, margins=(24, 0, 24, 16))
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def show_motion(self, motion: MotionFacts) -> None:
        """Ask for the count of a closed motion and tell it."""
        another = self.motion is None or self.motion.id != motion.id
        if another:
            self.search.clear()
        found, doubts = self.desk.ask(voting.explanation, motion.id), self.desk.ask(voting.what_if, motion.id)
        if not another and (found, doubts) == (self.found, self.doubts):
            return  # whoever reads a voter's chain keeps it before them
        self.motion, self.found, self.doubts = motion, found, doubts
        self.table.show_rows(found.voters)
        self._filter(self.search.text())
        self.show_verdict()

    def show_verdict(self) -> None:
        """Tell how the result came about and whether it stands."""
        assert self.found is not None, "something is shown"
        clear(self.side)
        card = Card("结论是这样得出的")
        many = len(self.found.items) > 1
        for item in self.found.items:
            name = f"第 {item.code} 项　{item.text}" if many else item.text
            card.add(rule(), Words(name, "strong", wrap=True), Words(item.outcome, wrap=True))
            card.add(*(small(share, wrap=True) for share in item.shares))
        card.add(rule(), muted(f"依据：{self.found.basis}", wrap=True))
        self.side.addWidget(card)
        if self.doubts:
            self.side.addWidget(self._what_if(many))
        self.side.addStretch(1)

    def _what_if(self, many: bool) -> Card:
        card = Card("如果…会怎样")
        for code, found in self.doubts:
            flips = list(dict.fromkeys(flip.words for flip in found.flips))
            tone = "amber" if found.flips or found.together else ""
            card.add(Words((f"第 {code} 项：" if many else "") + found.words, tone=tone, wrap=True))
            card.add(*(small(words, wrap=True) for words in flips[:FLIPS]))
            if len(flips) > FLIPS:
                card.add(small(f"还有 {len(flips) - FLIPS} 种情形。"))
        return card

    def _show_voter(self, voter: VoterLine) -> None:
        clear(self.side)
        card = Card(voter.label)
        card.head.addWidget(quiet("返回结论", self.show_verdict, icon="corner-up-left"))
        if voter.rooms:
            card.add(muted("、".join(voter.rooms), wrap=True))
        for name, words in voter.steps:
            card.add(_step(name, words))
        self.side.addWidget(card)
        self.side.addStretch(1)

    def _filter(self, text: str) -> None:
        self.table.filter(text)
        shown, whole = len(self.table.rows.shown), len(self.table.rows.all)
        self.count.say(f"共 {whole:,} 人" if shown == whole else f"{shown:,} / {whole:,} 人")

    def _buttons(self) -> Sequence[Button]:
        return (
            menu(
                "计票表",
                (
                    ("打印计票表（PDF）", lambda: papers.print_count_sheet(self.desk, self._motion())),
                    ("Excel，含逐户说明…", partial(self._workbook, count=True, public=False)),
                    ("Excel，公示版（只有合计）…", partial(self._workbook, count=True, public=True)),
                ),
                icon="printer",
            ),
            menu(
                "票权清册",
                (
                    ("打印票权清册（PDF）", lambda: exports.roll_pdf(self.desk, self._motion(), public=False)),
                    ("打印公示版（PDF，隐去姓名房号）", lambda: exports.roll_pdf(self.desk, self._motion(), public=True)),
                    ("Excel…", partial(self._workbook, count=False, public=False)),
                    ("Excel，公示版…", partial(self._workbook, count=False, public=True)),
                ),
                icon="table-properties",
            ),
            menu(
                "逐票清单",
                (
                    ("公布逐票清单…", self.publish),
                    ("核对收到的清单…", self.choose_list),
                ),
                icon="megaphone",
            ),
            Button("导出并复核…", lambda: exports.export_and_recount(self.desk, self._motion(), self), "plain", "shield-check"),
        )  # fmt: skip

    def publish(self) -> None:
        """Make the list of ballots for the notice board."""
        exports.ballot_list(self.desk, self._motion())

    def choose_list(self) -> None:
        """Choose the file of a list that somebody brings, and check it."""
        name, _ = QFileDialog.getOpenFileName(self, "选择逐票清单", "", "逐票清单 (*.json *.pdf)")
        if name:
            exports.check_list(self.desk, Path(name), self)

    def _workbook(self, *, count: bool, public: bool) -> None:
        exports.workbook(self.desk, self._motion(), count=count, public=public)

    def _motion(self) -> MotionFacts:
        assert self.motion is not None
        return self.motion


def _step(name: str, words: str) -> Piece:
    label = muted(name)
    label.setFixedWidth(label.fontMetrics().horizontalAdvance("产权产权"))
    found = row(label, Words(words, wrap=True), gap=8)
    found.setAlignment(label, Qt.AlignmentFlag.AlignTop)
    found.setStretch(1, 1)
    return boxed(found)


def _way(voter: VoterLine) -> str:
    if voter.channel is None:
        return "—"
    return CHANNEL_WORDS[voter.channel] + ("·受托" if voter.agent else "")


def _rooms(voter: VoterLine) -> str:
    return "、".join(map(short_room, voter.rooms))


def _tone(voter: VoterLine) -> str:
    return "" if voter.choices else "grey" if voter.channel is None else "amber"


COLUMNS = (
    Column("票权人", lambda voter: voter.label, 13,
           search=lambda voter: f"{voter.label} {initials(''.join(voter.names))} {voter.agent}"),
    Column("房号", _rooms, 8, search=lambda voter: f"{'、'.join(voter.rooms)} {_rooms(voter)}"),
    Column("人数", lambda voter: str(voter.heads), 3, sort=lambda voter: voter.heads, right=True),
    Column("面积（㎡）", lambda voter: area_words(voter.area) if voter.area else "—", 6,
           sort=lambda voter: voter.area, right=True),
    Column("方式", _way, 8),
    Column("计入", lambda voter: voter.counted.removeprefix("计入"), 14, tone=_tone, search=lambda voter: voter.counted),
)  # fmt: skip
