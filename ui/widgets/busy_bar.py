"""The bar for long work: what is done, how far it is, and 取消."""

from PySide6.QtWidgets import QFrame, QProgressBar

from ui.task import Task
from ui.widgets.button import quiet
from ui.widgets.layout import row
from ui.widgets.text import Words, small


class BusyBar(QFrame):
    """Shows the newest of the running tasks. Connect `desk.began` to `show_task`."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "message")
        self.setProperty("tone", "grey")
        self.title, self.words, self.progress = Words(), small(), QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setMaximumWidth(260)
        self.cancel_button = quiet("取消", self._cancel)
        self._tasks: list[Task] = []
        layout = row(self.title, self.progress, self.words, None, self.cancel_button, gap=12, margins=(24, 6, 16, 6))
        self.setLayout(layout)
        self.hide()

    def show_task(self, task: Task) -> None:
        """Follow a task until it is finished."""
        self._tasks.append(task)
        task.moved.connect(self._moved)
        task.finished.connect(self._finished)
        self._show_newest()

    def _show_newest(self) -> None:
        self.setVisible(bool(self._tasks))
        if self._tasks:
            self.title.say(self._tasks[-1].title)
            self.setAccessibleName(self._tasks[-1].title)
            self.progress.setRange(0, 0)
            self.words.say("")
            self.cancel_button.rename("取消")
            self.cancel_button.setEnabled(True)

    def _moved(self, part: int, whole: int, words: str) -> None:
        if self._tasks and self.sender() is self._tasks[-1]:
            self.progress.setRange(0, whole)
            self.progress.setValue(part)
            self.words.say(words)

    def _finished(self, task: Task) -> None:
        if task in self._tasks:
            self._tasks.remove(task)
        self._show_newest()

    def _cancel(self) -> None:
        if self._tasks:
            self._tasks[-1].cancel()
            self.cancel_button.rename("正在停止…")
            self.cancel_button.setEnabled(False)
