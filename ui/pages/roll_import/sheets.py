"""The sheets of a file: which are read and why not, where their lines went, and each sheet with its columns to be corrected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QTabBar, QWidget

from consult_app.rolls.headings import FIELD_WORDS, fields_of
from ui.pages.roll_import.draft import Draft, account_words
from ui.pages.roll_import.findings import Finding
from ui.pages.roll_import.preview import SheetPreview
from ui.widgets.button import quiet
from ui.widgets.layout import column, row
from ui.widgets.text import literal, small


class SheetsPane(QWidget):
    """`show_draft(...)`; tells by sheet: `mapped(sheet, column, field or None)`, `headed(sheet, row)`, `switched(sheet)`."""

    mapped = Signal(str, int, object)
    headed = Signal(str, int)
    switched = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.draft: Draft | None = None
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("工作表")
        self.tabs.currentChanged.connect(lambda _place: self._show_sheet())
        self.words = small("", wrap=True)
        self.button = quiet("", lambda: self.switched.emit(self.name()))
        self.preview = SheetPreview()
        self.preview.mapped.connect(lambda at, field: self.mapped.emit(self.name(), at, field))
        self.preview.headed.connect(lambda first: self.headed.emit(self.name(), first))
        line = row(self.words, self.button, gap=8)
        line.setStretch(0, 1)
        whole = column(self.tabs, line, self.preview, gap=4)
        whole.setStretch(2, 1)
        self.setLayout(whole)

    def name(self) -> str:
        """The sheet that is shown."""
        return str(self.tabs.tabData(self.tabs.currentIndex()))

    def show_draft(self, draft: Draft) -> None:
        """Show a file; the sheet that is shown stays when it is the same file read anew."""
        self.draft = draft
        names = [found.sheet.name for found in draft.plan.sheets]
        if [self.tabs.tabData(place) for place in range(self.tabs.count())] != names:
            self._offer(names, next((at for at, found in enumerate(draft.plan.sheets) if found.mapping), 0))
        for place, found in enumerate(draft.plan.sheets):
            self.tabs.setTabText(place, found.sheet.name if found.mapping else f"{found.sheet.name}（不读取）")
        self._show_sheet()

    def jump(self, finding: Finding) -> None:
        """Show the cell a finding speaks of."""
        for place in range(self.tabs.count()):
            if self.tabs.tabData(place) == finding.sheet:
                self.tabs.setCurrentIndex(place)
                self.preview.jump(finding.row, finding.column)

    def _offer(self, names: list[str], first: int) -> None:
        self.tabs.blockSignals(True)
        while self.tabs.count():
            self.tabs.removeTab(0)
        for name in names:
            self.tabs.setTabData(self.tabs.addTab(literal(name)), name)
        self.tabs.setCurrentIndex(first)
        self.tabs.blockSignals(False)

    def _show_sheet(self) -> None:
        if (draft := self.draft) is None:
            return
        found, count, kind = draft.sheet(self.name()), draft.count(self.name()), draft.plan.kind
        if found.mapping is None:
            self.words.say(f"没有读取：{found.ignored}")
            self.button.rename("读取这张表")
        else:
            lacking = "、".join(FIELD_WORDS[field] for field in found.mapping.lacking(kind))
            account = account_words(count) if count else ""
            self.words.say(f"还没有指定「{lacking}」在哪一列。" if lacking else account)
            self.button.rename("不读取这张表")
        self.button.setVisible(len(draft.plan.sheets) > 1 or found.mapping is None)
        problems = [problem for problem in draft.found.problems if problem.sheet == self.name()]
        self.preview.show_sheet(found.sheet, fields_of(kind), found.mapping, draft.taken_rows(self.name()), problems)
