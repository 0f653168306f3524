"""Voting slips: A4, four or three a page, to be cut apart; code, matter, boxes, signature, and a part to fold or tear off."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from consult_app.documents.choices import OPTIONS, Boxes, ItemRow, boxes, draw_boxes, draw_item, fit, grouped, item_rows
from consult_app.documents.fonts import Type, clean, plain_type, require_glyphs
from consult_app.documents.page import HEIGHT, WIDTH
from consult_app.documents.pdf import engine, new_canvas
from consult_app.documents.pen import MM, Pen
from consult_app.documents.typeset import Line
from consult_app.kernel.errors import Refused

_EDGE, _INSET, _PAD = 10 * MM, 5 * MM, 4 * MM  # from the sides of the sheet, from the cut, beside a column
_STUB = 15.5 * MM  # the height of what is torn off to keep
_LEADING, _CLOSEST, _BETWEEN = 6.2 * MM, 5.2 * MM, 0.5
"""From return code to return code: as a rule, at least, and more between two questions as a part of it."""
_BESIDE, _UNDER = False, True
_TRIES = ((4, 1.0, _BESIDE), (3, 1.1, _BESIDE), (3, 1.0, _BESIDE),
          (2, 1.4, _UNDER), (2, 1.2, _UNDER), (2, 1.0, _BESIDE), (2, 1.0, _UNDER),
          (1, 1.4, _UNDER), (1, 1.2, _UNDER), (1, 1.0, _BESIDE), (1, 1.0, _UNDER))  # fmt: skip
_LARGE_TRIES = ((2, 1.5, _UNDER), (2, 1.35, _UNDER), (1, 1.5, _UNDER), (1, 1.35, _UNDER), (1, 1.2, _UNDER),
                (1, 1.2, _BESIDE))  # fmt: skip
"""Slips a page, the scale of their type, and whether the boxes stand beside or under their item: the first that fits."""


class SlipTooSmall(Refused):
    """The items do not fit even on one slip a page."""

    text = "表决事项太长，一页选票印不下。请缩短文字，或分成几次表决。"


@dataclass(frozen=True)
class SlipFace:
    """What one slip alone carries: its address, code and number, the room, and the codes under the fold.

    `url` is upper case and at most 40 characters (29 modules); `return_codes` has one entry an item, in the order of the options.
    """

    url: str
    human_code: str
    serial: str
    room: str = ""
    return_codes: tuple[tuple[str, ...], ...] = ()
    passphrase: str = ""


@dataclass(frozen=True)
class SlipSheet:
    """What all slips of one vote share, in words.

    `signature` labels the line to sign on, empty for a secret vote; `weight` is the 法律效力 line; `wifi` names the network;
    `hall_word` stands on the big screen as well; `terms` are the vote's own conditions;
    a `secret` paper bears its number only on the parts to tear off.
    """

    body: str
    matter: str
    items: tuple[str, ...]
    closes: str
    weight: str
    options: tuple[str, ...] = OPTIONS
    signature: str = "业主签名"
    wifi: str = ""
    address: str = ""
    hall_word: str = ""
    terms: tuple[str, ...] = ()
    marking: str = "多选、不选、涂改不清的，该项按弃权计"
    kind: str = "表决票"
    secret: bool = False


@dataclass(frozen=True)
class _Columns:
    """The columns of a slip at a scale (pt): the code, the middle, the part to fold or tear off."""

    scale: float

    @property
    def code(self) -> float:
        """Side of the code without its quiet zone: 30 mm and more."""
        return (30 if self.scale < 1.2 else 33) * MM

    @property
    def left(self) -> float:
        """Width of the code's column."""
        return self.code + (15 if self.scale < 1.2 else 14) * MM

    @property
    def right(self) -> float:
        """Width of the part to fold."""
        return (42 if self.scale < 1.2 else 40) * MM

    @property
    def x(self) -> float:
        """Where the middle begins."""
        return _EDGE + self.left + _PAD

    @property
    def width(self) -> float:
        """Width of the middle's text."""
        return WIDTH - 2 * _EDGE - self.left - self.right - 2 * _PAD

    @property
    def code_top(self) -> float:
        """Where the code begins."""
        return _INSET + 6.5 * MM


