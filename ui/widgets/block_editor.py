"""Edit the words of a document block by block; tables that were made from the record are shown, not changed."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from consult_app.documents.model import (
    Attendees,
    Block,
    Document,
    Heading,
    KeyValues,
    Note,
    Paragraph,
    SignatureBoxes,
    SignOff,
    Subtitle,
    Table,
    Title,
)
from ui.widgets.form import Form
from ui.widgets.layout import clear, column
from ui.widgets.text import muted

_NAMES = {
    Title: "标题",
    Subtitle: "副标题",
    Heading: "小标题",
    Paragraph: "正文",
    Note: "注",
    KeyValues: "要素（每行一项）",
}
_FIXED = {Table: "表格由记录自动形成，不在这里修改。", Attendees: "出席名单由签到形成。", SignatureBoxes: "签字栏"}


class BlockEditor(QWidget):
    """`show_document(document)`, then `document()` gives it with the words as edited; `changed` when anything was typed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._document: Document | None = None
        self._edits: dict[int, Callable[[], Block]] = {}
        self.form = Form()
        self._column = column(self.form, None, gap=0)
        self.setLayout(self._column)

    def show_document(self, document: Document) -> None:
        """Show a document's words in fields."""
        clear(self._column)
        self._document, self._edits, self.form = document, {}, Form()
        for place, block in enumerate(document.blocks):
            self._add(place, block)
        self.form.changed.connect(self.changed)
        self._column.addWidget(self.form)
        self._column.addStretch(1)

    def document(self) -> Document:
        """The document as it reads now."""
        assert self._document is not None, "no document is shown"
        blocks = tuple(
            self._edits[place]() if place in self._edits else block for place, block in enumerate(self._document.blocks)
        )
        titles = [block.text for block in blocks if isinstance(block, Title)]
        return replace(self._document, blocks=blocks, title=titles[0] if titles else self._document.title)

    def _add(self, place: int, block: Block) -> None:
        name = f"block{place}"
        if isinstance(block, Title | Subtitle | Heading | Note):
            self._words(place, name, block, block.text, "text")
        elif isinstance(block, Paragraph):
            self._words(place, name, block, block.text, "text", block.lead.rstrip("："))
        elif isinstance(block, KeyValues):
            field = self._text(name, _NAMES[KeyValues], "\n".join(f"{label}：{value}" for label, value in block.pairs))
            self._edits[place] = lambda: replace(block, pairs=_pairs(field.toPlainText()))
        elif isinstance(block, SignOff):
            issuer = self.form.line(name, "落款单位", value=block.issuer)
            day = self.form.line(f"{name}day", "成文日期", value=block.date)
            self._edits[place] = lambda: replace(block, issuer=issuer.text(), date=day.text())
        elif type(block) in _FIXED:
            self.form.add(name, "", muted(_FIXED[type(block)], wrap=True), lambda: None)

    def _words(self, place: int, name: str, block: Any, text: str, part: str, lead: str = "") -> None:
        field = self._text(name, lead or _NAMES[type(block)], text)
        self._edits[place] = lambda: replace(block, **{part: field.toPlainText().strip()})

    def _text(self, name: str, label: str, text: str) -> QPlainTextEdit:
        lines = sum(1 + len(line) // 26 for line in text.splitlines() or [""])
        return self.form.text(name, label, value=text, rows=min(10, max(1, lines)))


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """The labelled facts of lines `标签：内容`; a line without a colon goes on with the one before."""
    pairs: list[tuple[str, str]] = []
    for line in text.splitlines():
        label, colon, value = line.partition("：")
        if colon and label.strip():
            pairs.append((label.strip(), value.strip()))
        elif pairs and line.strip():
            pairs[-1] = (pairs[-1][0], f"{pairs[-1][1]}{line.strip()}")
    return tuple(pairs)
