"""张贴: proof that a notice was put up, with a photo; taken down; objections heard and answered."""

from PySide6.QtWidgets import QWidget

from consult_app.notices.actions import answer_objection, post, receive_objection, take_down
from consult_app.notices.queries import NoticeFacts, ObjectionFacts
from consult_app.notices.rules import in_time
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet

PHOTO = ("照片", ("jpg", "jpeg", "png"))


class Post(FormSheet):
    """Where, by whom, and the photo that proves it; the first posting starts the period."""

    def __init__(
        self, desk: Desk, document_id: int, title: str, again: bool = False, parent: QWidget | None = None
    ) -> None:
        note = "同一公告又张贴了一处，公示期从第一次张贴起算。" if again else "公示期从今天起算，当日不计入。"
        super().__init__("登记张贴", f"「{title}」\n{note}", action="登记张贴", decide=self._post, parent=parent)
        self.desk, self.document_id = desk, document_id
        self.form.line("place", "张贴地点", hint="如：小区北门公告栏", needed=True)
        self.form.line("posted_by", "张贴人", value=str(desk.memory.get("clerk") or ""), needed=True)
        self.files("photo", "现场照片", kinds=PHOTO, many=False, needed=True, note="照片里应能看清公告和张贴位置。")

    def _post(self) -> None:
        values = self.form.values()
        values["photo"] = values["photo"][0] if values["photo"] else ("", b"")
        self.desk.do(post, self.document_id, **values)
        self.desk.say("张贴已登记。")


class TakeDown(FormSheet):
    """By whom; before the period is over the shortfall is said and recorded as it is."""

    def __init__(self, desk: Desk, notice: NoticeFacts, parent: QWidget | None = None) -> None:
        early = "" if notice.standing.is_over else "公示期还没有满，现在撤下会如实记录，可能影响效力。"
        super().__init__(
            "登记撤下",
            f"「{notice.title}」{notice.standing.words}。{early}",
            action="登记撤下",
            decide=self._take_down,
            look="primary" if notice.standing.is_over else "danger",
            parent=parent,
        )
        self.desk, self.notice = desk, notice
        self.form.line("taken_down_by", "撤下人", value=str(desk.memory.get("clerk") or ""), needed=True)

    def _take_down(self) -> None:
        self.desk.do(take_down, self.notice.id, self.form.values()["taken_down_by"])
        self.desk.say("已登记撤下。")


class ReceiveObjection(FormSheet):
    """Who objects to what; one that comes late is kept and marked late."""

    def __init__(self, desk: Desk, notice: NoticeFacts, parent: QWidget | None = None) -> None:
        late = (
            "" if in_time(notice.posted_on, notice.standing.required, desk.today) else "异议期已过，会登记为逾期提出。"
        )
        super().__init__("登记异议", f"「{notice.title}」{late}", action="登记", decide=self._receive, parent=parent)
        self.desk, self.notice = desk, notice
        self.form.line("name", "异议人", needed=True)
        self.form.line("contact", "联系方式")
        self.form.text("text", "异议内容", needed=True)

    def _receive(self) -> None:
        self.desk.do(receive_objection, self.notice.id, **self.form.values())
        self.desk.say("异议已登记，请在答复后登记答复。")


class AnswerObjection(FormSheet):
    """The answer, and whether the objection is upheld."""

    def __init__(self, desk: Desk, objection: ObjectionFacts, parent: QWidget | None = None) -> None:
        super().__init__(
            "答复异议", f"{objection.name}：{objection.text}", action="登记答复", decide=self._answer, parent=parent
        )
        self.desk, self.objection = desk, objection
        self.form.choice("upheld", "结论", [(False, "异议不成立"), (True, "异议成立")])
        self.form.text("answer", "答复", needed=True)

    def _answer(self) -> None:
        self.desk.do(answer_objection, self.objection.id, **self.form.values())
        self.desk.say("答复已登记。")