@dataclass(frozen=True)
class _Room:
    """Where something is drawn on a slip (pt from its left top corner)."""

    x: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class _Plan:
    """The places of a slip's middle column (pt from the top of the slip)."""

    height: float
    columns: _Columns
    rows: tuple[ItemRow, ...]
    tops: tuple[float, ...]
    boxes: Boxes
    stacked: bool
    title: float
    hint: float
    sign: float
    small: float


def slips_pdf(slips: Sequence[SlipFace], sheet: SlipSheet, *, large: bool = False) -> bytes:
    """The slips as PDF: four a page, or three, two or one where the items need it; `large` prints at most two, in large type.

    Refuses (`MissingGlyphs`, `SlipTooSmall`). The same arguments give the same bytes.
    """
    require_glyphs(_texts(slips, sheet))
    plan = _plan(sheet, large)
    per_page = round(HEIGHT / plan.height)
    data = io.BytesIO()
    with engine():
        canvas = new_canvas(
            data, title=f"{clean(sheet.matter)} {sheet.kind}", author=clean(sheet.body), subject=sheet.kind
        )
        canvas.beginForm("slip", 0, 0, WIDTH, plan.height)
        _draw_shared(Pen(canvas, plan.height), sheet, plan)
        canvas.endForm()
        for start in range(0, len(slips), per_page):
            for place, slip in enumerate(slips[start : start + per_page]):
                _draw_slip(canvas, slip, sheet, plan, HEIGHT - (place + 1) * plan.height)
            _draw_cuts(Pen(canvas, HEIGHT), per_page, plan.height)
            canvas.showPage()
        if not slips:
            canvas.showPage()
        canvas.save()
    return data.getvalue()


def _texts(slips: Sequence[SlipFace], sheet: SlipSheet) -> list[str]:
    shared = [sheet.body, sheet.matter, sheet.closes, sheet.weight, sheet.signature, sheet.wifi, sheet.address]
    shared.append(sheet.hall_word)
    own = [text for slip in slips for text in (slip.human_code, slip.serial, slip.room, slip.passphrase)]
    codes = ["".join(item) for slip in slips for item in slip.return_codes]
    return [*shared, sheet.marking, sheet.kind, *sheet.terms, *sheet.items, *sheet.options, *own, *codes]


def _plan(sheet: SlipSheet, large: bool) -> _Plan:
    for per_page, scale, under in _LARGE_TRIES if large else _TRIES:
        plan = _try_plan(sheet, per_page, _Columns(scale), under)
        if plan is not None:
            return plan
    raise SlipTooSmall(field="items")


def _try_plan(sheet: SlipSheet, per_page: int, columns: _Columns, under: bool) -> _Plan | None:
    """The places at a scale, or None when the slip is too low for them."""
    height = HEIGHT / per_page
    scale, width = columns.scale, columns.width
    stacked = len(sheet.items) == 1 or under
    how = _boxes(sheet, columns, stacked)
    title_lines, title = _title(sheet, columns)
    title_top = _INSET + 4.5 * MM + 11 * scale
    hint = title_top + len(title_lines) * title.size * 1.3 + 1.5 * MM
    y = hint + len(_hint(sheet, columns)[0]) * 14 * scale + 2.5 * MM
    if stacked:
        rows = item_rows(sheet.items if sheet.items != (sheet.matter,) else ("",), width, 12 * scale, 0)
        rows = [row if row.lines[0].text else replace(row, lines=(), height=0.0) for row in rows]
        below = how.side + 3.5 * MM
    else:
        rows = item_rows(sheet.items, width - how.width(sheet.options) - 2 * MM, 12 * scale, how.side + 3 * MM)
        below = 0.0
    tops: list[float] = []
    for row in rows:
        tops.append(y)
        y += row.height + below
    y += 1.5 * MM
    small = y + (_signature_height(columns) if sheet.signature else 0)
    end = small + sum(len(lines) * type_.size * 1.35 for lines, type_ in _small(sheet, columns))
    free = height - _INSET - 2 * MM - end
    if free < 0:
        return None
    spare = min(free / 5, (2.5 if per_page == 4 else 6) * MM)
    return _Plan(
        height=height,
        columns=columns,
        rows=tuple(rows),
        tops=tuple(top + 2 * spare for top in tops),
        boxes=how,
        stacked=stacked,
        title=title_top + spare / 2,
        hint=hint + spare,
        sign=y + 3.5 * spare,
        small=small + 4.5 * spare,
    )


