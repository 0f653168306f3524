"""The right part of a slip: return codes under a fold, two words to tear off; where there are no codes, a receipt."""

from dataclasses import dataclass

from consult_app.documents.choices import fit
from consult_app.documents.fonts import clean, plain_type, type_within
from consult_app.documents.pen import MM, Pen
from consult_app.documents.slip_words import SlipFace, SlipSheet

_STUB = 15.5 * MM  # the height of what is torn off to keep
_LEADING, _CLOSEST, _BETWEEN = 6.2 * MM, 5.2 * MM, 0.5
"""From return code to return code: as a rule, at least, and more between two questions as a part of it."""


@dataclass(frozen=True)
class Room:
    """Where something is drawn on a slip (pt from its left top corner)."""

    x: float
    top: float
    width: float
    height: float


def draw_fold(pen: Pen, slip: SlipFace, sheet: SlipSheet, room: Room, scale: float) -> None:
    """Return codes to fold away, or where there are none the receipt to tear off; `scale` is that of the slip's type."""
    if not slip.return_codes:
        _draw_receipt(pen, slip, room)
        return
    pen.text(room.x, room.top + 6.5 * MM, "沿虚线内折，投票后再展开", plain_type("body", 8))
    pen.text(room.x, room.top + 13 * MM, "回执码", plain_type("hei", 10))
    foot = room.top + room.height - (_STUB if slip.passphrase else 2 * MM)
    top = room.top + 13 * MM
    _draw_codes(pen, slip, sheet, Room(room.x, top, room.width, foot - top - 2 * MM), scale)
    if slip.passphrase:
        _draw_stub(pen, slip, room.x, foot, room.width)


def _draw_codes(pen: Pen, slip: SlipFace, sheet: SlipSheet, room: Room, scale: float) -> None:
    """The return codes: each behind its choice on a line of its own, or where questions are many a row for each of them."""
    lines = sum(len(codes) + _BETWEEN for codes in slip.return_codes) - _BETWEEN
    leading = min(_LEADING * min(scale, 1.15), room.height / lines)
    if leading < _CLOSEST:
        _tabulate_codes(pen, slip, sheet, room)
        return
    heads = [f"{number}. " for number in range(1, len(slip.return_codes) + 1)] if len(slip.return_codes) > 1 else [""]
    longest = heads[-1] + clean(f"{max(sheet.options, key=len)} 0000")
    type_ = type_within("hei", 13 * leading / _LEADING, longest, room.width)
    y = room.top
    for head, codes in zip(heads, slip.return_codes, strict=True):
        pen.text(room.x, y + leading, head, type_)
        for option, code in zip(sheet.options, codes, strict=True):
            y += leading
            pen.text(room.x + type_.width(heads[-1]), y, clean(f"{option} {code}"), type_)
        y += _BETWEEN * leading


def _tabulate_codes(pen: Pen, slip: SlipFace, sheet: SlipSheet, room: Room) -> None:
    """A row for each question, a column for each choice; small enough that neighbouring codes stand clearly apart."""
    rows = [("", *sheet.options), *((f"{n}.", *codes) for n, codes in enumerate(slip.return_codes, start=1))]
    leading = min(5.2 * MM, room.height / len(rows))
    type_ = type_within("hei", min(9.5, leading * 0.78), "30. " + "0000  " * len(sheet.options), room.width)
    number = type_.width("30. ")
    cell = (room.width - number) / len(sheet.options)
    for place, row in enumerate(rows, start=1):
        y = room.top + place * leading
        pen.text(room.x, y, row[0], type_)
        for column, text in enumerate(row[1:]):
            pen.text_center(room.x + number + (column + 0.5) * cell, y, clean(text), type_)


def _draw_stub(pen: Pen, slip: SlipFace, x: float, top: float, width: float) -> None:
    """What the voter tears off and keeps: the two words by which they find their line on the notice board."""
    for place in range(int(width // (2 * MM))):
        pen.rule(x + place * 2 * MM, top, 1.2 * MM, 0.5)
    pen.text(x, top + 5 * MM, f"查票口令 · 撕下自留 № {slip.serial}", plain_type("body", 7.5))
    words = clean(slip.passphrase)
    pen.text(x, top + 12.5 * MM, words, type_within("hei", 15, words, width))


def _draw_receipt(pen: Pen, slip: SlipFace, room: Room) -> None:
    type_ = plain_type("body", 10)
    pen.text(room.x, room.top + 7 * MM, "送达回执", plain_type("hei", 12))
    pen.text(room.x, room.top + 14 * MM, f"№ {slip.serial}", type_)
    if slip.room:
        lines, room_type = fit(f"房号 {slip.room}", room.width, [10, 9, 8, 7], 1, "body")
        pen.line(room.x, room.top + 20 * MM, lines[0], room_type, None)
    for index, label in enumerate(("签收人", "日期", "送达人")):
        y = room.top + (31 + 10 * index) * MM
        pen.text(room.x, y, label, type_)
        pen.rule(room.x + type_.width("签收人") + 3, y + 2, room.width - type_.width("签收人") - 3, 0.5)
