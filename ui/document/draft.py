"""A document while it is edited: what it was before each change, to undo and redo; pure."""

from collections.abc import Sequence
from dataclasses import replace

from consult_app.documents.model import Block, Document, Title

MOST_STEPS = 300
"""Steps that can be undone; the oldest are forgotten."""


class Draft:
    """The document as it reads now, and the way back. Typing in one field is one step until the writer rests."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._past: list[Document] = []
        self._future: list[Document] = []
        self._field = ""

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether there is an undone change to do again."""
        return bool(self._future)

    def change(self, document: Document, field: str = "") -> None:
        """Take the next text; changes of the same named field in a row are one step."""
        if document == self.document:
            return
        if not field or field != self._field:
            self._past.append(self.document)
            del self._past[:-MOST_STEPS]
        self._future.clear()
        self.document, self._field = document, field

    def rest(self) -> None:
        """End the step: what is typed next is another."""
        self._field = ""

    def undo(self) -> None:
        """Go back one step; nothing when there is none."""
        self._go(self._past, self._future)

    def redo(self) -> None:
        """Do the undone step again; nothing when there is none."""
        self._go(self._future, self._past)

    def _go(self, source: list[Document], target: list[Document]) -> None:
        self.rest()
        if source:
            target.append(self.document)
            self.document = source.pop()


def with_blocks(document: Document, blocks: Sequence[Block]) -> Document:
    """The document with other blocks; its title follows the first title among them."""
    title = next((block.text for block in blocks if isinstance(block, Title)), document.title)
    return replace(document, blocks=tuple(blocks), title=title)


def changed(document: Document, place: int, block: Block) -> Document:
    """The document with another block in a place."""
    return with_blocks(document, (*document.blocks[:place], block, *document.blocks[place + 1 :]))


def inserted(document: Document, place: int, block: Block) -> Document:
    """The document with one more block before a place."""
    return with_blocks(document, (*document.blocks[:place], block, *document.blocks[place:]))


def removed(document: Document, place: int) -> Document:
    """The document without the block of a place."""
    return with_blocks(document, (*document.blocks[:place], *document.blocks[place + 1 :]))


def moved(document: Document, place: int, by: int) -> Document:
    """The document with a block moved by so many places; it stays where it is at either end."""
    target = place + by
    if not 0 <= target < len(document.blocks):
        return document
    blocks = list(document.blocks)
    blocks.insert(target, blocks.pop(place))
    return with_blocks(document, blocks)
