"""名册公示: make the masked paper, prove that it was put up, hear objections and answer them."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from consult_app.kernel.text import required
from consult_app.rolls.publicity import ANSWER_DAYS, LAWFUL_DAYS, OBJECTION_DAYS
from consult_app.rolls.publishing import answer_roll_objection, post_roll, receive_roll_objection
from consult_app.rolls.rules import RollKind
from consult_app.rolls.standing import NoticeFacts, ObjectionFacts, PosterFacts
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet

PHOTO = ("照片", ("jpg", "jpeg", "png"))


class PosterSheet(FormSheet):
    """What the masked notice says beside the roll; `make(values)` sets and keeps it."""

    def __init__(
        self, desk: Desk, kind: RollKind, body: str, make: Callable[..., object], parent: QWidget | None = None
    ) -> None:
        super().__init__(
            "制作名册公示稿",
            "姓名隐去部分文字，不出现证件号码和电话。制作后名册若有改动，须重新制作。",
            action="制作并打开",
            decide=self._make,
            parent=parent,
        )
        self.desk, self._make_poster = desk, make
        form, known = self.form, desk.memory.get("roll_poster")
        kept = known if isinstance(known, dict) else {}
        form.line("issuer", "落款单位", value=str(kept.get("issuer") or body), needed=True)
        form.line(
            "contact",
            "受理异议的单位或联系人",
            value=str(kept.get("contact") or ""),
            hint="如：社区居委会",
            needed=True,
        )
        form.number(
            "days",
            "异议期",
            value=OBJECTION_DAYS[kind],
            least=LAWFUL_DAYS[kind],
            most=90,
            unit="天",
            note=_days_note(kind),
        )
        if kind is RollKind.OWNERS:
            form.tick("rooms", "保留房号", note="不保留时只写到单元，业主凭序号和姓氏辨认自己一行。")

    def _make(self) -> None:
        values = self.form.values()
        required(values["issuer"], "落款单位", 120, "issuer")
        required(values["contact"], "受理异议的单位或联系人", 120, "contact")
        self.desk.memory.put("roll_poster", {name: values[name] for name in ("issuer", "contact")})
        self._make_poster(**values)


class PostSheet(FormSheet):
    """Where, by whom, and the photo that proves it; the period for objections begins on the next day."""

    def __init__(self, desk: Desk, poster: PosterFacts, parent: QWidget | None = None) -> None:
        note = f"异议期 {poster.days} 天，从张贴的次日起算。"
        super().__init__("登记名册张贴", note, action="登记张贴", decide=self._post, parent=parent)
        self.desk, self.poster = desk, poster
        self.form.line("place", "张贴地点", hint="如：小区北门公告栏", needed=True)
        self.form.line("posted_by", "张贴人", value=str(desk.memory.get("clerk") or ""), needed=True)
        self.files("photo", "现场照片", kinds=PHOTO, many=False, needed=True, note="照片里应能看清公示和张贴位置。")

    def _post(self) -> None:
        values = self.form.values()
        values["photo"] = values["photo"][0] if values["photo"] else ("", b"")
        self.desk.do(post_roll, self.poster.id, **values)
        self.desk.say("张贴已登记，异议期从明天起算。")


class ObjectionSheet(FormSheet):
    """Who objects to which line; one that comes late is kept and marked late."""

    def __init__(self, desk: Desk, notice: NoticeFacts, line: str = "", parent: QWidget | None = None) -> None:
        late = "" if notice.period.in_time(desk.today) else "异议期已过，会登记为逾期提出。"
        note = f"收到以后 {ANSWER_DAYS} 日内答复。{late}"
        super().__init__("登记对名册的异议", note, action="登记", decide=self._receive, parent=parent)
        self.desk, self.notice = desk, notice
        self.form.line("name", "异议人", needed=True)
        self.form.line("contact", "联系方式")
        self.form.line("line", "所指的行", value=line, hint="如：3号楼1单元301，或公示稿上的序号")
        self.form.text("text", "异议内容", rows=3, hint="如：面积应为 89.50 ㎡，见不动产权证", needed=True)

    def _receive(self) -> None:
        self.desk.do(receive_roll_objection, self.notice.id, **self.form.values())
        self.desk.say("异议已登记，请在期限内答复。")


class AnswerSheet(FormSheet):
    """The answer, and whether the objection is upheld; then the line is corrected."""

    def __init__(self, desk: Desk, objection: ObjectionFacts, parent: QWidget | None = None) -> None:
        about = f"（{objection.line}）" if objection.line else ""
        super().__init__(
            "答复对名册的异议",
            f"{objection.name}{about}：{objection.text}",
            action="登记答复",
            decide=self._answer,
            parent=parent,
        )
        self.desk, self.objection = desk, objection
        self.form.choice("upheld", "结论", [(False, "异议不成立，名册不变"), (True, "异议成立，更正名册")])
        self.form.text("answer", "答复", rows=3, needed=True)
        self.form.line("answered_by", "答复人", value=str(desk.memory.get("clerk") or ""))

    def _answer(self) -> None:
        values = self.form.values()
        self.desk.do(answer_roll_objection, self.objection.id, **values)
        self.desk.say("答复已登记，请到名册中更正那一行。" if values["upheld"] else "答复已登记。")


def _days_note(kind: RollKind) -> str:
    least = LAWFUL_DAYS[kind]
    return f"法律规定不少于 {least} 天。" if least > 1 else "法律没有规定天数，议事规则有约定的从其约定。"
