"""委托: register a written authority, take it back when the voter comes in person, keep the list of barred staff."""

from PySide6.QtWidgets import QLineEdit, QWidget

from consult_app.bodies.actions import set_policy
from consult_app.voting.actions import register_proxy, revoke_proxy
from consult_app.voting.kinship import RELATION_WORDS
from consult_app.voting.proxy_terms import relation_options
from consult_app.voting.queries import ElectorLine, MotionFacts, ProxyFacts, ProxyTerms, electors, proxy_terms
from ui.desk import Desk
from ui.dialogs.form_sheet import FormSheet
from ui.dialogs.hand_count import UnknownVoter, finder, voter_words
from ui.widgets.text import Words

AUTHORITY = "就本次表决的各项内容，按委托人的意见投票；期限至本次表决截止"
"""What most authorities say; 民法典165 asks for matter, authority and term."""


class RegisterProxy(FormSheet):
    """Who sends whom, how they are related, what the authority says, and its scan."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        self.terms: ProxyTerms = desk.ask(proxy_terms, motion.id)
        note = "".join(self.terms.sentences)
        super().__init__("登记委托", note, action="登记", decide=self._register, columns=2, width=720, parent=parent)
        self.desk, self.motion = desk, motion
        self.lines = {voter_words(line): line for line in desk.ask(electors, motion.id)}
        self.form.into(0)
        self.principal = self._voter("principal", "委托人（有表决权的人）")
        self.form.text("authority", "委托事项、权限和期限", value=AUTHORITY, rows=6, needed=True)
        self.form.into(1)
        self.agent = self._voter("agent", "受托人")
        self.form.choice("relation", "受托人是委托人的", [("", "请选择"), *relation_options(self.terms)],
                         needed=bool(self.terms.limit.agents))  # fmt: skip
        self.held = Words("", "small", wrap=True)
        self.files("document", "授权委托书的扫描件或照片", many=False, needed=self.terms.limit.written)
        if self.terms.by_owners:
            self.form.tick("property_staff", "受托人是物业服务企业的工作人员")
        self.add(self.held)
        self.held.hide()
        self.agent.textChanged.connect(self._count)

    def _voter(self, name: str, label: str) -> QLineEdit:
        field = self.form.line(name, label, hint="姓名、房号或拼音首字母", needed=True)
        field.setCompleter(finder(field, list(self.lines)))
        return field

    def _count(self, typed: str) -> None:
        """Say how many mandates the agent holds already."""
        line = self.lines.get(typed.strip())
        key = f"e{line.id}" if line else f"n{typed.strip()}"
        held, most = self.terms.held.get(key, 0), self.terms.most
        name = line.label if line else typed.strip()
        self.held.say(f"{name}已接受 {held} 人的委托，最多 {most} 人。", "amber" if most == held else "")
        self.held.setVisible(bool(typed.strip()) and most is not None and bool(held))

    def _register(self) -> None:
        values = self.form.values()
        principal = self._found(values["principal"])
        if principal is None:
            raise UnknownVoter(typed=values["principal"].strip(), field="principal")
        agent = self._found(values["agent"])
        self.desk.do(
            register_proxy,
            self.motion.id,
            principal.id,
            agent=agent.label if agent else values["agent"],
            agent_elector_id=agent.id if agent else None,
            relation=RELATION_WORDS[values["relation"]] if values["relation"] else "",
            authority=values["authority"],
            property_staff=values.get("property_staff", False),
            document=values["document"][0] if values["document"] else None,
        )
        self.desk.say(f"已登记：{principal.label}的委托。")

    def _found(self, typed: str) -> ElectorLine | None:
        """The voter that is meant, if the words fit one alone; an agent may be somebody else."""
        if typed.strip() in self.lines:
            return self.lines[typed.strip()]
        fitting = [line for line in self.lines.values() if line.label == typed.strip()]
        return fitting[0] if len(fitting) == 1 else None


class RevokeProxy(FormSheet):
    """到场撤销: the voter is here, and votes alone."""

    def __init__(self, desk: Desk, mandate: ProxyFacts, parent: QWidget | None = None) -> None:
        note = f"撤销后，{mandate.agent}不能再代{mandate.principal}投票，由本人投票。已经投出的票不能撤销。"
        super().__init__(
            "撤销委托", note, action="撤销委托", decide=self._revoke, look="danger", width=460, parent=parent
        )
        self.desk, self.mandate = desk, mandate
        self.form.line("reason", "撤销的理由", value="委托人本人到场", needed=True)

    def _revoke(self) -> None:
        self.desk.do(revoke_proxy, self.mandate.id, self.form.values()["reason"])
        self.desk.say(f"已撤销{self.mandate.principal}的委托，由本人投票。")


class PropertyStaff(FormSheet):
    """The names of those who work for the property company; none of them may act for an owner."""

    def __init__(self, desk: Desk, motion: MotionFacts, parent: QWidget | None = None) -> None:
        note = "名单中的人不能接受业主委托。每行一个姓名；名单用于本议事主体的全部表决。"
        super().__init__("物业服务企业工作人员", note, action="保存", decide=self._save, width=440, parent=parent)
        self.desk, self.motion = desk, motion
        kept = desk.ask(proxy_terms, motion.id).property_staff
        self.form.text("names", "姓名", value="\n".join(kept), rows=8)

    def _save(self) -> None:
        names = list(dict.fromkeys(line.strip() for line in self.form.values()["names"].splitlines() if line.strip()))
        self.desk.do(set_policy, self.motion.body_id, property_staff=names)
        self.desk.say(f"已保存，共 {len(names)} 人。")