def _boxes(sheet: SlipSheet, columns: _Columns, stacked: bool) -> Boxes:
    """Boxes as large as the column lets them be."""
    size = 17 if len(sheet.items) == 1 else 13 if stacked else 11.5
    how = boxes(size * columns.scale, sheet.options)
    while how.width(sheet.options) > columns.width * (1.0 if stacked else 0.6) and how.type.size > 7:
        how = boxes(how.type.size - 0.5, sheet.options)
    return how


def _hint(sheet: SlipSheet, columns: _Columns) -> tuple[list[Line], Type]:
    words = "扫左边的码投票，或在方框内打“✓”，" + ("只选一项。" if len(sheet.items) == 1 else "每项只选一个。")
    return fit(
        words, columns.width, [size * columns.scale for size in (11, 10, 9.5)], 1 if columns.scale == 1 else 2, "body"
    )


def _signature_height(columns: _Columns) -> float:
    """One line, or in large type a line to sign on and one for the date."""
    return 11 * columns.scale + 2.5 * MM + (16 * columns.scale if columns.scale > 1 else 0)


def _title(sheet: SlipSheet, columns: _Columns) -> tuple[list[Line], Type]:
    return fit(
        sheet.matter,
        columns.width,
        [size * columns.scale for size in (18, 16, 14, 12, 11)],
        2 if columns.scale == 1 else 3,
    )


def _small(sheet: SlipSheet, columns: _Columns) -> list[tuple[list[Line], Type]]:
    """The lines at the foot: the vote's own conditions, closing time and marking, legal weight, network."""
    unsigned = "；未签名的不计入参与" if sheet.signature else ""
    texts = [f"截止：{sheet.closes}。{sheet.marking}{unsigned}。", f"法律效力：{sheet.weight}"]
    network = [
        f"先连 Wi-Fi“{sheet.wifi}”、关流量再扫码" if sheet.wifi else "",
        f"网址 {sheet.address}" if sheet.address else "",
    ]
    if any(network):
        texts.append("；".join(part for part in network if part) + "。")
    small = [fit(text, columns.width, [8.5 * columns.scale], 9, "body") for text in texts]
    return [*(fit(term, columns.width, [9 * columns.scale], 12, "hei") for term in sheet.terms), *small]


def _draw_shared(pen: Pen, sheet: SlipSheet, plan: _Plan) -> None:
    """All that does not change from slip to slip."""
    columns, inner = plan.columns, plan.height - 2 * _INSET
    pen.box(_EDGE, _INSET, WIDTH - 2 * _EDGE, inner, line=0.6)
    pen.upright(_EDGE + columns.left, _INSET, inner, 0.5, dash=True)
    fold = plain_type("body", 7.5)  # a slip that is handed round folded cannot be photographed (threat 3)
    told = "存根，入箱前沿右边虚线撕下" if sheet.secret else "沿右边虚线内折，可遮住二维码"
    pen.text_center(_EDGE + columns.left / 2, _INSET + inner - 1.4 * MM, told, fold)
    pen.upright(WIDTH - _EDGE - columns.right, _INSET, inner, 0.9, dash=True)
    hint = plain_type("hei", 9)
    pen.text_center(_EDGE + columns.left / 2, columns.code_top + columns.code + 16 * MM, "扫不了码，请报这组字", hint)
    _draw_head(pen, sheet, plan)
    _draw_items(pen, sheet, plan)
    if sheet.signature:
        _draw_signature(pen, sheet, plan)
    y = plan.small
    for lines, type_ in _small(sheet, columns):
        for line in lines:
            y += type_.size * 1.35
            pen.line(columns.x, y, line, type_, None)


