"""The second window: full screen on the other monitor, or a window of its own when there is only one."""

from PySide6.QtCore import Property, QEasingCurve, QPropertyAnimation, QRectF, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QColor,
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from ui.projector.canvas import GROUND
from ui.projector.paint import paint_noted
from ui.projector.scenes import NAMES, Blank, Scene

FADE = 150
"""Milliseconds of fading when the kind of scene changes; figures of the same scene change at once."""


class ProjectorWindow(QWidget):
    """Shows one scene. F11 or a double click: full screen or not; Esc leaves full screen."""

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("六步议事 大屏")
        self.setMinimumSize(480, 360)
        self.scene: Scene = Blank()
        self.note = ""
        self._before: QPixmap | None = None
        self._shown = 1.0
        self._fade = QPropertyAnimation(self, b"shown", self)
        self._fade.setDuration(FADE)
        self._fade.setEasingCurve(QEasingCurve.Type.InOutQuad)
        self._fade.finished.connect(self._faded)
        self.setAccessibleName("大屏：空白")

    def appear(self) -> None:
        """Come up on the second monitor, full screen; without one, as a window."""
        screens = QGuiApplication.screens()
        other = next((screen for screen in screens if screen is not QGuiApplication.primaryScreen()), None)
        if other is not None:
            self.setGeometry(other.geometry())
            self.showFullScreen()
        else:
            self.resize(1120, 630)
            self.show()

    def show_scene(self, scene: Scene) -> None:
        """Change to a scene."""
        if scene == self.scene:
            return
        if type(scene) is not type(self.scene) and self.isVisible():
            self._before = self.grab()
            self._fade.stop()
            self._fade.setStartValue(0.0)
            self._fade.setEndValue(1.0)
            self._fade.start()
        self.scene = scene
        self.setAccessibleName(f"大屏：{NAMES[type(scene)]}")
        self.update()

    def show_note(self, words: str) -> None:
        """Say in the corner that something is wrong; nothing when empty."""
        if words != self.note:
            self.note = words
            self.update()

    def _get_shown(self) -> float:
        return self._shown

    def _set_shown(self, share: float) -> None:
        self._shown = share
        self.update()

    shown = Property(float, _get_shown, _set_shown)

    def _faded(self) -> None:
        self._before, self._shown = None, 1.0
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(GROUND))
        paint_noted(painter, QRectF(self.rect()), self.scene, self.note)
        if self._before is not None:
            painter.setOpacity(1 - self._shown)
            painter.drawPixmap(0, 0, self._before)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._before = None
        super().resizeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F11 or (event.key() == Qt.Key.Key_Escape and self.isFullScreen()):
            self.turn()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.turn()

    def turn(self) -> None:
        """Full screen, or back to a window."""
        if self.isFullScreen():
            self.showNormal()
        else:
            self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
