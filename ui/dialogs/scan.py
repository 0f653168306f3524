"""A signed paper comes back: the code at its foot says which document it is."""

from PySide6.QtWidgets import QWidget

from consult_app.archive import scan
from consult_app.archive.actions import attach_scan
from consult_app.documents.queries import DocumentLine, document_by_code
from consult_app.documents.rules import code_words
from consult_app.kernel.errors import Blank, Refused
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.widgets.text import muted


class OtherDocument(Refused):
    """The code on the paper is that of another document."""

    text = "扫描件上的编号是 {found}，不是「{title}」的 {wanted}，请核对。"
    field = "scan"


class AttachScan(FormSheet):
    """The file, and the code read from it; without a document in mind the code alone says where it belongs."""

    def __init__(self, desk: Desk, line: DocumentLine | None = None, parent: QWidget | None = None) -> None:
        note = (
            f"「{line.title}」，编号 {code_words(line.code)}"
            if line
            else "页脚的二维码会自动识别；识别不出时请输入编号。"
        )
        super().__init__("附上签字件", note, action="附上", decide=self._attach, parent=parent)
        self.desk, self.line = desk, line
        picker = self.files("scan", "签字扫描件（PDF 或图片）", many=False, needed=True)
        self.form.line(
            "code", "文件编号", value=code_words(line.code) if line else "", hint="页脚的 8 位编号", needed=True
        )
        self.found = muted("", wrap=True)
        self.add(self.found)
        picker.changed.connect(self._read)

    def _read(self) -> None:
        """Read the codes at the foot of the pages, and say what was found."""
        with self.form.guard():
            files = self.pickers["scan"].read()
            if not files:
                self.found.say("")
                return
            reading = scan.read(*files[0])
            codes = reading.document_codes
            if not codes:
                self.found.say(f"共 {reading.sheets} 页，没有识别出页脚二维码，请核对编号后附上。", "amber")
            elif len(codes) > 1:
                self.found.say("扫描件里混有几份文件，请分开扫描。", "cinnabar")
            else:
                self._say(codes[0], reading)

    def _say(self, code: str, reading: scan.Reading) -> None:
        line = self.desk.ask(document_by_code, code)
        if self.line and line.id != self.line.id:
            raise OtherDocument(found=code_words(code), title=self.line.title, wanted=code_words(self.line.code))
        self.form.fill(code=code_words(code))
        missing = reading.missing(code, line.pages)
        lacks = f"，没有看到第 {'、'.join(map(str, missing))} 页" if missing else f"，{line.pages} 页齐全"
        self.found.say(f"识别为「{line.title}」{lacks}。", "amber" if missing else "pine")

    def _attach(self) -> None:
        values = self.form.values()
        if not values["scan"]:
            raise Blank(what="签字扫描件", field="scan")
        self.desk.do(attach_scan, values["code"], *values["scan"][0])
        self.desk.say("签字件已附上。")
