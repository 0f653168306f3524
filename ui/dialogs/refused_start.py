"""What is shown when the window cannot start: why, and what to do."""

from PySide6.QtWidgets import QWidget

from ui.dialogs.sheet import Sheet


class RefusedStart(Sheet):
    """The program cannot open its data."""

    def __init__(self, reason: str, parent: QWidget | None = None) -> None:
        super().__init__("不能打开六步议事", reason, leave="关闭", parent=parent)
