"""委托投票 of an election: who votes through whom, and the list that the law has published."""

from functools import partial

from PySide6.QtWidgets import QWidget

from consult_app.documents import issuing
from consult_app.documents.drafting import draft_proxy_notice
from consult_app.voting.choices import MotionState
from consult_app.voting.election_facts import ElectionFacts
from consult_app.voting.queries import MotionFacts, ProxyFacts, proxies
from ui.desk import Desk
from ui.dialogs.proxy import RegisterProxy, RevokeProxy
from ui.pages import Go
from ui.widgets.button import plain, quiet
from ui.widgets.card import Card
from ui.widgets.layout import Piece, boxed, column, refill, row
from ui.widgets.text import Words, muted, rule

TAKEN = (MotionState.FROZEN, MotionState.OPEN)


class MandatesCard(Card):
    """委托投票; from when the voters are fixed, where the rule knows proxies."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__("委托投票", " ")
        self.desk, self.go = desk, go
        self.motion: MotionFacts | None = None
        self.words, self.lines, self.buttons = muted(wrap=True), column(gap=8), row(gap=8)
        self.add(self.words, self.lines, self.buttons)

    def show_election(self, facts: ElectionFacts) -> None:
        """Show the mandates; hidden while it is drafted, and afterwards where there was none."""
        self.motion = motion = facts.motion
        limit = motion.rule.proxy
        standing = [one for one in self.desk.ask(proxies, motion.id) if one.revoked_at is None]
        self.setVisible(bool(standing) or motion.state in TAKEN)
        self.note.setText(f"{len(standing)} 人委托" if standing else "")
        self.words.say(_terms(motion, bool(limit and limit.allowed)))
        refill(self.lines, *self._lines(standing, motion.state in TAKEN))
        may = bool(limit and limit.allowed and motion.roll_digest)
        pieces: list[Piece] = []
        if may and motion.state in TAKEN:
            pieces.append(plain("登记委托…", self.register, icon="plus"))
        if standing:
            pieces.append(plain("公布名单", self.publish, icon="megaphone"))
        refill(self.buttons, *pieces, None)

    def register(self) -> None:
        """Register an authority."""
        RegisterProxy(self.desk, self._motion(), self).open()

    def revoke(self, one: ProxyFacts) -> None:
        """Take a mandate back: the voter is here."""
        RevokeProxy(self.desk, one, self).open()

    def publish(self) -> None:
        """Draft and issue the masked list, and go to it."""
        document_id, actor = self.desk.do(draft_proxy_notice, self._motion().id), self.desk.actor
        self.desk.work(
            "正在生成委托名单",
            lambda _task: issuing.issue(self.desk.store, actor, document_id),
            lambda _done: self.go("notices", id=document_id),
        )

    def _motion(self) -> MotionFacts:
        assert self.motion is not None
        return self.motion

    def _lines(self, standing: list[ProxyFacts], taken: bool) -> list[Piece]:
        pieces: list[Piece] = []
        for one in standing:
            pieces += [rule()] if pieces else []
            pieces.append(self._line(one, taken))
        return pieces

    def _line(self, one: ProxyFacts, taken: bool) -> QWidget:
        said = f"委托{one.agent}" + (f"（{one.relation}）" if one.relation else "")
        act = [quiet("到场撤销…", partial(self.revoke, one))] if taken else []
        return boxed(row(Words(one.principal, "strong"), muted(said), None, *act, gap=12))


def _terms(motion: MotionFacts, allowed: bool) -> str:
    """What the rule says of proxies, and why they cannot be registered here."""
    if not allowed:
        return "本次选举不实行委托投票，须由本人投票。"
    if not motion.roll_digest:
        return "选民只填了人数，委托投票请按公布的纸质名单登记、公布。"
    limit = motion.rule.proxy
    assert limit is not None
    most = f"每人最多接受 {limit.max_per_agent} 人委托；" if limit.max_per_agent else ""
    barred = "候选人不得接受委托；" if limit.candidates_barred else ""
    return f"凭书面委托，由{limit.agents or '他人'}代为投票；{most}{barred}名单须公布。"
