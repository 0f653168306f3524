"""What a file yields: figures, problems, things to look at, and the difference from today's roll."""

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabWidget

from consult_app.kernel.text import area_words
from consult_app.rolls.difference import Difference
from consult_app.rolls.rules import RollKind
from ui.memory import Memory
from ui.pages.roll_import.draft import Draft
from ui.pages.roll_import.findings import Finding, Findings
from ui.widgets.card import Tile
from ui.widgets.data_table import Column, DataTable
from ui.widgets.layout import boxed, column
from ui.widgets.text import Words

_FIGURES = {
    RollKind.OWNERS: (
        ("units", "套数"),
        ("total_area", "总面积（㎡）"),
        ("heads", "业主（人）"),
        ("co_owned", "共有（套）"),
        ("developer_units", "建设单位（套）"),
        ("commercial", "商业（套）"),
    ),
    RollKind.PEOPLE: (
        ("people", "人口"),
        ("households", "户数"),
        ("adults", "年满十八周岁"),
        ("representatives", "代表"),
        ("groups", "小组"),
    ),
    RollKind.MEMBERS: (("people", "成员"),),
}
_CHANGES = (
    Column("变化", lambda change: change[0], 6),
    Column("房屋或人员", lambda change: change[1], 17, whole=True),
    Column("现行名册 → 新名册", lambda change: change[2], 20),
)


class ResultsPane(QTabWidget):
    """`show_draft(...)`; `chosen(finding)` when the user moves to a problem or note."""

    chosen = Signal(object)

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self.setAccessibleName("核对结果")
        self.setDocumentMode(True)
        self.tabBar().setDrawBase(False)
        self.problems, self.notes = Findings("问题", "cinnabar"), Findings("提示", "amber")
        for findings in (self.problems, self.notes):
            findings.chosen.connect(self.chosen)
        self.changes = DataTable(_CHANGES, "与现行名册的差别", memory)
        self.no_problems = Words("✓ 没有问题，全部记录都可以采用。", tone="pine")
        listed = column(self.no_problems, self.problems, None, gap=4)
        listed.setStretch(1, 100)  # all the room, unless there is nothing to list
        self.addTab(boxed(listed), "问题")
        self.addTab(self.notes, "提示")
        self.addTab(self.changes, "差别")

    def show_draft(self, draft: Draft) -> None:
        """Show what a file yields and changes."""
        many = len(draft.plan.read) > 1
        problems = [
            Finding(_place(p.sheet if many else "", p.row, p.column), p.message, p.sheet, p.row, p.column)
            for p in draft.found.problems
        ]
        notes = [Finding(_place(n.sheet if many else "", n.row), n.message, n.sheet, n.row) for n in draft.found.notes]
        changes = _changes(draft.difference)
        self.problems.show_findings(problems)
        self.problems.setVisible(bool(problems))
        self.no_problems.setVisible(not problems)
        self.notes.show_findings(notes)
        self.changes.show_rows(changes)
        self.setTabText(0, f"问题 {len(problems)}")
        self.setTabText(1, f"提示 {len(notes)}")
        self.setTabText(2, f"与现行名册的差别 {len(changes)}")
        self.setTabVisible(1, bool(notes))
        self.setTabVisible(2, draft.difference is not None)


def figure_tiles(draft: Draft) -> list[Tile]:
    """The figures a secretary knows the roll by."""
    tiles = [Tile(words, _figure(draft.report[name])) for name, words in _FIGURES[draft.plan.kind]]
    return tiles + [Tile("未采用（行）", f"{draft.rejected:,}", "cinnabar")] * bool(draft.rejected)


def _figure(value: Any) -> str:
    return area_words(int(value.replace(".", ""))) if isinstance(value, str) else f"{value:,}"


def _place(sheet: str, line: int, letter: str = "") -> str:
    return " ".join(part for part in (sheet, f"第 {line} 行", f"{letter} 列" if letter else "") if part)


def _changes(found: Difference | None) -> list[tuple[str, str, str]]:
    """All changes as kind, place or person, and what becomes of what."""
    if found is None:
        return []
    rows = [("新增", what, "") for what in found.new] + [("减少", what, "") for what in found.gone]
    for words, changes in (("业主变更", found.owners), ("面积变更", found.areas), ("情况变更", found.others)):
        rows += [(words, change.what, f"{change.before or '无'} → {change.after or '无'}") for change in changes]
    return rows
