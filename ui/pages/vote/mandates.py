"""委托: who votes through whom, on what terms, and the list that is published."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from consult_app.documents import issuing
from consult_app.documents.drafting import draft_proxy_notice
from consult_app.kernel.text import clock_words, legal_day, short_day
from consult_app.rolls.pinyin import initials
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from consult_app.voting.queries import MotionFacts, ProxyFacts, ProxyTerms
from ui import outbox
from ui.desk import Desk
from ui.dialogs.proxy import PropertyStaff, RegisterProxy, RevokeProxy
from ui.pages import Go
from ui.pages.vote.slips import short_room
from ui.task import Task
from ui.widgets.button import plain, quiet
from ui.widgets.card import Card
from ui.widgets.data_table import Column, DataTable
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import boxed, column, row, scrolling
from ui.widgets.text import muted, small

TAKEN = (MotionState.FROZEN, MotionState.ISSUED, MotionState.OPEN)
"""While mandates are given and taken back."""


class Mandates(QWidget):
    """The mandates of one motion. `count` are those that stand."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.motion: MotionFacts | None = None
        self.terms: ProxyTerms | None = None
        self.count = 0
        self.register_button = plain("登记委托…", self.register, icon="plus")
        self.publish_button = plain("公布名单…", self.publish, icon="megaphone")
        self.staff_button = quiet("物业工作人员名单…", self.edit_staff)
        self.revoke_button = plain("到场撤销…", self.revoke)
        self.scan_button = quiet("查看委托书", self.show_scan)
        self.words = muted(wrap=True)
        self.table = DataTable(self._columns(), "委托", desk.memory)
        self.table.setMinimumHeight(self.fontMetrics().height() * 12)
        self.table.chosen.connect(lambda _line: self._allow())
        self.table.opened.connect(lambda _line: self.show_scan())
        self.search = QLineEdit()
        self.search.setPlaceholderText("姓名、房号或拼音首字母")
        self.search.setAccessibleName("筛选委托")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.search.placeholderText()) + 60)
        self.search.textChanged.connect(self.table.filter)
        self.card = Card("委托投票")
        self.head_count = small()
        self.card.head.insertWidget(1, self.head_count)
        self.card.head.addWidget(self.search)
        self.acts = boxed(row(self.revoke_button, self.scan_button, None, gap=8))
        self.empty = EmptyState(
            "还没有人委托", "业主（选民）本人不能到场的，凭书面授权委托书登记受托人。", icon="users"
        )
        self.card.add(self.words, self.empty, self.table, self.acts)
        buttons = row(self.register_button, self.publish_button, self.staff_button, None, gap=8)
        self.setLayout(column(scrolling(column(buttons, self.card, None, gap=12), margins=(24, 0, 24, 16))))

    def show_motion(self, motion: MotionFacts) -> None:
        """Show the mandates of a motion."""
        self.motion = motion
        self.terms = self.desk.ask(voting.proxy_terms, motion.id)
        found = self.desk.ask(voting.proxies, motion.id)
        self.count = sum(1 for line in found if line.revoked_at is None)
        self.words.say("".join(self.terms.sentences))
        taken = sum(1 for line in found if line.revoked_at is not None)
        self.head_count.say(f"现有 {self.count} 项" + (f"，已撤销 {taken} 项" if taken else "") if found else "")
        for widget in (self.table, self.search, self.acts):
            widget.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.table.show_rows(found)
        self._allow()

    @property
    def applies(self) -> bool:
        """Whether the rule knows proxies, or some were registered."""
        return bool(self.table.rows.all) or (self.terms is not None and self.terms.limit.allowed)

    def register(self) -> None:
        """Register an authority."""
        RegisterProxy(self.desk, self._motion(), self).open()

    def revoke(self) -> None:
        """Take the chosen mandate back."""
        line = self.table.current()
        if line is not None:
            RevokeProxy(self.desk, line, self).open()

    def edit_staff(self) -> None:
        """Keep the list of the property company's staff."""
        PropertyStaff(self.desk, self._motion(), self).open()

    def show_scan(self) -> None:
        """Open the scan of the chosen authority."""
        line = self.table.current()
        if line is None or line.attachment_id is None:
            return
        from consult_app.files.queries import attachment, content

        facts = self.desk.ask(attachment, line.attachment_id)
        outbox.put_out(self.desk, facts.name, self.desk.ask(content, line.attachment_id))

    def publish(self) -> Task:
        """Draft and issue the masked list, and go to it, so that it can be posted."""
        document_id = self.desk.do(draft_proxy_notice, self._motion().id)
        actor = self.desk.actor
        return self.desk.work(
            "正在生成委托名单",
            lambda _task: issuing.issue(self.desk.store, actor, document_id),
            lambda _done: self.go("notices", id=document_id),
        )

    def _motion(self) -> MotionFacts:
        assert self.motion is not None
        return self.motion

    def _allow(self) -> None:
        motion, line = self._motion(), self.table.current()
        late = "" if motion.state in TAKEN else "投票已经截止，委托不能再变更。"
        barred = "" if self.terms is None or self.terms.limit.allowed else "这项表决不实行委托，须由本人参加。"
        self.register_button.allow(late or barred)
        self.publish_button.allow("" if self.count else "还没有登记委托。")
        self.staff_button.setVisible(bool(self.terms and self.terms.by_owners))
        self.revoke_button.allow(late or ("" if line and line.revoked_at is None else "请先选中一项没有撤销的委托。"))
        self.scan_button.allow("" if line and line.attachment_id else "没有附委托书。")

    def _columns(self) -> Sequence[Column]:
        return (
            Column("委托人", lambda line: line.principal, 8, search=lambda line: f"{line.principal} {initials(line.principal)}"),
            Column("房号", lambda line: "、".join(map(short_room, line.rooms)), 8, search=lambda line: "、".join(line.rooms)),
            Column("受托人", lambda line: line.agent, 8, search=lambda line: f"{line.agent} {initials(line.agent)}"),
            Column("受托份数", self._held, 6),
            Column("关系", lambda line: line.relation or "—", 8),
            Column("状态", _state, 22, tone=lambda line: "grey" if line.revoked_at else "pine"),
            Column("登记", lambda line: f"{short_day(legal_day(line.registered_at))} {clock_words(line.registered_at)}", 11,
                   sort=lambda line: line.registered_at),
        )  # fmt: skip

    def _held(self, line: ProxyFacts) -> str:
        """`2/3`: how many mandates the agent holds, of how many at most."""
        if self.terms is None or line.revoked_at is not None:
            return ""
        held = self.terms.held.get(line.agent_key, 0)
        return f"{held}/{self.terms.most}" if self.terms.most is not None else str(held)


def _state(line: ProxyFacts) -> str:
    return f"已撤销：{line.reason}" if line.revoked_at else "有效"
