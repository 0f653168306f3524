"""监票人密钥卡: a cover sheet with the procedure, lost cards included, and three cards. Printed from memory, kept nowhere."""

import io
from collections.abc import Callable, Sequence
from datetime import datetime

from reportlab.pdfgen.canvas import Canvas

from consult_app.documents.choices import fit
from consult_app.documents.fonts import clean, plain_type, require_glyphs
from consult_app.documents.page import HEIGHT, WIDTH
from consult_app.documents.pdf import engine, new_canvas
from consult_app.documents.pen import MM, Pen
from consult_app.documents.wording import say
from consult_app.kernel.text import moment_words
from consult_app.voting.box_keys import KeyCards
from consult_app.voting.facts import MotionFacts

TITLE = "监票人密钥卡"
_EDGE = 20 * MM
_ROOM = WIDTH - 2 * _EDGE
_CARD = HEIGHT / 3


def key_cards_pdf(motion: MotionFacts, cards: KeyCards, now: datetime) -> bytes:
    """What the printer gets: a cover sheet, and a page of three cards to be cut apart, as they were made now.

    Refuses (`MissingGlyphs`).
    """

    def draw(canvas: Canvas) -> None:
        _draw_cover(Pen(canvas, HEIGHT), motion, moment_words(now), say("sheets.cards_printed"))
        canvas.showPage()
        pen = Pen(canvas, HEIGHT)
        for number, code in enumerate(cards.codes, start=1):
            _draw_card(pen, motion, number, code, (number - 1) * _CARD)
        for cut in (1, 2):
            pen.rule(0, cut * _CARD, WIDTH, 0.5, dash=True)
        canvas.showPage()

    return _pdf(motion, draw)


def key_card_files(motion: MotionFacts, cards: KeyCards, now: datetime) -> tuple[bytes, ...]:
    """The same as four files where there is no printer: the cover sheet, and each card alone. Refuses (`MissingGlyphs`)."""

    def cover(canvas: Canvas) -> None:
        _draw_cover(Pen(canvas, HEIGHT), motion, moment_words(now), say("sheets.cards_filed"))
        canvas.showPage()

    def card(number: int, code: str) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            _draw_card(Pen(canvas, HEIGHT), motion, number, code, 0)
            canvas.showPage()

        return draw

    return tuple(_pdf(motion, draw) for draw in (cover, *(card(*each) for each in enumerate(cards.codes, start=1))))


def _pdf(motion: MotionFacts, draw: Callable[[Canvas], None]) -> bytes:
    require_glyphs([motion.title, motion.body_name, *_procedure()])
    data = io.BytesIO()
    with engine():
        canvas = new_canvas(data, title=f"{TITLE} {clean(motion.title)}", author=clean(motion.body_name), subject=TITLE)
        draw(canvas)
        canvas.save()
    return data.getvalue()


def _draw_cover(pen: Pen, motion: MotionFacts, made: str, kept: str) -> None:
    y = 26 * MM
    pen.text_center(WIDTH / 2, y, f"{TITLE}交接单", plain_type("title", 22))
    y += 12 * MM
    for name, value in (("表决事项", motion.title), ("议事主体", motion.body_name), ("制卡时间", made)):
        y = _paragraph(pen, y, f"{name}：{value}", 12, "body")
    y += 3 * MM
    for part in _procedure():
        head, _, rest = part.partition("\n")
        y = _paragraph(pen, y + 3 * MM, head, 13, "hei")
        for paragraph in rest.splitlines():
            y = _paragraph(pen, y, paragraph, 12, "body")
    _draw_receipts(pen, max(y + 8 * MM, HEIGHT - 84 * MM), kept)


def _procedure() -> tuple[str, ...]:
    """The parts of the cover sheet, each with its heading in the first line."""
    return say("sheets.cards_use"), say("sheets.cards_lost"), say("sheets.cards_two_lost"), say("sheets.cards_limit")


def _paragraph(pen: Pen, y: float, text: str, size: float, face: str) -> float:
    """A paragraph; where the next one begins."""
    lines, type_ = fit(text, _ROOM, [size], 30, face)
    for line in lines:
        y += size * 1.6
        pen.line(_EDGE, y, line, type_, None)
    return y


def _draw_receipts(pen: Pen, top: float, kept: str) -> None:
    """Who took which card, to be signed, and what the program has `kept` of them, as far as it knows itself."""
    widths, line = (0.12, 0.28, 0.34, 0.26), 11 * MM
    names = ("卡号", "监票人姓名", "签名（已当面收卡）", "日期")
    rows: Sequence[Sequence[str]] = (names, *((f"第 {n} 号", "", "", "") for n in (1, 2, 3)))
    for number, row in enumerate(rows):
        x = _EDGE
        for share, words in zip(widths, row, strict=True):
            pen.box(x, top + number * line, share * _ROOM, line, line=0.5)
            face = plain_type("hei" if number == 0 else "body", 11)
            pen.text_center(x + share * _ROOM / 2, top + number * line + 7 * MM, words, face)
            x += share * _ROOM
    _paragraph(pen, top + 4 * line + 2 * MM, kept, 10, "body")


def _draw_card(pen: Pen, motion: MotionFacts, number: int, code: str, top: float) -> None:
    side = 42 * MM
    x = _EDGE + side + 10 * MM
    room = WIDTH - _EDGE - x
    pen.code(_EDGE, top + 24 * MM, side, code)
    pen.text(_EDGE, top + 16 * MM, f"{TITLE}　第 {number} 号（共 3 张，凭 2 张开封）", plain_type("hei", 15))
    lines, type_ = fit(motion.title, room, [14, 12, 11], 2)
    y = top + 24 * MM
    for line in lines[:3]:
        y += type_.size * 1.3
        pen.line(x, y, line, type_, None)
    groups = [code[start : start + 4] for start in range(0, len(code), 4)]
    y += 4 * MM
    for half in (groups[:4], groups[4:]):
        y += 9 * MM
        for place, group in enumerate(half):
            pen.text(x + place * room / 4, y, group, plain_type("hei", 18))
    pen.text(x, y + 8 * MM, "没有字母 I、L、O、U；1、0 是数字。", plain_type("body", 9.5))
    sign = top + _CARD - 15 * MM
    words = plain_type("body", 11)
    pen.text(_EDGE, sign, "监票人：", words)
    pen.rule(_EDGE + 16 * MM, sign + 2, 45 * MM, 0.5)
    small, small_type = fit(say("sheets.cards_keep"), WIDTH - 2 * _EDGE - 68 * MM, [10], 2, "body")
    for index, line in enumerate(small):
        pen.line(_EDGE + 68 * MM, sign - 5 + index * 14, line, small_type, None)
