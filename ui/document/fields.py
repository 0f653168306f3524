"""One field for each kind of block: it is shown in it, typed into, and read back."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QWidget

from consult_app.documents.model import (
    Attendees,
    Block,
    Figure,
    Group,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    SignatureBoxes,
    Signer,
    SignOff,
    Space,
    Subtitle,
    Table,
    Title,
)
from ui.document.prose import Prose, line
from ui.document.table_field import TableField
from ui.widgets.button import quiet
from ui.widgets.layout import boxed, column, row
from ui.widgets.text import muted

_TOP = Qt.AlignmentFlag.AlignTop

BLOCK_WORDS: dict[type, str] = {
    Title: "标题",
    Subtitle: "副标题",
    Heading: "小标题",
    Paragraph: "正文",
    KeyValues: "要素",
    Attendees: "出席、列席、请假",
    Table: "表格",
    SignatureBoxes: "签字栏",
    SignOff: "落款",
    Note: "附注",
    Figure: "图片",
    Space: "空行",
    PageBreak: "另起一页",
}


class BlockField(QWidget):
    """`read()` gives the block as it reads now; `changed` when anything was typed."""

    changed = Signal()

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.block = block
        self._read: Callable[[], Block] = lambda: block
        maker = _MAKERS.get(type(block))
        self._inside = column(gap=4)
        if maker is not None:
            self._read = maker(self, block)
        elif isinstance(block, Figure):
            self._inside.addWidget(muted(block.caption or "图片"))
        self.setLayout(self._inside)

    def read(self) -> Block:
        """The block as it reads now."""
        return self._read()

    def prose(self, text: str, name: str, least: int = 1) -> Prose:
        """A field of several lines in this block."""
        field = Prose(text, least)
        field.setAccessibleName(name)
        field.textChanged.connect(self.changed)
        return field

    def one_line(self, text: str, name: str) -> QLineEdit:
        """A field of one line in this block."""
        field = line(text, name)
        field.textEdited.connect(lambda _text: self.changed.emit())
        return field

    def add(self, *pieces: QWidget) -> None:
        """Put pieces into the block, under each other."""
        for piece in pieces:
            self._inside.addWidget(piece)


class Pairs(QWidget):
    """Lines of two words each, with a button to take a line out and one to add a line."""

    changed = Signal()

    def __init__(self, owner: BlockField, pairs: tuple[tuple[str, str], ...], names: tuple[str, str], add: str) -> None:
        super().__init__()
        self._owner, self._names = owner, names
        self._lines: list[tuple[QWidget, QLineEdit, Prose]] = []
        self._column = column(gap=4)
        self.add_button = quiet(add, self.add_line)
        self.setLayout(column(self._column, row(self.add_button, None), gap=2))
        for first, second in pairs:
            self._put(first, second)

    def read(self) -> tuple[tuple[str, str], ...]:
        """The pairs whose first word is not blank."""
        found = ((first.text().strip(), second.toPlainText().strip()) for _, first, second in self._lines)
        return tuple((first, second) for first, second in found if first)

    def add_line(self) -> None:
        """Add an empty line; it counts once its first word is typed."""
        self._put("", "")
        self._lines[-1][1].setFocus()

    def remove_line(self, piece: QWidget) -> None:
        """Take a line out."""
        self._lines = [one for one in self._lines if one[0] is not piece]
        self._column.removeWidget(piece)
        piece.hide()
        piece.deleteLater()
        self.changed.emit()

    def _put(self, first: str, second: str) -> None:
        label = self._owner.one_line(first, self._names[0])
        label.setPlaceholderText(self._names[0])
        value = self._owner.prose(second, f"{first}{self._names[1]}")
        value.setPlaceholderText(self._names[1])
        label.setMinimumHeight(value.height())
        out = quiet("移除")
        across = row(label, value, out, gap=4)
        across.setStretch(0, 3)
        across.setStretch(1, 9)
        for one in (label, value, out):
            across.setAlignment(one, _TOP)
        piece = boxed(across)
        out.clicked.connect(lambda: self.remove_line(piece))
        self._lines.append((piece, label, value))
        self._column.addWidget(piece)


def _words(field: BlockField, block: Any) -> Callable[[], Block]:
    prose = field.prose(block.text, BLOCK_WORDS[type(block)])
    field.add(prose)
    return lambda: replace(block, text=prose.toPlainText().strip())


def _paragraph(field: BlockField, block: Paragraph) -> Callable[[], Block]:
    lead = field.one_line(block.lead, "段首黑体字")
    lead.setPlaceholderText("段首黑体字")
    prose = field.prose(block.text, "正文")
    if block.lead:
        field.add(lead)
    field.add(prose)
    return lambda: replace(block, text=prose.toPlainText().strip(), lead=lead.text() if block.lead else "")


def _key_values(field: BlockField, block: KeyValues) -> Callable[[], Block]:
    pairs = Pairs(field, block.pairs, ("名目", "内容"), "添加一项")
    pairs.changed.connect(field.changed)
    field.add(pairs)
    return lambda: replace(block, pairs=pairs.read())


def _signers(field: BlockField, block: SignatureBoxes) -> Callable[[], Block]:
    pairs = Pairs(field, tuple((one.role, one.name) for one in block.signers), ("签字人", "姓名"), "添加签字人")
    pairs.changed.connect(field.changed)
    field.add(pairs)
    return lambda: replace(block, signers=tuple(Signer(role, name) for role, name in pairs.read()))


def _attendees(field: BlockField, block: Attendees) -> Callable[[], Block]:
    pairs = Pairs(field, tuple((one.label, "、".join(one.names)) for one in block.groups), ("类别", "姓名"), "添加一类")
    pairs.changed.connect(field.changed)
    field.add(pairs)
    return lambda: replace(block, groups=tuple(Group(label, _names(names)) for label, names in pairs.read()))


def _names(text: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in text.replace("\n", "、").split("、") if name.strip())


def _table(field: BlockField, block: Table) -> Callable[[], Block]:
    table = TableField(block)
    table.changed.connect(field.changed)
    field.add(table)
    return table.read


def _sign_off(field: BlockField, block: SignOff) -> Callable[[], Block]:
    issuer, day = field.one_line(block.issuer, "落款单位"), field.one_line(block.date, "成文日期")
    seal = QCheckBox("留出盖章位置")
    seal.setChecked(block.seal)
    seal.toggled.connect(lambda _on: field.changed.emit())
    field.add(issuer, day, seal)
    return lambda: replace(block, issuer=issuer.text().strip(), date=day.text().strip(), seal=seal.isChecked())


_MAKERS: dict[type, Callable[[BlockField, Any], Callable[[], Block]]] = {
    Title: _words,
    Subtitle: _words,
    Heading: _words,
    Note: _words,
    Paragraph: _paragraph,
    KeyValues: _key_values,
    SignatureBoxes: _signers,
    Attendees: _attendees,
    Table: _table,
    SignOff: _sign_off,
}
"""How the field of a block is made; each gives what reads it back."""
