"""The page of GB/T 9704-2012: A4, a type area of 156 x 225 mm, 28 characters by 22 lines. All in points.

Positions are counted from the top left corner of the sheet downwards; the pen turns them over for PDF.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from consult_app.documents.fonts import Type
from consult_app.documents.pen import MM, Pen

WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, TOP = 28 * MM, 37 * MM
AREA_WIDTH, AREA_HEIGHT = 156 * MM, 225 * MM


@dataclass(frozen=True)
class Grid:
    """Sizes that belong together: characters a line, lines a page, and the type of text, titles and tables."""

    characters: int
    lines: int
    size: float
    title: float
    table: float

    @property
    def leading(self) -> float:
        """From line to line: 28.99 pt on the standard's page."""
        return AREA_HEIGHT / self.lines

    @property
    def pitch(self) -> float:
        """From character to character: 15.79 pt on the standard's page."""
        return AREA_WIDTH / self.characters

    def type(self, face: str) -> Type:
        """A face in the size of the text, on the grid."""
        return Type(face, self.size, self.pitch)


STANDARD = Grid(characters=28, lines=22, size=16, title=22, table=11)
LARGE = Grid(characters=19, lines=15, size=23, title=34, table=16)
"""For notices read standing before a board."""
SMALLER = tuple(
    Grid(int(AREA_WIDTH // size), int(AREA_HEIGHT // (1.5 * size)), size, title=1.5 * size, table=0.9 * size)
    for size in (12, 11, 10.5, 10, 9.5, 9)
)
"""For forms that must stay one sheet: from 小四 down to 小五, the largest first."""

Draw = Callable[[Pen, float, float], None]
"""Draws a slab whose top left corner is given."""


def nothing(_pen: Pen, _x: float, _top: float) -> None:
    """Draws nothing."""


@dataclass(frozen=True)
class Slab:
    """A piece of the type area that is never divided.

    `grid` slabs begin on a grid line; `keep` holds it on the page of the next one; `header` is repeated above it
    when it begins a page; `breaks` begins a new page; a `foot` slab stands at the foot of the last page.
    """

    height: float
    draw: Draw
    grid: bool = False
    keep: bool = False
    header: "Slab | None" = None
    breaks: bool = False
    foot: bool = False


@dataclass(frozen=True)
class Placed:
    """A slab and its distance from the top of the type area."""

    slab: Slab
    top: float


_SLACK = 0.01


def paginate(slabs: Sequence[Slab], grid: Grid) -> list[list[Placed]]:
    """Spreads slabs over pages: at least one page, slabs that keep together moved together; empty lines begin no page."""
    pages: list[list[Placed]] = [[]]
    top = 0.0
    for group in _groups(slabs):
        start = _start(group[0], top, grid)
        height = _height(group, grid)
        full = start + height > AREA_HEIGHT + _SLACK
        if full and len(group) == 1 and group[0].draw is nothing:
            continue
        if pages[-1] and (group[0].breaks or full):
            pages.append([])
            top = 0.0
        for slab in group:
            top = _start(slab, top, grid)
            if pages[-1] and top + slab.height > AREA_HEIGHT + _SLACK:
                pages.append([])
                top = 0.0
            if not pages[-1] and slab.header is not None:
                pages[-1].append(Placed(slab.header, 0.0))
                top = slab.header.height
            if slab.foot:
                top = AREA_HEIGHT - slab.height
            if slab.height or not slab.breaks:
                pages[-1].append(Placed(slab, top))
            top += slab.height
    return pages


def _groups(slabs: Sequence[Slab]) -> list[list[Slab]]:
    groups: list[list[Slab]] = []
    together = False
    for slab in slabs:
        if together:
            groups[-1].append(slab)
        else:
            groups.append([slab])
        together = slab.keep
    return groups


def _start(slab: Slab, top: float, grid: Grid) -> float:
    if not slab.grid:
        return top
    lines = top / grid.leading
    whole = round(lines)
    return (whole if abs(lines - whole) < 0.002 else int(lines) + 1) * grid.leading


def _height(group: Sequence[Slab], grid: Grid) -> float:
    top = 0.0
    for slab in group:
        top = _start(slab, top, grid) + slab.height
    return top
