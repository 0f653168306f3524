"""The words of a document, block by block, with undo and redo; blocks can be added, moved and taken out."""

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QMenu, QWidget

from consult_app.documents.model import (
    Block,
    Column,
    Document,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paragraph,
    SignatureBoxes,
    Signer,
    Table,
    Title,
)
from ui.document import draft
from ui.document.draft import Draft
from ui.document.fields import BLOCK_WORDS, BlockField
from ui.document.prose import Prose
from ui.document.table_field import is_counted
from ui.widgets.button import Button
from ui.widgets.layout import clear, column, row
from ui.widgets.text import small

REST = 900
"""Milliseconds without a key that end a step of undo."""

NEW_BLOCKS: tuple[Block, ...] = (
    Paragraph(""),
    Heading(1, ""),
    KeyValues((("名目", ""),)),
    Table((Column("项目"), Column("内容", 2.0), Column("备注")), (("", "", ""),)),
    SignatureBoxes((Signer("签字人"),)),
    Note(""),
    PageBreak(),
)
"""What can be put in."""


class BlockEditor(QWidget):
    """`show_document(document)`, then `document()` gives it as it reads now; `changed` after every change."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.draft: Draft | None = None
        self.frames: list[BlockFrame] = []
        self._column = column(gap=14)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._rested)
        self.setLayout(column(self._column, None, gap=0))

    def show_document(self, document: Document) -> None:
        """Begin to edit a document; what was edited before can no longer be undone."""
        self.draft = Draft(document)
        self._build()

    def document(self) -> Document:
        """The document as it reads now."""
        assert self.draft is not None, "no document is shown"
        return self.draft.document

    def undo(self) -> None:
        """Take back the last step."""
        if self.draft is not None and self.draft.can_undo:
            self.draft.undo()
            self._follow()

    def redo(self) -> None:
        """Do again what was taken back."""
        if self.draft is not None and self.draft.can_redo:
            self.draft.redo()
            self._follow()

    def insert(self, place: int, block: Block) -> None:
        """Put a block before a place."""
        self._reshape(draft.inserted(self.document(), place, block), place)

    def remove(self, place: int) -> None:
        """Take a block out."""
        self._reshape(draft.removed(self.document(), place), max(0, place - 1))

    def shift(self, place: int, by: int) -> None:
        """Move a block up (-1) or down (1)."""
        self._reshape(draft.moved(self.document(), place, by), place + by)

    def field(self, place: int) -> BlockField:
        """The field of the block in a place."""
        return self.frames[place].field

    def _typed(self, frame: "BlockFrame") -> None:
        assert self.draft is not None
        place = self.frames.index(frame)
        self.draft.change(draft.changed(self.draft.document, place, frame.field.read()), f"block{place}")
        self._rest.start()
        self.changed.emit()

    def _rested(self) -> None:
        if self.draft is not None:
            self.draft.rest()

    def _reshape(self, document: Document, place: int) -> None:
        assert self.draft is not None
        if document == self.draft.document:
            return
        self.draft.change(document)
        self._build()
        self._focus(place)
        self.changed.emit()

    def _follow(self) -> None:
        """Show what undo or redo brought back; only the fields that differ are made anew, so that nothing jumps."""
        blocks = self.document().blocks
        if [type(frame.field.block) for frame in self.frames] != [type(block) for block in blocks]:
            self._build()
        else:
            for place, (frame, block) in enumerate(zip(self.frames, blocks, strict=True)):
                if frame.field.read() != block:
                    frame.show_block(block)
                    self._focus(place)
        self.changed.emit()

    def _build(self) -> None:
        clear(self._column)
        self.frames = [BlockFrame(self, block) for block in self.document().blocks]
        for frame in self.frames:
            frame.typed.connect(partial(self._typed, frame))
            self._column.addWidget(frame)

    def _focus(self, place: int) -> None:
        if 0 <= place < len(self.frames):
            self.frames[place].take_focus()


class BlockFrame(QFrame):
    """A block with its name, its field, and the menu of what can be done with it."""

    typed = Signal()

    def __init__(self, editor: BlockEditor, block: Block) -> None:
        super().__init__()
        self._editor = editor
        self.field = BlockField(block)
        self.field.changed.connect(self.typed)
        self.more = Button("⋯", self._menu, "quiet")
        name = BLOCK_WORDS[type(block)]
        self.more.setAccessibleName(f"{name}：更多")
        self.more.setToolTip("移动、插入、删除")
        self._column = column(row(small(name), None, self.more, gap=4), self.field, gap=2)
        self.setLayout(self._column)

    def show_block(self, block: Block) -> None:
        """Show another block of the same kind."""
        old = self.field
        self.field = BlockField(block)
        self.field.changed.connect(self.typed)
        self._column.replaceWidget(old, self.field)
        old.hide()
        old.deleteLater()

    def take_focus(self) -> None:
        """Put the cursor into the first field."""
        first = next((found for found in self.field.findChildren(QWidget) if isinstance(found, Prose)), None)
        (first or self.more).setFocus()

    def menu(self) -> QMenu:
        """What can be done with this block."""
        editor, place = self._editor, self._editor.frames.index(self)
        found = QMenu(self)
        inserting = found.addMenu("在下面插入")
        for block in NEW_BLOCKS:
            entry = inserting.addAction(BLOCK_WORDS[type(block)])
            entry.triggered.connect(partial(lambda block, _checked=False: editor.insert(place + 1, block), block))
        up, down = found.addAction("上移"), found.addAction("下移")
        up.setEnabled(place > 0)
        down.setEnabled(place < len(editor.frames) - 1)
        up.triggered.connect(lambda: editor.shift(place, -1))
        down.triggered.connect(lambda: editor.shift(place, 1))
        out = found.addAction("删除")
        out.setEnabled(not self._must_stay())
        out.triggered.connect(lambda: editor.remove(place))
        return found

    def _menu(self) -> None:
        self.menu().exec(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _must_stay(self) -> bool:
        block = self.field.block
        return isinstance(block, Title) or (isinstance(block, Table) and is_counted(block))
