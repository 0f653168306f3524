"""链头单: one page with the chain's head for the scrutineers to sign and keep; turnout, never a choice."""

import io
from dataclasses import dataclass
from datetime import datetime

from consult_app.audit.heads import PrintedHead
from consult_app.documents import archival
from consult_app.documents.choices import fit
from consult_app.documents.fonts import clean, plain_type, require_glyphs
from consult_app.documents.page import HEIGHT, WIDTH
from consult_app.documents.pdf import engine, new_canvas
from consult_app.documents.pen import MM, Pen
from consult_app.documents.wording import say
from consult_app.kernel.text import moment_words
from consult_app.storage.store import Actor, Store
from consult_app.voting import queries
from consult_app.voting.facts import MotionFacts
from consult_app.voting.head_printing import print_head
from consult_app.voting.tallies import Turnout

KIND = "链头单"
EDGE = 25 * MM
ROOM = WIDTH - 2 * EDGE
SIDE = 46 * MM


@dataclass(frozen=True)
class HeadSheet:
    """A printed head and the bytes of its page."""

    head: PrintedHead
    content: bytes


def head_sheet(store: Store, actor: Actor, motion_id: int) -> HeadSheet:
    """Put on record that the head is printed and give its page as PDF. Refused unless the vote is open."""
    head = store.do(actor, print_head, motion_id)
    motion, turnout = store.ask(queries.motion, motion_id), store.ask(queries.turnout, motion_id)
    return HeadSheet(head, head_page(motion, turnout, head, store.now()))


def head_page(motion: MotionFacts, turnout: Turnout, head: PrintedHead, now: datetime) -> bytes:
    """The page as PDF."""
    require_glyphs([motion.title, motion.body_name])
    data = io.BytesIO()
    with engine():
        canvas = new_canvas(data, title=f"{KIND} {clean(motion.title)}", author=clean(motion.body_name), subject=KIND)
        pen = Pen(canvas, HEIGHT)
        pen.text_center(WIDTH / 2, 34 * MM, KIND, plain_type("title", 26))
        y = _facts(pen, 46 * MM, motion, turnout, head, now)
        y = _digest(pen, y + 12 * MM, head)
        y = _paragraph(pen, y + 10 * MM, say("sheets.head_note"), 12, "body")
        _signatures(pen, max(y + 18 * MM, 226 * MM))
        canvas.showPage()
        canvas.save()
    return archival.archive(data.getvalue(), issued=now, language="zh-CN")


def _facts(pen: Pen, y: float, motion: MotionFacts, turnout: Turnout, head: PrintedHead, now: datetime) -> float:
    rows = (
        ("表决事项", motion.title),
        ("议事主体", motion.body_name),
        ("打印时间", moment_words(now)),
        ("参加表决", _turnout(motion, turnout)),
        ("存证链", f"第 {head.seq:,} 条"),
    )
    name = plain_type("hei", 13)
    for label, words in rows:
        lines, type_ = fit(words, ROOM - 28 * MM, [14], 2, "body")
        pen.text(EDGE, y + 9 * MM, label, name)
        for line in lines:
            y += 9 * MM
            pen.line(EDGE + 28 * MM, y, line, type_, None)
        pen.rule(EDGE, y + 3.2 * MM, ROOM, 0.4)
        y += 2 * MM
    return y


def _turnout(motion: MotionFacts, turnout: Turnout) -> str:
    whole = f"应参加 {turnout.eligible.heads:,} 人"
    if motion.seats:  # its papers lie in the box uncounted
        return f"{whole}，纸质选票结束投票后清点"
    return f"{turnout.participating.heads:,} 人，{whole}"


def _digest(pen: Pen, y: float, head: PrintedHead) -> float:
    """The whole digest in sixteen groups of four, beside its code."""
    pen.text(EDGE, y, "校验值", plain_type("hei", 13))
    groups = [head.digest[start : start + 4].upper() for start in range(0, 64, 4)]
    type_, step = plain_type("hei", 19), (ROOM - SIDE - 8 * MM) / 4
    for place, group in enumerate(groups):
        pen.text(EDGE + place % 4 * step, y + (13 + 11 * (place // 4)) * MM, group, type_)
    pen.code(EDGE + ROOM - SIDE, y, SIDE, head.code)
    return y + SIDE


def _paragraph(pen: Pen, y: float, text: str, size: float, face: str) -> float:
    for part in text.splitlines():
        lines, type_ = fit(part, ROOM, [size], 30, face)
        for line in lines:
            y += size * 1.7
            pen.line(EDGE, y, line, type_, None)
    return y


def _signatures(pen: Pen, y: float) -> None:
    """Room for two scrutineers, each with the time."""
    type_, half = plain_type("body", 13), ROOM / 2
    for number in (0, 1):
        x = EDGE + number * half
        pen.text(x, y, "监票人", type_)
        pen.rule(x + 16 * MM, y + 1 * MM, half - 24 * MM, 0.6)
        pen.text(x, y + 14 * MM, "时　间", type_)
        pen.rule(x + 16 * MM, y + 15 * MM, half - 24 * MM, 0.6)
