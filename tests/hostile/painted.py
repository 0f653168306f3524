"""What a widget or a scene writes when it is painted: a device that keeps words and forgets all else.

Qt takes a label's text for markup where it looks like it. Whatever was taken for a tag is then not among the words.
"""

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QPaintDevice, QPaintEngine, QPaintEngineState, QPainter, QPainterPath, QTextItem
from PySide6.QtWidgets import QWidget

from ui.projector import scenes
from ui.projector.paint import paint

Metric = QPaintDevice.PaintDeviceMetric


class _Engine(QPaintEngine):
    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.words: list[str] = []

    def begin(self, pdev: QPaintDevice) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def drawTextItem(self, p: QPointF | QPoint | QPainterPath.Element, textItem: QTextItem) -> None:
        self.words.append(textItem.text())

    def updateState(self, state: QPaintEngineState) -> None:
        """Fonts and colours say nothing here."""


for _shape in ("Ellipse", "Image", "Lines", "Path", "Pixmap", "Points", "Polygon", "Rects", "TiledPixmap"):
    setattr(_Engine, f"draw{_shape}", lambda *_: None)


class _Paper(QPaintDevice):
    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.engine = _Engine()
        self.metrics = {Metric.PdmWidth: width, Metric.PdmHeight: height, Metric.PdmDepth: 32, Metric.PdmNumColors: 1 << 24,
                        Metric.PdmDevicePixelRatio: 1, Metric.PdmDevicePixelRatioScaled: 1 << 16}  # fmt: skip

    def paintEngine(self) -> QPaintEngine:
        return self.engine

    def metric(self, metric: Metric) -> int:
        return self.metrics.get(metric, 96)


def words_of(shown: QWidget | scenes.Scene, width: int = 1920, height: int = 1080) -> str:
    """All that is written on a widget as it stands, or on a scene of so many pixels, in the order of painting."""
    paper = _Paper(width, height)
    painter = QPainter(paper)
    if isinstance(shown, QWidget):
        shown.render(painter, QPoint())
    else:
        paint(painter, QRectF(0, 0, width, height), shown)
    painter.end()
    return "".join(paper.engine.words)
