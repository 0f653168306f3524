"""F1: the help of a page, from `resources/help/pages/<page>.md` (plain words, a heading line first)."""

from PySide6.QtWidgets import QTextBrowser, QWidget

from consult_app.kernel import resources
from ui.dialogs.sheet import Sheet
from ui.pages import PAGES


def show_help(page: str, parent: QWidget) -> None:
    """Open the help of a page."""
    sheet = Sheet(f"帮助：{PAGES[page].name}", leave="关闭", width=640, parent=parent)
    words = QTextBrowser()
    words.setMarkdown(help_text(page))
    words.setMinimumHeight(380)
    words.setAccessibleName("帮助")
    sheet.add(words)
    sheet.open()


def help_text(page: str) -> str:
    """The help of a page as Markdown, followed by the keys that work everywhere."""
    path = resources.path("help", "pages", f"{page}.md")
    own = path.read_text(encoding="utf-8") if path.is_file() else ""
    return f"{own}\n\n{resources.path('help', 'pages', 'keys.md').read_text(encoding='utf-8')}"
