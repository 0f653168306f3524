"""会场入场码: the code of the hall's Wi-Fi beside the code of the vote page, on one sheet to put up."""

import io
from datetime import datetime

from consult_app.documents import archival
from consult_app.documents.fonts import clean, plain_type, require_glyphs
from consult_app.documents.page import HEIGHT, WIDTH
from consult_app.documents.pdf import engine, new_canvas
from consult_app.documents.pen import MM, Pen

KIND = "会场入场码"
SIDE = 72 * MM
"""Side of a code: reads from two metres off."""

STEPS = (
    "一、连上会场的 Wi-Fi；手机提示“无法上网”的，选择保持连接。",
    "二、扫自己选票上的码，选好以后再确认一次。",
    "三、扫不了码的，扫右边的码打开首页，输入选票上的 8 位代码。",
)
PAPER = "纸质选票同样有效。需要帮助请找工作人员。"


def room_poster(title: str, address: str, network: str, wifi: str, issued: datetime) -> bytes:
    """The sheet as PDF. `wifi` is what the first code holds; without a `network` the vote page's code stands alone."""
    require_glyphs([title, address, network])
    data = io.BytesIO()
    with engine():
        canvas = new_canvas(data, title=KIND, author="", subject=KIND)
        pen = Pen(canvas, HEIGHT)
        _centred(pen, WIDTH / 2, 45 * MM, title, 26, WIDTH - 40 * MM)
        left, right = (WIDTH / 4 + 5 * MM, WIDTH * 3 / 4 - 5 * MM) if network else (WIDTH / 2, WIDTH / 2)
        if network:
            _code(pen, left, wifi, "会场 Wi-Fi", network)
        _code(pen, right, address, "投票首页", address)
        for number, words in enumerate(STEPS):
            pen.text(25 * MM, (196 + 13 * number) * MM, words, plain_type("body", 15))
        pen.rule(25 * MM, 240 * MM, WIDTH - 50 * MM)
        _centred(pen, WIDTH / 2, 253 * MM, PAPER, 17, WIDTH - 50 * MM)
        canvas.showPage()
        canvas.save()
    return archival.archive(data.getvalue(), issued=issued, language="zh-CN")


def _code(pen: Pen, centre: float, text: str, name: str, words: str) -> None:
    _centred(pen, centre, 75 * MM, name, 20, SIDE)
    pen.code(centre - SIDE / 2, 84 * MM, SIDE, text)
    _centred(pen, centre, 170 * MM, words, 14, SIDE + 8 * MM)


def _centred(pen: Pen, centre: float, place: float, text: str, size: float, room: float) -> None:
    """A line in 黑体, made smaller until it has room."""
    words = clean(text)
    width = plain_type("hei", size).width(words)
    pen.text_center(centre, place, words, plain_type("hei", size * min(1.0, room / width)))
