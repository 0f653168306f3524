"""A decision that two people take together, as closing a vote."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import required
from ui.dialogs.sheet import Sheet
from ui.widgets.form import Form


class SamePerson(Refused):
    """Both names are the same."""

    text = "须由两人共同操作，两个姓名不能相同。"
    field = "second"


class TwoPeople(Sheet):
    """Asks for two names; `decide(first, second)` runs when both are given and differ, and may raise `Refused`."""

    def __init__(
        self,
        title: str,
        note: str,
        action: str,
        decide: Callable[[str, str], object],
        parent: QWidget | None = None,
        *,
        first: str = "监票人",
        second: str = "计票人",
    ) -> None:
        super().__init__(title, note, action=action, decide=self._both, look="danger", parent=parent)
        self._decided, self.form = decide, Form(columns=2)
        self.form.line("first", f"{first}姓名", needed=True)
        self.form.line("second", f"{second}姓名", needed=True)
        self.add(self.form)
        self.form.fields["first"].widget.setFocus()

    def show_refusal(self, refused: Refused) -> None:
        self.form.show_refusal(refused)

    def _both(self) -> None:
        self.form.clear_errors()
        names = self.form.values()
        first = required(names["first"], "第一人姓名", 40, "first")
        second = required(names["second"], "第二人姓名", 40, "second")
        if first == second:
            raise SamePerson
        self._decided(first, second)
