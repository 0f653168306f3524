"""Small drawings of the scenes: a phone, a slip, a tick."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from ui import theme
from ui.projector.canvas import Canvas


def sheet(canvas: Canvas, box: QRectF) -> None:
    """A white sheet with a thin frame."""
    canvas.painter.setPen(QPen(QColor(theme.LINE), 2))
    canvas.painter.setBrush(QColor("white"))
    canvas.painter.drawRoundedRect(box, canvas.size(0.012), canvas.size(0.012))


def phone(canvas: Canvas, box: QRectF) -> None:
    """A phone that scans."""
    tall = min(box.height() * 0.86, box.width() * 1.3)
    body = QRectF(0, 0, tall * 0.54, tall)
    body.moveCenter(box.center())
    canvas.painter.setPen(QPen(QColor(theme.INK), canvas.size(0.006)))
    canvas.painter.setBrush(Qt.BrushStyle.NoBrush)
    canvas.painter.drawRoundedRect(body, tall * 0.07, tall * 0.07)
    frame = body.adjusted(tall * 0.1, tall * 0.26, -tall * 0.1, -tall * 0.4)
    _corners(canvas, frame)


def slip(canvas: Canvas, box: QRectF) -> None:
    """A voting slip with its code; the code means nothing."""
    wide = min(box.width() * 0.92, box.height() * 1.5)
    paper = QRectF(0, 0, wide, wide * 0.6)
    paper.moveCenter(box.center())
    painter = canvas.painter
    painter.setPen(QPen(QColor(theme.INK), canvas.size(0.004), Qt.PenStyle.DashLine))
    painter.setBrush(QColor("#FFFEFB"))
    painter.drawRect(paper)
    code = QRectF(paper.left() + wide * 0.06, paper.top() + wide * 0.09, wide * 0.34, wide * 0.34)
    painter.setPen(Qt.PenStyle.NoPen)
    for y in range(9):
        for x in range(9):
            corner = (x < 3 and y < 3) or (x > 5 and y < 3) or (x < 3 and y > 5)
            if (corner and not (x % 6 == 1 and y % 6 == 1)) or (not corner and (x * 5 + y * 3 + x * y) % 4 < 2):
                painter.fillRect(
                    QRectF(
                        code.left() + x * code.width() / 9,
                        code.top() + y * code.height() / 9,
                        code.width() / 9 + 0.5,
                        code.height() / 9 + 0.5,
                    ),
                    QColor(theme.INK),
                )
    painter.setPen(QPen(QColor(theme.EDGE), canvas.size(0.008), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    for place, part in enumerate((0.42, 0.36, 0.4, 0.26)):
        level = code.top() + wide * (0.03 + 0.095 * place)
        painter.drawLine(
            QPointF(code.right() + wide * 0.08, level), QPointF(code.right() + wide * (0.08 + part), level)
        )
    _corners(canvas, code.adjusted(-wide * 0.03, -wide * 0.03, wide * 0.03, wide * 0.03))


def tick(canvas: Canvas, box: QRectF) -> None:
    """A large ✓ on a disc."""
    side = min(box.width(), box.height()) * 0.62
    disc = QRectF(0, 0, side, side)
    disc.moveCenter(box.center())
    canvas.painter.setPen(Qt.PenStyle.NoPen)
    canvas.painter.setBrush(QColor(theme.PINE))
    canvas.painter.drawEllipse(disc)
    canvas.painter.setPen(
        QPen(QColor("white"), side * 0.09, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    )
    x, y = disc.left(), disc.top()
    canvas.painter.drawPolyline(
        [
            QPointF(x + side * 0.28, y + side * 0.53),
            QPointF(x + side * 0.44, y + side * 0.69),
            QPointF(x + side * 0.73, y + side * 0.35),
        ]
    )


def _corners(canvas: Canvas, box: QRectF) -> None:
    canvas.painter.setPen(QPen(QColor(theme.PINE), canvas.size(0.007), Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    arm = box.width() * 0.22
    for corner, right, down in (
        (box.topLeft(), 1, 1),
        (box.topRight(), -1, 1),
        (box.bottomLeft(), 1, -1),
        (box.bottomRight(), -1, -1),
    ):
        canvas.painter.drawLine(corner, QPointF(corner.x() + right * arm, corner.y()))
        canvas.painter.drawLine(corner, QPointF(corner.x(), corner.y() + down * arm))
