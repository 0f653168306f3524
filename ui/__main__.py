"""Start the window: `python -m ui`, or `consult desk`."""

import os
import sys

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from consult_app.app import App, lock_desk, open_app
from consult_app.kernel.errors import Refused
from consult_app.settings import Settings, settings
from consult_app.storage.mark import Mark
from ui import theme
from ui.cycles import Cycles
from ui.desk import Desk
from ui.memory import Memory
from ui.window import Window

REFUSED = 2


def run(settings: Settings, quit_after_paint: bool = False) -> int:
    """Open the data and show the window until it is closed; the exit code.

    0 closed by the user, 2 refused (said in a page of its own). `quit_after_paint` ends after the first painted frame.
    """
    application = start_qt()
    Cycles(application)
    place: Settings | None = settings
    while place is not None:
        try:
            left, next_place = _session(application, place, quit_after_paint)
        except Refused as refused:
            return _refuse(application, refused, quit_after_paint)
        place = (next_place or settings) if left else None
    return 0


def _session(application: QApplication, settings: Settings, quit_after_paint: bool) -> tuple[bool, Settings | None]:
    """One window on one data folder; whether it was left for other data, and which (None: the real ones)."""
    memory = Memory(settings.data / "window.json")
    theme.dress(application, _points(memory))
    app = open_app(settings)
    try:
        lock = lock_desk(settings)
        try:
            return _show(application, app, memory, quit_after_paint)
        finally:
            lock.release()
    finally:
        app.close()


def start_qt() -> QApplication:
    """The application object, speaking Chinese in Qt's own dialogs too."""
    found = QApplication.instance()
    if isinstance(found, QApplication):
        return found
    if sys.platform.startswith("linux") and not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication(["consult"])
    application.setApplicationName("六步议事")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    translator = QTranslator(application)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        application.installTranslator(translator)
    return application


def _show(application: QApplication, app: App, memory: Memory, quit_after_paint: bool) -> tuple[bool, Settings | None]:
    desk = Desk(app, memory)
    desk.stand_guard()
    window = Window(desk)
    mark = Mark(app.settings.data, "working")
    crashed = mark.leave()
    app.medium.start()
    took_over = desk.server.take_over()
    window.go("home")
    if crashed:
        window.go("recovery", took_over=took_over)
    if quit_after_paint:
        window.painted.connect(lambda: QTimer.singleShot(0, application.quit))
    window.show()
    application.exec()
    desk.close()
    mark.take_away()
    window.deleteLater()
    return window.left, window.next


def _refuse(application: QApplication, refused: Refused, quit_after_paint: bool) -> int:
    from ui.dialogs.refused_start import RefusedStart

    sys.stderr.write(str(refused) + "\n")
    if application.platformName() == "offscreen":  # nobody could see the page or close it
        return REFUSED
    page = RefusedStart(str(refused))
    if quit_after_paint:
        QTimer.singleShot(0, page.accept)
    page.exec()
    return REFUSED


def _points(memory: Memory) -> int:
    found = memory.get("font", theme.USUAL)
    return found if isinstance(found, int) and theme.SMALLEST <= found <= theme.LARGEST else theme.USUAL


if __name__ == "__main__":
    sys.exit(run(settings()))
