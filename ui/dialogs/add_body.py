"""Found a body that discusses and decides."""

from PySide6.QtWidgets import QWidget

from consult_app.bodies.actions import add_body
from consult_app.bodies.rules import KIND_WORDS, BodyKind
from consult_app.kernel.errors import Refused
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.widgets.form import Form

_HINTS = {
    BodyKind.OWNERS: "如：示范小区业主大会",
    BodyKind.VILLAGE: "如：示范村村民会议",
    BodyKind.RESIDENTS: "如：示范社区居民议事会",
}


class AddBody(Sheet):
    """Asks for kind and name; the three venues are set up with it, and the desk turns to it."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(
            "建立议事主体",
            "议事主体是依法讨论并作出决定的组织。楼院、网格、大党委三级议事平台会一并设立，名称以后可以在设置里增加。",
            action="建立",
            decide=self._found,
            parent=parent,
        )
        self.desk, self.form = desk, Form()
        self.form.choice("kind", "类型", tuple(KIND_WORDS.items())).currentIndexChanged.connect(lambda: self._hint())
        self.name = self.form.line("name", "名称", needed=True)
        self.add(self.form)
        self._hint()
        self.name.setFocus()

    def show_refusal(self, refused: Refused) -> None:
        self.form.show_refusal(refused)

    def _found(self) -> None:
        self.form.clear_errors()
        self.desk.turn_to(self.desk.do(add_body, **self.form.values()))
        self.desk.say("已建立议事主体。下一步：导入名册。")

    def _hint(self) -> None:
        self.name.setPlaceholderText(_HINTS[self.form.values()["kind"]])
