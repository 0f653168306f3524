"""会场入场码: the code of the hall's Wi-Fi beside the code of the vote page, and the three steps drawn, on one sheet to put up."""

import io
from datetime import datetime

from consult_app.documents import archival
from consult_app.documents.fonts import clean, plain_type, require_glyphs
from consult_app.documents.page import HEIGHT, WIDTH
from consult_app.documents.pdf import engine, new_canvas
from consult_app.documents.pen import MM, Pen
from consult_app.documents.room_drawings import Drawing, joining, scanning, voting

KIND = "会场入场码"
SIDE = 72 * MM
"""Side of a code: reads from two metres off."""

EDGE, COLUMN = 22 * MM, 58 * MM
"""From the sides of the sheet, and from step to step."""

STEPS: tuple[tuple[Drawing, str, str, str], ...] = (
    (joining, "一、连上会场 Wi-Fi", "手机提示“无法上网”的，", "选“保持连接”。"),
    (scanning, "二、扫选票上的码", "用微信或相机，", "扫自己选票上的码。"),
    (voting, "三、选好，再确认", "看到回执，", "就是投上了。"),
)
"""A drawing, the step, and two lines on it."""

HINTS = (
    "打不开的，先关掉手机的“移动数据”再扫。",
    "微信提示“非官方网页”的，点“继续访问”，或点右上角“…”选“在浏览器打开”。",
    "扫不了码的，扫上面的码打开投票首页，输入选票上的 8 位代码。",
)
PAPER = "纸质选票同样有效。需要帮助请找工作人员。"


def room_poster(title: str, address: str, network: str, wifi: str, issued: datetime) -> bytes:
    """The sheet as PDF. `wifi` is what the first code holds; without a `network` the vote page's code stands alone."""
    require_glyphs([title, address, network])
    data = io.BytesIO()
    with engine():
        canvas = new_canvas(data, title=KIND, author="", subject=KIND)
        pen = Pen(canvas, HEIGHT)
        _centred(pen, WIDTH / 2, 33 * MM, title, 26, WIDTH - 40 * MM)
        left, right = (WIDTH / 4 + 5 * MM, WIDTH * 3 / 4 - 5 * MM) if network else (WIDTH / 2, WIDTH / 2)
        if network:
            _code(pen, left, wifi, "会场 Wi-Fi", network)
        _code(pen, right, address, "投票首页", address)
        for place, (draw, name, *lines) in enumerate(STEPS):
            centre = WIDTH / 2 + (place - 1) * COLUMN
            draw(pen, centre, 150 * MM)
            _centred(pen, centre, 204 * MM, name, 15, COLUMN - 6 * MM)
            for down, words in enumerate(lines):
                pen.text_center(centre, (212 + 7 * down) * MM, words, plain_type("body", 12.5))
        for down, words in enumerate(HINTS):
            pen.text(EDGE, (236 + 8.5 * down) * MM, words, plain_type("body", 12))
        pen.rule(EDGE, 262 * MM, WIDTH - 2 * EDGE)
        _centred(pen, WIDTH / 2, 274 * MM, PAPER, 17, WIDTH - 50 * MM)
        canvas.showPage()
        canvas.save()
    return archival.archive(data.getvalue(), issued=issued, language="zh-CN")


def _code(pen: Pen, centre: float, text: str, name: str, words: str) -> None:
    _centred(pen, centre, 50 * MM, name, 18, SIDE)
    pen.code(centre - SIDE / 2, 56 * MM, SIDE, text)
    _centred(pen, centre, 138 * MM, words, 14, SIDE + 8 * MM)


def _centred(pen: Pen, centre: float, place: float, text: str, size: float, room: float) -> None:
    """A line in 黑体, made smaller until it has room."""
    words = clean(text)
    width = plain_type("hei", size).width(words)
    pen.text_center(centre, place, words, plain_type("hei", size * min(1.0, room / width)))