def _draw_head(pen: Pen, sheet: SlipSheet, plan: _Plan) -> None:
    columns, scale = plan.columns, plan.columns.scale
    room = columns.width - plain_type("body", 10.5).width(_corner(sheet, "000000")) - 4 * MM
    sizes = [10.5 * scale, 10.5, 9.5, 8.5, 7.5, 6.5]
    lines, type_ = fit(f"{sheet.body}　{sheet.kind}", room, sizes, 1, "body")
    pen.line(columns.x, _INSET + 3 * MM + 10 * scale, lines[0], type_, None)
    title_lines, title = _title(sheet, columns)
    for index, line in enumerate(title_lines):
        pen.line(columns.x, plan.title + title.size * (0.95 + 1.3 * index), line, title, None)
    hint, hint_type = _hint(sheet, columns)
    for index, line in enumerate(hint):
        pen.line(columns.x, plan.hint + hint_type.size * (1 + 1.3 * index), line, hint_type, None)


def _corner(sheet: SlipSheet, serial: str) -> str:
    """The number of a slip, not on the part of a secret one that goes into the box, and before it the word that must stand on the big screen as well (threat 7)."""
    number = "" if sheet.secret else f"№ {serial}"
    return clean("　".join(filter(None, (f"会场暗号 {sheet.hall_word}" if sheet.hall_word else "", number))))


def _draw_items(pen: Pen, sheet: SlipSheet, plan: _Plan) -> None:
    columns = plan.columns
    right = columns.x + columns.width - plan.boxes.width(sheet.options)
    for row, top in zip(plan.rows, plan.tops, strict=True):
        draw_item(pen, columns.x, top, row)
        if plan.stacked:
            draw_boxes(pen, columns.x, top + row.height + 1 * MM, sheet.options, plan.boxes)
        else:
            draw_boxes(pen, right, top + (row.height - plan.boxes.side) / 2, sheet.options, plan.boxes)


def _draw_signature(pen: Pen, sheet: SlipSheet, plan: _Plan) -> None:
    columns = plan.columns
    type_ = plain_type("body", 10.5 * columns.scale)
    label, date = clean(sheet.signature), "　　年　　月　　日"
    place = plan.sign + type_.size
    pen.text(columns.x, place, label, type_)
    right, start = columns.x + columns.width, columns.x + type_.width(label) + 2
    end = right - (type_.width(date) if columns.scale == 1 else 0)
    pen.rule(start, place + 2, end - start, 0.5)
    pen.text_right(right, place + (0 if columns.scale == 1 else 1.7 * type_.size), date, type_)


def _draw_slip(canvas: Canvas, slip: SlipFace, sheet: SlipSheet, plan: _Plan, bottom: float) -> None:
    """What one slip alone carries, over the shared form."""
    canvas.saveState()
    canvas.translate(0, bottom)
    canvas.doForm("slip")
    pen, columns = Pen(canvas, plan.height), plan.columns
    centre = _EDGE + columns.left / 2
    pen.code(centre - columns.code / 2, columns.code_top, columns.code, slip.url)
    room = columns.left - 3 * MM
    _shrunk(
        pen, centre, columns.code_top + columns.code + 10.5 * MM, grouped(slip.human_code), room, 17 * columns.scale
    )
    known_by = [f"房号 {slip.room}" if slip.room else "", f"№ {slip.serial}" if sheet.secret else ""]
    if stub := "　".join(filter(None, known_by)):
        _shrunk(pen, centre, columns.code_top + columns.code + 21.5 * MM, stub, room, 11)
    right = columns.x + columns.width
    corner = _corner(sheet, slip.serial)
    pen.text_right(right, _INSET + 3 * MM + 10 * columns.scale, corner, plain_type("body", 10.5))
    _draw_fold(pen, slip, sheet, plan)
    canvas.restoreState()


def _shrunk(pen: Pen, centre: float, place: float, text: str, room: float, size: float) -> None:
    """A text in 黑体 centred on one line, smaller where it would be wider than its room."""
    words = clean(text)
    pen.text_center(centre, place, words, _type_within(size, words, room))


