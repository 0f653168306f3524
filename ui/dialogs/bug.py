"""The details of a bug, to be copied and sent on."""

from pathlib import Path

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from ui.dialogs.sheet import Sheet
from ui.widgets.button import plain


def show_bug(details: str, log: Path) -> None:
    """Show a traceback with a button to copy it."""
    sheet = Sheet(
        "错误详情",
        f"请把下面的文字发给维护人员。它也写在：{log}",
        leave="关闭",
        width=720,
        parent=QApplication.activeWindow(),
    )
    words = QPlainTextEdit(details)
    words.setReadOnly(True)
    words.setMinimumHeight(320)
    words.setAccessibleName("错误详情")
    sheet.add(words)
    sheet.buttons.insertWidget(0, plain("复制", lambda: QGuiApplication.clipboard().setText(details), icon="copy"))
    sheet.open()
