"""F1: the help of a page, from `resources/help/pages/<page>.md` (plain words, a heading line first)."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextBrowser, QWidget

from consult_app.kernel import resources
from ui.dialogs.sheet import Sheet
from ui.pages import PAGES

PICTURES = {"vote": "voting"}
"""Page -> its picture in `resources/help`, where the names differ."""

WIDE = 580
"""Width of the picture, in pixels."""


def show_help(page: str, parent: QWidget) -> None:
    """Open the help of a page."""
    sheet = Sheet(f"帮助：{PAGES[page].name}", leave="关闭", width=680, parent=parent)
    words = QTextBrowser()
    words.setMarkdown(help_text(page))
    _put_picture(words, page)
    words.setMinimumHeight(420)
    words.setAccessibleName("帮助")
    sheet.add(words)
    sheet.open()


def _put_picture(words: QTextBrowser, page: str) -> None:
    """Put the picture of the page, where there is one, under its help."""
    path = resources.path("help", f"{PICTURES.get(page, page)}.png")
    if not path.is_file():
        return
    picture = QImage(str(path)).scaledToWidth(WIDE, Qt.TransformationMode.SmoothTransformation)
    cursor = words.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    cursor.insertBlock(QTextBlockFormat(), QTextCharFormat())  # out of the list above
    cursor.insertImage(picture)


def help_text(page: str) -> str:
    """The help of a page as Markdown, followed by the keys that work everywhere."""
    path = resources.path("help", "pages", f"{page}.md")
    own = path.read_text(encoding="utf-8") if path.is_file() else ""
    return f"{own}\n\n{resources.path('help', 'pages', 'keys.md').read_text(encoding='utf-8')}"
