"""Ruled tables and signature boxes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from consult_app.documents import model
from consult_app.documents.fonts import Type, clean, plain_type
from consult_app.documents.page import AREA_HEIGHT, AREA_WIDTH, Draw, Grid, Slab, nothing
from consult_app.documents.pen import MM, Pen, baseline
from consult_app.documents.typeset import Line, break_lines

_PADDING = 4.0  # less in small type
_SHADE = 0.93
_SMALL = 0.4
"""The part of a page up to which a table is never broken."""


@dataclass(frozen=True)
class _Cell:
    lines: tuple[Line, ...]
    x: float
    width: float
    align: model.Align


@dataclass(frozen=True)
class _Manner:
    """How the cells of a table are set."""

    type: Type
    edges: tuple[float, ...]
    aligns: tuple[model.Align, ...]
    leading: float
    padding: float

    def cells(self, texts: Sequence[str], type_: Type) -> tuple[_Cell, ...]:
        """A row's texts broken to the widths of their columns."""
        spans = zip(self.edges, self.edges[1:], strict=False)
        return tuple(
            _Cell(
                tuple(break_lines(clean(text), right - left - 2 * self.padding, type_.advance)),
                left + self.padding,
                right - left - 2 * self.padding,
                align,
            )
            for text, (left, right), align in zip(texts, spans, self.aligns, strict=True)
        )


def set_table(block: model.Table, grid: Grid) -> list[Slab]:
    """A ruled table; the header is repeated on each page, a row too tall for a page goes on over the next."""
    bold = plain_type("hei", grid.table)
    manner = _manner(block, grid)
    middle: model.Align = "center"
    centred = replace(manner, aligns=tuple(middle for _ in block.columns))
    titles = [column.title for column in block.columns]
    head = _row(centred.cells(titles, bold), bold, manner, 0.0, shade=True)
    header = Slab(head.height, head.draw, keep=True)
    slabs = _caption(block.caption, grid)
    if any(titles):
        slabs.append(header)
    most, lines = AREA_HEIGHT - header.height, list[Slab]()
    for index, row in enumerate(block.rows):
        type_ = bold if index in block.heavy else manner.type
        for part in _parts(manner.cells(row, type_), manner, most):
            slab = _row(part, type_, manner, block.row_height * MM)
            lines.append(replace(slab, header=header if any(titles) else None))
    return [*slabs, *_unbroken(lines), Slab(grid.leading / 3, nothing)]


def _unbroken(lines: Sequence[Slab]) -> Iterator[Slab]:
    """The lines of a small table on one page; of a large one the first two and the last two, so that none stands alone."""
    small = sum(line.height for line in lines) <= AREA_HEIGHT * _SMALL
    for place, line in enumerate(lines, 1):
        held = small or place in (1, len(lines) - 1)
        yield replace(line, keep=held and place < len(lines))


def _manner(block: model.Table, grid: Grid) -> _Manner:
    whole = sum(column.width for column in block.columns)
    edges = [0.0]
    for column in block.columns:
        edges.append(edges[-1] + AREA_WIDTH * column.width / whole)
    aligns = tuple(column.align for column in block.columns)
    padding = min(_PADDING, grid.table * 0.38)
    return _Manner(plain_type("body", grid.table), tuple(edges), aligns, grid.table * 1.4, padding)


def _caption(text: str, grid: Grid) -> list[Slab]:
    if not text:
        return []
    type_ = plain_type("hei", grid.table + 1)

    def draw(pen: Pen, x: float, top: float) -> None:
        pen.text_center(x + AREA_WIDTH / 2, baseline(top, grid.leading, type_.size), clean(text), type_)

    return [Slab(grid.leading, draw, keep=True)]


def _parts(cells: tuple[_Cell, ...], manner: _Manner, most: float) -> list[tuple[_Cell, ...]]:
    """The row whole, or in parts no taller than a page."""
    lines = max(len(cell.lines) for cell in cells)
    room = int((most - 2 * manner.padding) / manner.leading)
    if lines <= room:
        return [cells]
    return [
        tuple(replace(cell, lines=cell.lines[start : start + room]) for cell in cells)
        for start in range(0, lines, room)
    ]  # fmt: skip


def _row(cells: tuple[_Cell, ...], type_: Type, manner: _Manner, least: float, *, shade: bool = False) -> Slab:
    lines = max(len(cell.lines) for cell in cells)
    height = max(lines * manner.leading + 2 * manner.padding, least)
    return Slab(height, _draw_row(cells, type_, manner, height, shade))


def _draw_row(cells: tuple[_Cell, ...], type_: Type, manner: _Manner, height: float, shade: bool) -> Draw:
    def draw(pen: Pen, x: float, top: float) -> None:
        if shade:
            pen.box(x, top, AREA_WIDTH, height, line=0, grey=_SHADE)
        edges = [(x + edge, top, x + edge, top + height) for edge in manner.edges]
        ends = [(x, y, x + AREA_WIDTH, y) for y in (top, top + height)]
        pen.rules(edges + ends, 0.5)
        for cell in cells:
            _draw_cell(pen, cell, x, top, type_, manner, height)

    return draw


def _draw_cell(pen: Pen, cell: _Cell, x: float, top: float, type_: Type, manner: _Manner, height: float) -> None:
    upper = top + (height - len(cell.lines) * manner.leading) / 2
    for index, line in enumerate(cell.lines):
        spare = cell.width - line.width
        shift = {"center": spare / 2, "right": spare}.get(cell.align, 0.0)
        place = baseline(upper + index * manner.leading, manner.leading, type_.size)
        pen.line(x + cell.x + shift, place, line, type_, None)


def set_signatures(block: model.SignatureBoxes, grid: Grid) -> list[Slab]:
    """Signature boxes in rows: role and name at the top, the date to fill in at the foot, the middle to sign in.

    They stay on one page together, unless there are so many that they would fill more than half of it.
    """
    height = block.height * MM
    rows = [block.signers[start : start + block.columns] for start in range(0, len(block.signers), block.columns)]
    slabs = [Slab(grid.leading / 3, nothing, keep=True)]
    together = len(rows) * height <= AREA_HEIGHT / 2
    slabs += [Slab(height, _draw_boxes(row, block.columns, height), keep=together) for row in rows[:-1]]
    slabs += [Slab(height, _draw_boxes(row, block.columns, height)) for row in rows[-1:]]
    return slabs


def _draw_boxes(signers: Sequence[model.Signer], columns: int, height: float) -> Draw:
    width = AREA_WIDTH / columns

    def draw(pen: Pen, x: float, top: float) -> None:
        for index, signer in enumerate(signers):
            _draw_box(pen, signer, x + index * width, top, width, height)

    return draw


def _draw_box(pen: Pen, signer: model.Signer, x: float, top: float, width: float, height: float) -> None:
    small = plain_type("body", 9)
    pen.box(x, top, width, height)
    role = _fitting("hei", 10.5, clean(signer.role), width * 0.5)
    pen.text(x + 5, top + 14, clean(signer.role), role)
    if signer.name:
        name = _fitting("kai", 10.5, clean(signer.name), width - role.width(clean(signer.role)) - 16)
        pen.text(x + 11 + role.width(clean(signer.role)), top + 14, clean(signer.name), name)
    pen.text_right(x + width - 5, top + height - 5, "年　　月　　日", small)


def _fitting(face: str, size: float, text: str, room: float) -> Type:
    """The face at the size, or smaller (never under 6 pt) so that the text fits."""
    width = plain_type(face, size).width(text)
    return plain_type(face, size if width <= room else max(6.0, size * room / width))
