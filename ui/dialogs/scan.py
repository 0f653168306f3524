"""A signed paper comes back: the code at its foot says which document it is; both are shown side by side."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from consult_app.archive import scan
from consult_app.archive.actions import attach_scan
from consult_app.documents import queries as documents
from consult_app.documents.queries import DocumentLine, document_by_code
from consult_app.documents.rules import DocumentState, code_words
from consult_app.kernel.errors import Blank, Refused
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.task import Task
from ui.widgets.layout import boxed, column, row
from ui.widgets.preview import Preview
from ui.widgets.text import muted, small

SIDE_HEIGHT = 320
"""Pixels of the two papers side by side."""


class OtherDocument(Refused):
    """The code on the paper is that of another document."""

    text = "扫描件上的编号是 {found}，不是「{title}」的 {wanted}，请核对。"
    field = "scan"


class MixedPile(Refused):
    """The scan holds pages of several documents."""

    text = "扫描件里混有 {count} 份文件（{codes}），请分开扫描。"
    field = "scan"


class AttachScan(FormSheet):
    """The file, and the code read from it; without a document in mind the code alone says where it belongs."""

    def __init__(self, desk: Desk, line: DocumentLine | None = None, parent: QWidget | None = None) -> None:
        note = (
            f"「{line.title}」，编号 {code_words(line.code)}"
            if line
            else "页脚的二维码会自动识别；识别不出时请输入编号。"
        )
        super().__init__("附上签字件", note, action="附上", decide=self._attach, columns=2, width=820, parent=parent)
        self.desk, self.line, self.shown = desk, line, line
        self.wrong: Refused | None = None
        self.picker = self.files("scan", "签字扫描件（PDF 或图片）", many=False, needed=True)
        code = code_words(line.code) if line else ""
        self.code = self.form.line("code", "文件编号", value=code, hint="页脚的 8 位编号", needed=True)
        self.found = muted("", wrap=True)
        self.original, self.signed = Preview(), Preview()
        self.papers = boxed(
            row(
                column(small("印发的文件"), self.original, gap=4),
                column(small("签字扫描件"), self.signed, gap=4),
                gap=12,
            )
        )
        for preview in (self.original, self.signed):
            preview.setMinimumSize(320, SIDE_HEIGHT)
        self.papers.hide()
        self.add(self.found, self.papers)
        self.picker.changed.connect(self._read)
        self.code.editingFinished.connect(self._look_up)

    def take(self, path: Path) -> None:
        """Take a file that was dropped elsewhere."""
        self.picker.take((path,))

    def _read(self) -> None:
        """Show the scan, and read the codes at the foot of its pages in the background."""
        self.wrong = None
        self.action_button.allow("")
        with self.form.guard():
            files = self.picker.read()
            self.papers.setVisible(bool(files))
            if not files:
                self.found.say("")
                return
            name, content = files[0]
            if content.startswith(b"%PDF-"):
                self.signed.show_pdf(content)
            else:
                self.signed.show_picture(content)
            self.found.say("正在识别页脚二维码…", "grey")
            self.action_button.allow("正在识别")
            if self.line:
                self._show_original(self.line)
            self.desk.work(
                "正在识别", lambda _task: _reading(_task, name, content), self._said_of(self.picker.paths), quiet=True
            )

    def _said_of(self, paths: tuple[Path, ...]) -> Callable[[scan.Reading | Refused], None]:
        """Says what was read, unless the sheet was left or another file was taken meanwhile."""
        return lambda reading: self._say(reading) if isValid(self) and self.picker.paths == paths else None

    def _say(self, reading: scan.Reading | Refused) -> None:
        self.found.say("")
        self.action_button.allow("")
        with self._refusing():
            if isinstance(reading, Refused):
                raise reading
            codes = reading.document_codes
            if len(codes) > 1:
                raise MixedPile(count=len(codes), codes="、".join(map(code_words, codes)))
            if not codes:
                self.found.say(f"共 {reading.sheets} 页，没有识别出页脚二维码，请对照后输入编号。", "amber")
                return
            self._found(codes[0], reading)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        """Say a refusal of the scan itself beside it, and hold to it until another file is taken."""
        self.wrong = None
        with self.form.guard():
            try:
                yield
            except Refused as refused:
                self.wrong = refused
                raise

    def _found(self, code: str, reading: scan.Reading) -> None:
        line = self.desk.ask(document_by_code, code)
        if self.line and line.id != self.line.id:
            raise OtherDocument(found=code_words(code), title=self.line.title, wanted=code_words(self.line.code))
        self.form.fill(code=code_words(code))
        missing = reading.missing(code, line.pages)
        lacks = f"，没有看到第 {'、'.join(map(str, missing))} 页" if missing else f"，{line.pages} 页齐全"
        self.found.say(f"识别为「{line.title}」{lacks}。请左右对照后附上。", "amber" if missing else "pine")
        self._show_original(line)

    def _look_up(self) -> None:
        """Show the document of a code that was typed."""
        if not self.picker.paths or len(self.code.text().strip()) < 8:
            return
        with self.form.guard():
            self._show_original(self.desk.ask(document_by_code, self.code.text()))

    def _show_original(self, line: DocumentLine) -> None:
        self.shown = line
        if line.state is DocumentState.ISSUED:
            self.original.show_pdf(self.desk.ask(documents.pdf, line.id))
        else:
            self.original.wait("这份文件还没有印发，或者已经作废")

    def _attach(self) -> None:
        values = self.form.values()
        if not values["scan"]:
            raise Blank(what="签字扫描件", field="scan")
        if self.wrong is not None:
            raise self.wrong
        self.desk.do(attach_scan, values["code"], *values["scan"][0])
        self.desk.say("签字件已附上。")


def _reading(_task: Task, name: str, content: bytes) -> scan.Reading | Refused:
    """What the pages of a scan say, or why it cannot be read."""
    try:
        return scan.read(name, content)
    except Refused as refused:
        return refused
