"""Filled ballots: what a voter chose by phone, printed to be checked and signed (qr_legal_mode `assisted`)."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from consult_app.documents.choices import OPTIONS, ItemRow, boxes, draw_boxes, draw_item, fit, grouped, item_rows
from consult_app.documents.fonts import Type, clean, plain_type, require_glyphs
from consult_app.documents.page import HEIGHT, WIDTH
from consult_app.documents.pdf import engine, new_canvas
from consult_app.documents.pen import MM, Pen
from consult_app.documents.typeset import Line

_EDGE, _TOP, _GAP = 15 * MM, 12 * MM, 6 * MM
_CODE = 22 * MM
_TEXT = WIDTH - 2 * _EDGE - _CODE - 14 * MM
_SIZE = 11.0


@dataclass(frozen=True)
class FilledBallot:
    """One voter's choices: one word of the options an item, empty where nothing was chosen.

    `code` is read aloud, typed, or scanned from `scan` (upper case) to tick the ballot off as signed.
    """

    code: str
    scan: str
    serial: str
    voter: str
    choices: tuple[str, ...]
    room: str = ""
    area: str = ""
    cast_at: str = ""


@dataclass(frozen=True)
class BallotSheet:
    """What all filled ballots of one vote share, in words."""

    body: str
    matter: str
    items: tuple[str, ...]
    options: tuple[str, ...] = OPTIONS
    signature: str = "业主签名"
    weight: str = "本票由本人在手机上填写，核对无误后签名，签名后计入表决。"
    kind: str = "表决票"
    terms: tuple[str, ...] = ()


def ballots_pdf(ballots: Sequence[FilledBallot], sheet: BallotSheet) -> bytes:
    """The filled ballots as PDF, several a page, each kept whole, in the order given.

    Refuses (`MissingGlyphs`). The same arguments give the same bytes.
    """
    require_glyphs(_texts(ballots, sheet))
    height = _height(sheet)
    per_page = max(1, int((HEIGHT - 2 * _TOP + _GAP) / (height + _GAP)))
    data = io.BytesIO()
    with engine():
        title = f"{clean(sheet.matter)} {sheet.kind}（待签名）"
        canvas = new_canvas(data, title=title, author=clean(sheet.body), subject=sheet.kind)
        pages = max(1, -(-len(ballots) // per_page))
        for page in range(pages):
            pen = Pen(canvas, HEIGHT)
            for place, ballot in enumerate(ballots[page * per_page : (page + 1) * per_page]):
                _draw_ballot(pen, ballot, sheet, _TOP + place * (height + _GAP), height)
            foot = plain_type("body", 8)
            pen.text_center(WIDTH / 2, HEIGHT - 7 * MM, f"第 {page + 1} 页，共 {pages} 页", foot)
            canvas.showPage()
        canvas.save()
    return data.getvalue()


def _texts(ballots: Sequence[FilledBallot], sheet: BallotSheet) -> list[str]:
    own = [
        text
        for ballot in ballots
        for text in (ballot.code, ballot.serial, ballot.voter, ballot.room, ballot.area, ballot.cast_at)
    ]  # fmt: skip
    shared = [sheet.body, sheet.matter, sheet.signature, sheet.weight, sheet.kind]
    return [*own, *shared, *sheet.terms, *sheet.items, *sheet.options]


def _height(sheet: BallotSheet) -> float:
    terms = sum(len(lines) * type_.size * 1.35 for lines, type_ in _terms(sheet))
    return 41 * MM + sum(row.height for row in _rows(sheet)) + len(_matter(sheet)[0]) * 19 + terms


def _rows(sheet: BallotSheet) -> list[ItemRow]:
    how = boxes(_SIZE, sheet.options)
    return item_rows(sheet.items, _TEXT - how.width(sheet.options) - 2 * MM, _SIZE, how.side + 3 * MM)


def _terms(sheet: BallotSheet) -> list[tuple[list[Line], Type]]:
    return [fit(term, WIDTH - 2 * _EDGE - 10 * MM, [8.5], 9, "body") for term in sheet.terms]


def _matter(sheet: BallotSheet) -> tuple[list[Line], Type]:
    return fit(sheet.matter, _TEXT, [15, 13, 12], 2)


def _draw_ballot(pen: Pen, ballot: FilledBallot, sheet: BallotSheet, top: float, height: float) -> None:
    pen.box(_EDGE, top, WIDTH - 2 * _EDGE, height, line=0.6)
    x, right = _EDGE + 5 * MM, WIDTH - _EDGE - 5 * MM
    plain = plain_type("body", 10.5)
    head, head_type = fit(f"{sheet.body}　{sheet.kind}", _TEXT, [10.5, 9.5, 8.5, 7.5], 1, "body")
    pen.line(x, top + 7.5 * MM, head[0], head_type, None)
    lines, title = _matter(sheet)
    y = top + 10 * MM
    for line in lines:
        y += 19
        pen.line(x, y - 4, line, title, None)
    _draw_code(pen, ballot, right - _CODE, top)
    y += 2 * MM
    how = boxes(_SIZE, sheet.options)
    for row, choice in zip(_rows(sheet), ballot.choices, strict=True):
        draw_item(pen, x, y, row)
        place = y + (row.height - how.side) / 2
        draw_boxes(pen, x + _TEXT - how.width(sheet.options), place, sheet.options, how, choice)
        y += row.height
    y += 7 * MM
    facts = [ballot.voter, f"房号 {ballot.room}" if ballot.room else "", f"面积 {ballot.area}" if ballot.area else "",
             f"手机填写 {ballot.cast_at}" if ballot.cast_at else ""]  # fmt: skip
    words, fact_type = fit("　".join(fact for fact in facts if fact), right - x, [10.5, 9.5, 8.5, 7.5], 1, "body")
    pen.line(x, y, words[0], fact_type, None)
    y += 10 * MM
    label, date = clean(sheet.signature), "　　年　　月　　日"
    pen.text(x, y, label, plain)
    pen.rule(x + plain.width(label) + 3, y + 2, 60 * MM, 0.5)
    pen.text(x + plain.width(label) + 3 + 64 * MM, y, date, plain)
    note, note_type = fit(sheet.weight, right - x, [8.5, 7.5], 1, "body")
    pen.line(x, y + 6 * MM, note[0], note_type, None)
    y += 6 * MM
    for lines, type_ in _terms(sheet):
        for line in lines:
            y += type_.size * 1.35
            pen.line(x, y, line, type_, None)


def _draw_code(pen: Pen, ballot: FilledBallot, x: float, top: float) -> None:
    pen.code(x, top + 4 * MM, _CODE, ballot.scan)
    words, type_ = fit(grouped(ballot.code), _CODE + 6 * MM, [11, 10, 9, 8, 7], 1)
    pen.text_center(x + _CODE / 2, top + 4 * MM + _CODE + 5 * MM, words[0].text, type_)
    pen.text_center(x + _CODE / 2, top + 4 * MM + _CODE + 9.5 * MM, f"№ {ballot.serial}", plain_type("body", 9))
