"""Three line drawings for the hall's poster: join the network, scan the slip, vote. Black on white, so that any printer can."""

from collections.abc import Callable

from consult_app.documents.fonts import plain_type
from consult_app.documents.pen import MM, Pen, baseline

Drawing = Callable[[Pen, float, float], None]
"""Draws round a centre (x), downwards from a top (y), `TALL` high."""

TALL = 42 * MM
_WIDE = 23 * MM
_LINE, _THIN = 1.6, 0.9
_CODE = (
    "1110111",
    "1010101",
    "1110111",
    "0001010",
    "1110101",
    "1010110",
    "1110011",
)
"""What looks like a code and is none, so that nobody scans the drawing."""


def joining(pen: Pen, x: float, y: float) -> None:
    """A phone that has found the network and asks whether to stay."""
    left = _phone(pen, x, y)
    pen.disc(x, y + 19 * MM, 1.1 * MM)
    for ring in (1, 2, 3):
        pen.arch(x, y + 19 * MM, ring * 3.4 * MM, 2.2)
    _button(pen, left, y + 29 * MM, "保持连接")


def scanning(pen: Pen, x: float, y: float) -> None:
    """A slip, and a phone that reads its code."""
    wide, tall = 28 * MM, 20 * MM
    slip, phone = x - 26.5 * MM, x + 15 * MM
    top = y + 16 * MM
    pen.box(slip, top, wide, tall, line=_THIN)
    pen.upright(slip + 21.5 * MM, top, tall, _THIN, dash=True)
    _code(pen, slip + 3.5 * MM, top + 4.5 * MM, 11 * MM)
    for place in range(3):
        pen.rule(slip + 16.5 * MM, top + (6 + 4 * place) * MM, 4 * MM, _THIN)
    left = _phone(pen, phone, y)
    side, edge = _WIDE - 8 * MM, y + 11 * MM
    _code(pen, left + 6.5 * MM, edge + 2.5 * MM, side - 5 * MM)
    arm = 4 * MM
    for across, down, right, below in ((0, 0, 1, 1), (side, 0, -1, 1), (0, side, 1, -1), (side, side, -1, -1)):
        at, height = left + 4 * MM + across, edge + down
        pen.rules(((at, height, at + right * arm, height), (at, height, at, height + below * arm)), 1.8)


def voting(pen: Pen, x: float, y: float) -> None:
    """A phone with three choices, one of them ticked, and the button that confirms."""
    left = _phone(pen, x, y)
    for place in range(3):
        top = y + (7 + 6.5 * place) * MM
        pen.box(left + 3.5 * MM, top, 4 * MM, 4 * MM, line=_THIN)
        pen.rule(left + 9.5 * MM, top + 2 * MM, (9, 7, 8)[place] * MM, _LINE)
    pen.tick(left + 3 * MM, y + 6 * MM, 5.4 * MM)
    _button(pen, left, y + 29 * MM, "确认投票")


def _phone(pen: Pen, x: float, y: float) -> float:
    """An empty phone round a centre; where its left side is."""
    left = x - _WIDE / 2
    pen.frame(left, y, _WIDE, TALL, 3 * MM, _LINE)
    pen.rule(x - 3 * MM, y + 2.6 * MM, 6 * MM, _LINE)
    pen.rule(x - 4 * MM, y + TALL - 2.6 * MM, 8 * MM, _THIN)
    return left


def _button(pen: Pen, left: float, y: float, words: str) -> None:
    tall = 7 * MM
    pen.box(left + 2.5 * MM, y, _WIDE - 5 * MM, tall, line=0, grey=0)
    pen.grey(1)
    pen.text_center(left + _WIDE / 2, baseline(y, tall, 11), words, plain_type("hei", 11))
    pen.black()


def _code(pen: Pen, x: float, y: float, side: float) -> None:
    step = side / len(_CODE)
    for down, line in enumerate(_CODE):
        for across, dark in enumerate(line):
            if dark == "1":
                pen.box(x + across * step, y + down * step, step, step, line=0, grey=0)
