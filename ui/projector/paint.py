"""Paint a scene: pure functions from a scene to a picture, the same for the screen and for an image."""

from itertools import accumulate

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from ui import theme
from ui.projector import drawings, scenes
from ui.projector.canvas import CENTRE, LEFT, LINE, RIGHT, SMALLEST, Canvas
from ui.widgets.turnout_bar import Share, paint_bar


def paint(painter: QPainter, place: QRectF, scene: scenes.Scene) -> None:
    """Paint a scene into a rectangle of any shape."""
    canvas = Canvas(painter, place)
    match scene:
        case scenes.Title():
            _title(canvas, scene)
        case scenes.Agenda():
            _agenda(canvas, scene)
        case scenes.Matter():
            _matter(canvas, scene)
        case scenes.HowToVote():
            _how_to_vote(canvas, scene)
        case scenes.Voting():
            _voting(canvas, scene)
        case scenes.Result():
            _result(canvas, scene)
        case scenes.Blank():
            pass


def paint_noted(painter: QPainter, place: QRectF, scene: scenes.Scene, note: str) -> None:
    """Paint a scene with a band under it that says what is wrong at present; no band where there is no note."""
    if not note:
        paint(painter, place, scene)
        return
    band = place.height() * SMALLEST * 1.5
    paint(painter, place.adjusted(0, 0, 0, -band), scene)
    box = QRectF(place.left(), place.bottom() - band, place.width(), band)
    painter.fillRect(box, QColor(theme.CINNABAR))
    font = theme.font(10, True)
    font.setPixelSize(round(place.height() * SMALLEST))
    painter.setFont(font)
    painter.setPen(QColor("#FFFFFF"))
    side = place.width() * 0.05
    words = painter.fontMetrics().elidedText(note, Qt.TextElideMode.ElideRight, int(place.width() - 2 * side))
    painter.drawText(box.adjusted(side, 0, -side, 0), LEFT, words)