def _type_within(size: float, words: str, room: float) -> Type:
    """黑体 at a size, or smaller so that the words fit into the room."""
    return plain_type("hei", size * min(1.0, room / plain_type("hei", size).width(words)))


def _draw_fold(pen: Pen, slip: SlipFace, sheet: SlipSheet, plan: _Plan) -> None:
    """Right of the dashed line: return codes to fold away, or where there are none the receipt to tear off."""
    x, width = WIDTH - _EDGE - plan.columns.right + 3 * MM, plan.columns.right - 6 * MM
    if not slip.return_codes:
        _draw_receipt(pen, slip, x, width)
        return
    pen.text(x, _INSET + 6.5 * MM, "沿虚线内折，投票后再展开", plain_type("body", 8))
    pen.text(x, _INSET + 13 * MM, "回执码", plain_type("hei", 10))
    foot = plan.height - _INSET - (_STUB if slip.passphrase else 2 * MM)
    top = _INSET + 13 * MM
    _draw_codes(pen, slip, sheet, _Room(x, top, width, foot - top - 2 * MM), plan.columns.scale)
    if slip.passphrase:
        _draw_stub(pen, slip, x, foot, width)


def _draw_codes(pen: Pen, slip: SlipFace, sheet: SlipSheet, room: _Room, scale: float) -> None:
    """The return codes: each behind its choice on a line of its own, or where questions are many a row for each of them."""
    lines = sum(len(codes) + _BETWEEN for codes in slip.return_codes) - _BETWEEN
    leading = min(_LEADING * min(scale, 1.15), room.height / lines)
    if leading < _CLOSEST:
        _tabulate_codes(pen, slip, sheet, room)
        return
    heads = [f"{number}. " for number in range(1, len(slip.return_codes) + 1)] if len(slip.return_codes) > 1 else [""]
    longest = heads[-1] + clean(f"{max(sheet.options, key=len)} 0000")
    type_ = _type_within(13 * leading / _LEADING, longest, room.width)
    y = room.top
    for head, codes in zip(heads, slip.return_codes, strict=True):
        pen.text(room.x, y + leading, head, type_)
        for option, code in zip(sheet.options, codes, strict=True):
            y += leading
            pen.text(room.x + type_.width(heads[-1]), y, clean(f"{option} {code}"), type_)
        y += _BETWEEN * leading


def _tabulate_codes(pen: Pen, slip: SlipFace, sheet: SlipSheet, room: _Room) -> None:
    """A row for each question, a column for each choice; small enough that neighbouring codes stand clearly apart."""
    rows = [("", *sheet.options), *((f"{n}.", *codes) for n, codes in enumerate(slip.return_codes, start=1))]
    leading = min(5.2 * MM, room.height / len(rows))
    type_ = _type_within(min(9.5, leading * 0.78), "30. " + "0000  " * len(sheet.options), room.width)
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
    pen.text(x, top + 12.5 * MM, words, _type_within(15, words, width))


def _draw_receipt(pen: Pen, slip: SlipFace, x: float, width: float) -> None:
    type_ = plain_type("body", 10)
    pen.text(x, _INSET + 7 * MM, "送达回执", plain_type("hei", 12))
    pen.text(x, _INSET + 14 * MM, f"№ {slip.serial}", type_)
    if slip.room:
        lines, room_type = fit(f"房号 {slip.room}", width, [10, 9, 8, 7], 1, "body")
        pen.line(x, _INSET + 20 * MM, lines[0], room_type, None)
    for index, label in enumerate(("签收人", "日期", "送达人")):
        y = _INSET + (31 + 10 * index) * MM
        pen.text(x, y, label, type_)
        pen.rule(x + type_.width("签收人") + 3, y + 2, width - type_.width("签收人") - 3, 0.5)


def _draw_cuts(pen: Pen, per_page: int, height: float) -> None:
    """Short marks at both edges where the sheet is cut."""
    for cut in range(1, per_page):
        for x in (0.0, WIDTH - 8 * MM):
            pen.rule(x, cut * height, 8 * MM, 0.5)
