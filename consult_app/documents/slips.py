"""Voting slips: A4, four or three a page, to be cut apart; code, matter, boxes, signature, and a part to fold or tear off."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reportlab.pdfgen.canvas import Canvas

from consult_app.documents.choices import Boxes, ItemRow, boxes, draw_boxes, draw_item, fit, grouped, item_rows
from consult_app.documents.fonts import Type, clean, plain_type, require_glyphs, type_within
from consult_app.documents.page import HEIGHT, WIDTH
from consult_app.documents.pdf import engine, new_canvas
from consult_app.documents.pen import MM, Pen
from consult_app.documents.slip_fold import Room, draw_fold
from consult_app.documents.slip_words import SlipFace, SlipSheet
from consult_app.documents.typeset import Line
from consult_app.kernel.errors import Refused

_EDGE, _INSET, _PAD = 10 * MM, 5 * MM, 4 * MM  # from the sides of the sheet, from the cut, beside a column
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
    fold = Room(WIDTH - _EDGE - columns.right + 3 * MM, _INSET, columns.right - 6 * MM, plan.height - 2 * _INSET)
    draw_fold(pen, slip, sheet, fold, columns.scale)
    canvas.restoreState()


def _shrunk(pen: Pen, centre: float, place: float, text: str, room: float, size: float) -> None:
    """A text in 黑体 centred on one line, smaller where it would be wider than its room."""
    words = clean(text)
    pen.text_center(centre, place, words, type_within("hei", size, words, room))


def _draw_cuts(pen: Pen, per_page: int, height: float) -> None:
    """Short marks at both edges where the sheet is cut."""
    for cut in range(1, per_page):
        for x in (0.0, WIDTH - 8 * MM):
            pen.rule(x, cut * height, 8 * MM, 0.5)
