"""Two weeks on a strip: notices and votes as bars, meetings as dots."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from consult_app.kernel.text import short_day
from ui import theme

KINDS = {
    "notice": ("公告期", theme.PINE),
    "vote": ("投票期", "#DDB36F"),
    "result": ("公示期", "#A9CFCA"),
    "meeting": ("会议", theme.CINNABAR),
}
"""Kind -> (word, colour)."""


@dataclass(frozen=True)
class Span:
    """One bar or dot: its kind (notice, vote, result, meeting), days, words, and a key for `chosen`."""

    kind: str
    first: date
    last: date
    words: str
    key: object = None


class CalendarStrip(QWidget):
    """Fourteen days from `first`. `chosen(key)` tells which bar or dot was clicked."""

    chosen = Signal(object)
    days = 14

    def __init__(self) -> None:
        super().__init__()
        self.first, self.today = date(2026, 1, 1), date(2026, 1, 1)
        self.spans: tuple[Span, ...] = ()
        self._lanes: list[list[Span]] = []
        self._places: list[tuple[QRectF, Span]] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_spans(self, today: date, spans: Sequence[Span]) -> None:
        """Show what falls into the two weeks that begin on this week's Monday."""
        self.today, self.first = today, today - timedelta(days=today.weekday())
        last = self.first + timedelta(days=self.days - 1)
        self.spans = tuple(span for span in spans if span.last >= self.first and span.first <= last)
        self._lanes = _lanes([span for span in self.spans if span.kind != "meeting"])
        words = "；".join(f"{KINDS[span.kind][0]} {span.words} {short_day(span.first)}" for span in self.spans)
        self.setAccessibleName(f"两周日程：{words or '没有公告、投票和会议'}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        return QSize(600, round(line * 2.6 + 15 * max(1, min(6, len(self._lanes)))))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line, wide = self.fontMetrics().height(), self.width() / self.days
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.9)
        painter.setFont(small)
        for place in range(self.days):
            day = self.first + timedelta(days=place)
            weekend = day.weekday() >= 5
            painter.setPen(QColor(theme.PINE if day == self.today else theme.GREY if weekend else theme.INK))
            box = QRectF(place * wide, 0, wide, line)
            if day == self.today:
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(theme.PINE_PALE))
                across = line * (3.6 if place == 0 else 2.2)
                painter.drawRoundedRect(QRectF(box.center().x() - across / 2, -1, across, line + 2), line / 2, line / 2)
                painter.setPen(QColor(theme.PINE))
            words = short_day(day) if day.day == 1 or place == 0 else str(day.day)
            if painter.fontMetrics().horizontalAdvance(words) > wide:  # a large font
                words = f"{day.month}/{day.day}"
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
        self._paint_spans(painter, line, wide)
        painter.end()

    def _paint_spans(self, painter: QPainter, line: int, wide: float) -> None:
        self._places.clear()
        painter.setPen(Qt.PenStyle.NoPen)
        for span in self.spans:
            if span.kind == "meeting":
                place = QPointF((span.first - self.first).days * wide + wide / 2, line * 1.55)
                painter.setBrush(QColor(KINDS["meeting"][1]))
                painter.drawEllipse(place, 6, 6)
                self._places.append((QRectF(place.x() - 9, place.y() - 9, 18, 18), span))
        for lane, spans in enumerate(self._lanes[:6]):
            for span in spans:
                start = max(0, (span.first - self.first).days) * wide + 2
                end = min(self.days, (span.last - self.first).days + 1) * wide - 2
                bar = QRectF(start, line * 2.2 + lane * 15, end - start, 9)
                painter.setBrush(QColor(KINDS[span.kind][1]))
                painter.drawRoundedRect(bar, 4, 4)
                self._places.append((bar.adjusted(0, -3, 0, 3), span))

    def span_at(self, point: QPointF) -> Span | None:
        """The bar or dot at a point."""
        return next((span for place, span in self._places if place.contains(point)), None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            span = self.span_at(QPointF(event.pos()))
            words = ""
            if span is not None:
                until = "" if span.first == span.last else f"至 {short_day(span.last)}"
                words = f"{KINDS[span.kind][0]}　{span.words}　{short_day(span.first)}{until}"
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        span = self.span_at(event.position())
        if span is not None and span.key is not None:
            self.chosen.emit(span.key)


class StripLegend(QWidget):
    """What the colours mean."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("图例：" + "、".join(word for word, _ in KINDS.values()))

    def sizeHint(self) -> QSize:
        line = self.fontMetrics().height()
        words = sum(self.fontMetrics().horizontalAdvance(word) for word, _ in KINDS.values())
        return QSize(round(words + len(KINDS) * (line * 0.6 + 22)), round(line * 1.2))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.88)
        painter.setFont(small)
        side, x = self.fontMetrics().height() * 0.6, 0.0
        for kind, (word, colour) in KINDS.items():
            box = QRectF(x, (self.height() - side) / 2, side, side)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colour))
            if kind == "meeting":
                painter.drawEllipse(box)
            else:
                painter.drawRoundedRect(box, 2, 2)
            wide = self.fontMetrics().horizontalAdvance(word)
            painter.setPen(QColor(theme.MUTED))
            painter.drawText(QRectF(x + side + 5, 0, wide + 8, self.height()), Qt.AlignmentFlag.AlignVCenter, word)
            x += side + wide + 22
        painter.end()


def _lanes(spans: Sequence[Span]) -> list[list[Span]]:
    lanes: list[list[Span]] = []
    for span in sorted(spans, key=lambda span: (span.first, span.last)):
        lane = next((lane for lane in lanes if lane[-1].last < span.first), None)
        if lane is None:
            lanes.append([span])
        else:
            lane.append(span)
    return lanes