def picture(scene: scenes.Scene, size: QSize) -> QImage:
    """A scene as an image of `size` pixels."""
    image = QImage(size, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    paint(painter, QRectF(0, 0, size.width(), size.height()), scene)
    painter.end()
    return image


def _head(canvas: Canvas, body: str, word: str, title: str, right: float = 0.0, over_right: float = 0.0) -> float:
    """Body and word, then the title in one line, two, or three small ones. Returns where it ends.

    `over_right` and `right` pixels are left free beside them.
    """
    inner = canvas.inner
    line = canvas.size(SMALLEST * LINE)
    over = QRectF(inner.left(), inner.top(), inner.width() - over_right, line)
    canvas.line(over, f"{body}　·　{word}" if word else body, SMALLEST, theme.MUTED)
    width = inner.width() - right
    part = canvas.fitting(title, width, 1 / 12, medium=True)
    top = over.bottom() + canvas.size(0.018)
    if part >= 1 / 16:
        box = QRectF(inner.left(), top, width, canvas.size(part * LINE))
        canvas.line(box, title, part, medium=True)
        return box.bottom()
    box = QRectF(inner.left(), top, width, canvas.size(SMALLEST * 4.4))
    return top + canvas.text(box, (title,), 1 / 16, medium=True)


def _title(canvas: Canvas, scene: scenes.Title) -> None:
    inner = canvas.inner
    part = canvas.fitting(scene.title, inner.width(), 1 / 8, medium=True)
    lines = (scene.title,) if part >= 1 / 14 else _halves(scene.title)
    part = (
        part if len(lines) == 1 else min(canvas.fitting(words, inner.width(), 1 / 11, medium=True) for words in lines)
    )
    each = canvas.size(part * 1.4)
    top = canvas.whole.center().y() - each * len(lines) / 2 - canvas.size(0.02)
    over = QRectF(inner.left(), top - canvas.size(0.13), inner.width(), canvas.size(0.08))
    canvas.line(over, scene.body, 0.055, theme.MUTED, CENTRE)
    for place, words in enumerate(lines):
        canvas.line(
            QRectF(inner.left(), top + place * each, inner.width(), each), words, part, align=CENTRE, medium=True
        )
    y = top + each * len(lines) + canvas.size(0.03)
    rule = QRectF(canvas.whole.center().x() - canvas.size(0.06), y, canvas.size(0.12), canvas.size(0.006))
    canvas.painter.fillRect(rule, QColor(theme.CINNABAR))
    canvas.line(
        QRectF(inner.left(), y + canvas.size(0.04), inner.width(), canvas.size(0.08)),
        scene.note,
        0.05,
        theme.MUTED,
        CENTRE,
    )


def _halves(words: str) -> tuple[str, str]:
    """A long title in two lines, at a space or mark near the middle if there is one."""
    middle = len(words) // 2
    for away in range(len(words) // 4):
        for place in (middle + away, middle - away):
            if words[place - 1 : place] in "　 ，、：）》":
                return words[:place].strip("　 "), words[place:].strip("　 ")
    return words[:middle], words[middle:]


def _agenda(canvas: Canvas, scene: scenes.Agenda) -> None:
    top = _head(canvas, scene.body, "议程", scene.title) + canvas.size(0.04)
    field = canvas.inner.adjusted(0, top - canvas.inner.top(), 0, 0)
    lines = _around_now(scene.lines, int(field.height() // canvas.size(SMALLEST * 1.9)))
    if not lines:
        return
    each = min(field.height() / len(lines), canvas.size(0.125))
    part = min(1 / 14, each / canvas.whole.height() * 0.52)
    for place, line in enumerate(lines):
        row = QRectF(field.left(), field.top() + place * each, field.width(), each)
        now = line.state == "now"
        if now:
            canvas.painter.fillRect(row.adjusted(-canvas.size(0.02), 0, canvas.size(0.02), 0), QColor(theme.PINE_PALE))
            canvas.painter.fillRect(
                QRectF(row.left() - canvas.size(0.02), row.top(), canvas.size(0.008), each), QColor(theme.PINE)
            )
        mark = {"done": "✓", "now": "●"}.get(line.state, "○")
        colour = theme.MUTED if line.state == "done" else theme.INK
        canvas.line(row, mark, part, theme.PINE if line.state != "later" else theme.GREY)
        time = canvas.width(line.time, SMALLEST) + canvas.size(0.03) if line.time else 0
        canvas.line(row.adjusted(canvas.size(part * 1.6), 0, -time, 0), line.words, part, colour, medium=now)
        canvas.line(row, line.time, SMALLEST, theme.MUTED, RIGHT)


def _around_now(lines: tuple[scenes.AgendaLine, ...], most: int) -> tuple[scenes.AgendaLine, ...]:
    """The lines that fit, with the present one among them."""
    if len(lines) <= most:
        return lines
    now = next((place for place, line in enumerate(lines) if line.state == "now"), 0)
    first = max(0, min(now - 1, len(lines) - most))
    return lines[first : first + most]


def _matter(canvas: Canvas, scene: scenes.Matter) -> None:
    top = _head(canvas, scene.body, f"议题 {scene.number}" if scene.number else "议题", scene.title) + canvas.size(0.04)
    canvas.text(canvas.inner.adjusted(0, top - canvas.inner.top(), 0, 0), scene.paragraphs, 1 / 15)


def _how_to_vote(canvas: Canvas, scene: scenes.HowToVote) -> None:
    inner = canvas.inner
    over = QRectF(inner.left(), inner.top(), inner.width(), canvas.size(0.09))
    canvas.line(over, "如何投票", 1 / 13, medium=True)
    free = inner.width() - canvas.width("如何投票", 1 / 13, True) - canvas.size(0.06)
    beside = QRectF(inner.right() - free, inner.top(), free, over.height())
    canvas.line(beside, scene.title, SMALLEST, theme.MUTED, RIGHT)
    top = over.bottom() + canvas.size(0.025)
    foot = "　·　".join(part for part in (scene.legal, "不会用手机的请举手，工作人员帮您投") if part)
    foot = f"{scene.genuine}　{foot}" if scene.genuine else foot
    low = canvas.inner.bottom() - canvas.note_height(foot, canvas.inner.width())
    canvas.note(QRectF(canvas.inner.left(), low, canvas.inner.width(), canvas.inner.bottom() - low), foot)
    field = QRectF(canvas.inner.left(), top, canvas.inner.width(), low - top - canvas.size(0.025))
    gap = canvas.size(0.03)
    first = QRectF(field.left(), field.top(), min(field.width() * 0.44, field.height() * 0.95), field.height())
    _first_step(canvas, first, scene)
    rest = field.adjusted(first.width() + gap, 0, 0, 0)
    tall = (rest.height() - gap) / 2
    steps = (
        (drawings.slip, "② 扫自己的选票", "选票只归本人，不要给别人看"),
        (drawings.tick, "③ 核对后确认", "看到“已收到您的投票”才算投完"),
    )
    for place, (draw, words, note) in enumerate(steps):
        card = QRectF(rest.left(), rest.top() + place * (tall + gap), rest.width(), tall)
        drawings.sheet(canvas, card)
        side = min(tall * 0.95, card.width() * 0.28)
        draw(canvas, QRectF(card.left() + gap * 0.7, card.top(), side, tall))
        beside = card.adjusted(side + gap * 1.4, 0, -gap * 0.6, 0)
        line = canvas.size(SMALLEST * 1.5)
        height = line * 1.15 + canvas.note_height(note, beside.width())
        start = card.center().y() - height / 2
        canvas.line(QRectF(beside.left(), start, beside.width(), line), words, 1 / 16, medium=True)
        canvas.note(QRectF(beside.left(), start + line * 1.15, beside.width(), tall), note)


def _first_step(canvas: Canvas, card: QRectF, scene: scenes.HowToVote) -> None:
    drawings.sheet(canvas, card)
    line, gap = canvas.size(SMALLEST * 1.5), canvas.size(0.02)
    inside = card.adjusted(gap, gap, -gap, -gap)
    drawing = inside.adjusted(0, -gap * 0.5, 0, -2.1 * line)
    if scene.code is not None:
        canvas.code(drawing, scene.code)
    else:
        drawings.phone(canvas, drawing)
    words = "① 连接会场网络" if scene.network else "① 打开手机扫一扫"
    under = QRectF(inside.left(), drawing.bottom(), inside.width(), line * 1.1)
    canvas.line(under, words, 1 / 18, align=CENTRE, medium=True)
    canvas.line(under.translated(0, line * 1.1), scene.network or "微信、浏览器都可以", SMALLEST, theme.MUTED, CENTRE)


def _voting(canvas: Canvas, scene: scenes.Voting) -> None:
    inner = canvas.inner
    clock = canvas.width(scene.remaining, 1 / 15, True) + canvas.size(0.04) if scene.remaining else 0.0
    over = canvas.size((1 / 15 - SMALLEST) * LINE / 2)  # larger than the line it stands in, on the same middle
    beside = QRectF(inner.left(), inner.top() - over, inner.width(), canvas.size(1 / 15 * LINE))
    canvas.line(beside, scene.remaining, 1 / 15, theme.INK, RIGHT, True)
    top = _head(canvas, scene.body, "投票中", scene.title, over_right=clock) + canvas.size(0.035)
    has_side = scene.code is not None or bool(scene.network)
    side = max(inner.height() * 0.48, inner.width() * 0.22) if has_side else 0.0
    width = inner.width() - (side + canvas.size(0.06) if has_side else 0)
    least = sum(_least(canvas, share, width) for share in scene.shares) + canvas.size(0.02)
    notes = _with_room(canvas, scene.notes, width, inner.bottom() - top - least)
    low = inner.bottom() - sum(canvas.note_height(note, width) for note in notes)
    _shares(canvas, QRectF(inner.left(), top, width, low - top - canvas.size(0.02)), scene.shares)
    for note in notes:
        low = canvas.note(QRectF(inner.left(), low, width, inner.height()), note)
    if has_side:
        _side(canvas, QRectF(inner.right() - side, top, side, inner.bottom() - top), scene)


def _with_room(canvas: Canvas, notes: tuple[str, ...], width: float, room: float) -> tuple[str, ...]:
    """As many of the notes, from the first, as fit a height in pixels."""
    ends = list(accumulate(canvas.note_height(note, width) for note in notes))
    return notes[: sum(1 for end in ends if end <= room)]


def _side(canvas: Canvas, box: QRectF, scene: scenes.Voting) -> None:
    line = canvas.size(SMALLEST * 1.5)
    square = QRectF(box.left(), box.top(), box.width(), min(box.width(), box.height() - 3.4 * line))
    if scene.code is not None:
        canvas.code(square, scene.code)
    else:
        drawings.phone(canvas, square)
    words = (
        ("① 连接会场网络", SMALLEST, False),
        (scene.network, 1 / 18, True),
        ("② 扫自己选票上的码", SMALLEST, False),
    )
    y = square.bottom() + line * 0.2
    for text, part, medium in words:
        canvas.line(
            QRectF(box.left() - line * 0.5, y, box.width() + line, line), text, part, align=CENTRE, medium=medium
        )
        y += line * 1.04


def _shares(canvas: Canvas, field: QRectF, shares: tuple[Share, ...]) -> None:
    """Bars one under the other, with figures as large as there is room for, at most 1/6 of the height."""
    each = min(field.height() / max(1, len(shares)), canvas.size(0.36))
    for place, share in enumerate(shares):
        _share(canvas, QRectF(field.left(), field.top() + place * each, field.width(), each), share)


def _least(canvas: Canvas, share: Share, width: float) -> float:
    """The least height of a bar and its words, in pixels: one line over it, two where the verdict has to go under it."""
    beside = canvas.width(f"{share.name}{share.figures}{share.verdict}", SMALLEST) + canvas.size(0.075)
    return canvas.size(SMALLEST * LINE * (1.9 if beside <= width else 2.8))


def _share(canvas: Canvas, box: QRectF, share: Share) -> None:
    """Name, figures and verdict over a bar; in a narrow box the verdict goes under it."""
    wished = min(1 / 6, box.height() / canvas.whole.height() * 0.42)
    label = max(SMALLEST, min(1 / 17, wished * 0.75))
    name = canvas.width(share.name, label) + canvas.size(0.035)
    verdict = canvas.width(share.verdict, label) + canvas.size(0.03)
    part = canvas.fitting(share.figures, box.width() - name - verdict, wished)
    under = part < wished * 0.7 and box.height() > canvas.size(SMALLEST * LINE * 2.7)
    if under:
        part, verdict = canvas.fitting(share.figures, box.width() - name, wished * 0.8), 0.0
    row = QRectF(box.left(), box.top(), box.width(), canvas.size(max(part, label) * LINE))
    canvas.line(row, share.name, label)
    canvas.line(row.adjusted(name, 0, -verdict, 0), share.figures, part)
    bar = QRectF(box.left(), row.bottom(), box.width(), min(box.height() * 0.27, canvas.size(0.065)))
    paint_bar(canvas.painter, bar, share, canvas.size(0.006))
    if under:
        row = QRectF(box.left(), bar.bottom(), box.width(), canvas.size(label * LINE))
    canvas.line(row, share.verdict, label, theme.PINE if share.reached else theme.AMBER, RIGHT)


def _result(canvas: Canvas, scene: scenes.Result) -> None:
    inner = canvas.inner
    colour = theme.PINE if scene.passed else theme.CINNABAR if scene.passed is False else theme.AMBER
    word = canvas.fitting(scene.verdict, inner.width() * 0.4, 1 / 11, True)
    wide = canvas.width(scene.verdict, word, True) + canvas.size(0.09)
    stamp = QRectF(inner.right() - wide, inner.top() + canvas.size(SMALLEST * 1.35 + 0.012), wide, canvas.size(0.13))
    canvas.painter.setPen(QPen(QColor(colour), canvas.size(0.006)))
    canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
    canvas.painter.drawRoundedRect(stamp, canvas.size(0.012), canvas.size(0.012))
    canvas.line(stamp, scene.verdict, word, colour, CENTRE, True)
    top = max(
        _head(canvas, scene.body, "表决结果", scene.title, wide + canvas.size(0.04)), stamp.bottom()
    ) + canvas.size(0.025)
    notes = [note for note in (scene.waiting, scene.counts, scene.citation) if note]
    if scene.counts and scene.citation:
        joined = f"{scene.counts}　·　{scene.citation}"
        if canvas.width(joined, SMALLEST) <= inner.width():
            notes = [note for note in (scene.waiting, joined) if note]
    line = canvas.size(SMALLEST * 1.5)
    low = inner.bottom() - line * len(notes)
    _shares(canvas, QRectF(inner.left(), top, inner.width(), low - top - canvas.size(0.01)), scene.shares)
    for place, note in enumerate(notes):
        waiting = note == scene.waiting
        canvas.line(
            QRectF(inner.left(), low + place * line, inner.width(), line),
            note,
            SMALLEST,
            theme.AMBER if waiting else theme.MUTED,
            LEFT,
        )
