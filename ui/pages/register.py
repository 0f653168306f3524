"""登记议题: what is raised, by whom, for whom; what was typed stays until it is registered."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from consult_app.bodies.queries import body, venues
from consult_app.bodies.rules import LEVEL_WORDS, BodyKind
from consult_app.kernel.errors import Refused
from consult_app.proposals.actions import register
from consult_app.proposals.rules import SOURCE_WORDS, Source
from consult_app.workflow.template import templates_for
from ui.desk import Desk
from ui.pages import Go
from ui.widgets.button import plain, primary, quiet
from ui.widgets.card import Card
from ui.widgets.file_picker import PICTURES, FilePicker
from ui.widgets.form import Form
from ui.widgets.layout import column, row, scrolling
from ui.widgets.text import muted, title

_SOURCES = {
    BodyKind.OWNERS: (Source.OWNER, Source.RESIDENT, Source.PETITION, Source.GRID_WORKER, Source.PARTY_MEMBER),
    BodyKind.VILLAGE: (Source.VILLAGER, Source.PETITION, Source.GRID_WORKER, Source.PARTY_MEMBER),
    BodyKind.RESIDENTS: (Source.RESIDENT, Source.PETITION, Source.GRID_WORKER, Source.PARTY_MEMBER),
}
"""The sources offered first for a kind of body; the rest follow."""


class RegisterPage(QWidget):
    """The first step's form. Esc goes back and keeps what was typed; 清空 begins anew."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self._for: int | None = None
        self.what, self.who = Form(), Form()
        self._ask_what()
        self._ask_who()
        self.submit = primary("登记", self._register)
        self.leave = plain("先放一放", lambda: go("matters"))
        self.leave.setToolTip("已填的内容会保留到本次退出程序为止（Esc）")
        forms = row(Card("事项").add(self.what, None), Card("由谁提出、在哪里议").add(self.who, None), gap=16)
        forms.setStretch(0, 3)
        forms.setStretch(1, 2)
        note = muted("登记后进入第一步「提事」；登记表可以打印出来，请提议人或代录人签字。", wrap=True)
        bottom = row(note, self.leave, self.submit, gap=8)
        bottom.setStretch(0, 1)
        top = row(title("登记议题"), None, quiet("清空", self._empty, icon="rotate-ccw"))
        self.setLayout(column(scrolling(column(top, forms, bottom, None, gap=16)), gap=0))
        QShortcut(QKeySequence("Esc"), self, lambda: go("matters"))
        QShortcut(QKeySequence("Ctrl+Return"), self, self._register)

    def show_for(self) -> None:
        """Show the form for the body of the desk."""
        self.refresh()
        self.what.fields["title"].widget.setFocus()

    def refresh(self) -> None:
        """Offer what the body has; what was typed stays."""
        body_id = self.desk.body_id
        self.submit.allow("" if body_id is not None else "请先建立议事主体")
        if body_id is None or body_id == self._for:
            return
        self._for = body_id
        kind = self.desk.ask(body, body_id).kind
        first = _SOURCES[kind]
        sources = (*first, *(source for source in Source if source not in first))
        self.who.offer("source", [(source, SOURCE_WORDS[source]) for source in sources])
        offered = self.desk.ask(venues, body_id)
        self.who.offer("venue_id", [(venue.id, f"{venue.name}（{LEVEL_WORDS[venue.level]}）") for venue in offered])
        if self.desk.venue_id is not None:
            self.who.fill(venue_id=self.desk.venue_id)
        self.who.offer("template_id", [(one.id, one.name) for one in templates_for(kind)])
        self._say_template()

    def busy_with(self) -> str:
        """What would be lost by leaving the program now."""
        typed = self.what.values("title", "wish")
        return "正在登记的议题还没有保存" if any(text.strip() for text in typed.values()) else ""

    def _ask_what(self) -> None:
        self.what.line("title", "议题名称", hint="一句话说清是什么事，如：三号楼加装电梯", needed=True)
        self.what.text("wish", "事项和诉求", hint="现在是什么情况，希望怎么办", rows=6, needed=True)
        self.what.line("affected_range", "涉及范围", hint="如：三号楼 1、2 单元 48 户", needed=True)
        self.photos = FilePicker(PICTURES, many=True)
        self.what.add("photos", "现场照片", self.photos, self.photos.read, lambda _none: self.photos.take(()))

    def _ask_who(self) -> None:
        self.who.choice("source", "来源", needed=True)
        self.who.line("proposer", "提议人", hint="姓名或单位；联名的写牵头人", needed=True)
        self.who.tick("taken_down", "由工作人员代录", note="口头、电话提出的，由您代为记录并签字。")
        self.who.choice("venue_id", "议事平台", needed=True)
        template = self.who.choice("template_id", "办理流程", note=" ")
        template.currentIndexChanged.connect(lambda: self._say_template())
        self.about = muted("", wrap=True)
        self.who.add("about", "", self.about, str)

    def _say_template(self) -> None:
        chosen = self.who.values("template_id")["template_id"]
        found = [one for kind in BodyKind for one in templates_for(kind) if one.id == chosen]
        if found:
            steps = " → ".join(step.name for step in found[0].steps)
            self.about.say(f"{steps}\n流程登记后不再改变。")

    def _register(self) -> None:
        if self.desk.body_id is None or not self.submit.isEnabled():
            return
        with self._guard() as values:
            id = self.desk.do(register, self.desk.body_id, **values)
            self._empty()
            self.desk.say("已登记。下一步：打印登记表，请提议人签字。")
            self.go("matter", id=id)

    @contextmanager
    def _guard(self) -> Iterator[dict[str, Any]]:
        """What both forms hold; a refusal is said beside the field that either of them has."""
        forms = (self.what, self.who)
        for form in forms:
            form.clear_errors()
        try:
            yield self.what.values() | {name: value for name, value in self.who.values().items() if name != "about"}
        except Refused as refused:
            next((form for form in forms if refused.field in form.fields), self.what).show_refusal(refused)

    def _empty(self) -> None:
        self.what.fill(title="", wish="", affected_range="")
        self.photos.paths = ()
        self.photos.take(())
        self.who.fill(proposer="", taken_down=False)
        for form in (self.what, self.who):
            form.clear_errors()
        self.what.fields["title"].widget.setFocus()
