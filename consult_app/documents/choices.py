"""Items and their boxes to tick, as drawn on slips and filled ballots."""

from collections.abc import Sequence
from dataclasses import dataclass

from consult_app.documents.fonts import Type, clean, plain_type
from consult_app.documents.pen import MM, Pen, baseline
from consult_app.documents.typeset import Line, break_lines

OPTIONS = ("同意", "反对", "弃权")
"""Every item is put with all three (domain.md §6, badly put questions)."""


@dataclass(frozen=True)
class ItemRow:
    """One item broken to its width, with the height it takes (pt)."""

    lines: tuple[Line, ...]
    type: Type
    height: float


@dataclass(frozen=True)
class Boxes:
    """How boxes are drawn: their side, the type of the words beside them, the width of one option (pt)."""

    side: float
    type: Type
    step: float

    def width(self, options: Sequence[str]) -> float:
        """What a row of options takes."""
        return self.step * len(options)


def boxes(size: float, options: Sequence[str]) -> Boxes:
    """Boxes to go with words of a size."""
    type_ = plain_type("hei", size)
    side = size * 1.15
    widest = max(type_.width(clean(option)) for option in options)
    return Boxes(side, type_, side + widest + size * 1.0)


def draw_boxes(pen: Pen, x: float, top: float, options: Sequence[str], how: Boxes, chosen: str = "") -> None:
    """A row of boxes with their words; the chosen one carries a tick."""
    for index, option in enumerate(options):
        left = x + index * how.step
        pen.box(left, top, how.side, how.side, line=1.1)
        if chosen and option == chosen:
            pen.tick(left, top, how.side)
        place = baseline(top, how.side, how.type.size)
        pen.text(left + how.side + how.type.size * 0.35, place, clean(option), how.type)


def item_rows(items: Sequence[str], width: float, size: float, least: float) -> list[ItemRow]:
    """Items broken to a width, numbered when there are several; `least` is the height of one (pt)."""
    type_ = plain_type("hei", size)
    rows = []
    for number, item in enumerate(items, start=1):
        lead = f"{number}. " if len(items) > 1 else ""
        lines = break_lines(lead + clean(item), width, type_.advance, rest=type_.width(lead))
        rows.append(ItemRow(tuple(lines), type_, max(len(lines) * size * 1.35 + 2 * MM, least)))
    return rows


def draw_item(pen: Pen, x: float, top: float, row: ItemRow) -> None:
    """The text of an item, centred in its height."""
    leading = row.type.size * 1.35
    upper = top + (row.height - leading * len(row.lines)) / 2
    for index, line in enumerate(row.lines):
        pen.line(x, baseline(upper + index * leading, leading, row.type.size), line, row.type, None)


def fit(text: str, width: float, sizes: Sequence[float], most_lines: int, face: str = "hei") -> tuple[list[Line], Type]:
    """A text in the largest of the sizes that needs no more than so many lines; at the smallest it may need more.

    A size that leaves two or three characters on a line of their own comes after one that does not.
    """
    tried = [_set(text, width, plain_type(face, size)) for size in sizes]
    fitting = [one for one in tried if len(one[0]) <= most_lines] or tried[-1:]
    return next((one for one in fitting if not _leaves_rest(one[0])), fitting[0])


def _set(text: str, width: float, type_: Type) -> tuple[list[Line], Type]:
    return break_lines(clean(text), width, type_.advance), type_


def _leaves_rest(lines: Sequence[Line]) -> bool:
    return len(lines) > 1 and len(lines[-1].text) <= 3


def grouped(code: str) -> str:
    """A code read aloud: in groups of four, `7KQ2 MX9D`."""
    if " " in code or "-" in code:
        return code
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))
