"""The page of one motion: where it stands, who took part, what is unsettled, and the one button that leads on."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer

from consult_app.bodies.rules import LEGAL_WORDS
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from consult_app.voting.queries import MotionFacts, Turnout
from consult_app.voting.secret_files import SECRET_WORDS, Secret, lying
from ui.desk import Desk
from ui.dialogs import slip_acts
from ui.dialogs.issue_slips import kept_wishes
from ui.pages import Go
from ui.pages.vote.acts import VoteActs
from ui.pages.vote.cases import Cases
from ui.pages.vote.decisions import DecisionsCard
from ui.pages.vote.explained import Explained
from ui.pages.vote.large import ISSUED_ON, Large, Reading
from ui.pages.vote.mandates import Mandates
from ui.pages.vote.plan import PlanCard
from ui.pages.vote.result import BooksCard, ResultCard
from ui.pages.vote.state_line import StateLine, time_left
from ui.pages.vote.tabs import Tabs
from ui.pages.vote.turnout import BuildingsCard, CurveCard, TurnoutCard
from ui.projector.remote import RemoteCard
from ui.widgets.button import Button, menu, plain, primary, quiet
from ui.widgets.chip import Chip
from ui.widgets.layout import boxed, column, refill, row, scrolling
from ui.widgets.text import Words, muted, title

VOTE, MANDATES, CASES, COUNT = "表决", "委托", "疑难票", "计票说明"
"""The parts of the page."""

NEXT = {
    MotionState.DRAFTED: "核对表决内容和适用规则。冻结以后，内容、规则和名册都不能再改。",
    MotionState.FROZEN: "名册和规则已冻结。请发放选票；只在会场举手、且只按人数计票的，可以直接开始。",
    MotionState.ISSUED: "选票发到本人手里、登记领票以后，开始投票。",
    MotionState.OPEN: "",
    MotionState.CLOSED: "核对计票结果和选票账目，账目平了再宣布。",
    MotionState.DECLARED: "",
}
SEALED = "票箱密封着，谁也看不到选票。请两名监票人出示密钥卡，开封后计票。"
CLOSED_ON = (MotionState.CLOSED, MotionState.DECLARED)


class VotePage(VoteActs):
    """One motion, at whatever point it stands."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__(desk, go)
        self._made_for: tuple[object, ...] = ()
        self._sealed = False
        self._lying: tuple[Secret, ...] = ()
        self.name, self.weight = title(), Chip()
        self.line, self.left, self.next = StateLine(), Words("", "heading"), muted(wrap=True)
        self.buttons, self.warned = row(gap=8), Words("", tone="amber", wrap=True)
        self.plan, self.turnout, self.curve = PlanCard(), TurnoutCard(), CurveCard()
        self.result, self.books = ResultCard(), BooksCard()
        self.buildings = BuildingsCard()
        self.decisions = DecisionsCard(lambda: self.parts.turn(CASES), self.enter_paper)
        self.mandates, self.cases, self.explained = Mandates(desk, go), Cases(desk), Explained(desk)
        self.remote = RemoteCard(desk)
        self.buildings.chosen.connect(self.slips.seek)
        self.reading = Reading(desk.store, self)
        self.reading.arrived.connect(self._show_large)
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._tick)
        self._lay_out()
        desk.watch(self.refresh, "motion.", "ballot.", "credential.", "hands.", "document.", "proxy.", "body.changed",
                   "box.", "papers.", "secret.")  # fmt: skip
        desk.server.changed.connect(self.refresh_if_seen)

    def show_for(self, id: int | None = None) -> None:
        """Show a motion."""
        if id is None:
            self.go("votes")
            return
        if self.motion is None or self.motion.id != id:
            self.slips.search.clear()
            self.parts.turn(VOTE)
        motion = self.desk.ask(voting.motion, id)
        if motion.seats:  # secret paper and sums: a page of its own
            self.go("election", id=id)
            return
        self.motion = motion
        self.refresh()
        self._show_large(self.reading.now(motion))

    def refresh(self) -> None:
        """Ask for what may have changed at once; what is large follows when votes pause."""
        if self.motion is None:
            return
        before = self.motion.state
        self.motion = motion = self.desk.ask(voting.motion, self.motion.id)
        found = self.desk.ask(voting.turnout, motion.id)
        box = self.desk.ask(voting.box_facts, motion.id) if motion.secret else None
        self._lying = tuple(dict.fromkeys(file.kind for file in self.desk.ask(lying, motion.id)))
        self._sealed = motion.state is MotionState.CLOSED and box is not None and not box.opened
        self.name.setText(motion.title)
        self.weight.say(LEGAL_WORDS[motion.legal_mode])
        self.line.show_state(motion.state)
        self.next.say(SEALED if self._sealed else NEXT[motion.state])
        self.next.setVisible(bool(NEXT[motion.state]))
        self.turnout.show_turnout(motion, found)
        self._show_buttons(motion, found)
        self._show_cards(motion)
        self._tick()
        if motion.state is before:
            self.reading.follow(motion)
        else:
            self._show_large(self.reading.now(motion))

    def refresh_if_seen(self) -> None:
        """The vote server was turned on or off."""
        if self.isVisible():
            self.refresh()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        self._clock.start()

    def hideEvent(self, event: object) -> None:
        super().hideEvent(event)  # type: ignore[arg-type]
        self._clock.stop()

    # what is shown

    def _lay_out(self) -> None:
        head = row(self.name, self.weight, None, boxed(self.buttons), gap=12)
        states = row(self.line, None, self.left, gap=12)
        wide = column(self.result, self.turnout, self.plan, self.slips, None, gap=16)
        side = column(self.decisions, self.books, self.buildings, self.remote, self.curve, None, gap=16)
        self.side = boxed(side)
        cards = row(boxed(wide), self.side, gap=16)
        cards.setStretch(0, 55)
        cards.setStretch(1, 45)
        body = column(cards, None, gap=0)
        area = scrolling(body, margins=(24, 0, 24, 16))
        self.parts = Tabs(((VOTE, area), (MANDATES, self.mandates), (CASES, self.cases), (COUNT, self.explained)))
        self.parts.turned.connect(lambda _name: self._show_part())
        top = column(head, states, self.next, self.warned, self.parts, gap=12, margins=(24, 18, 24, 0))
        whole = column(top, self.parts.stack, gap=14)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def _show_cards(self, motion: MotionFacts) -> None:
        issued, closed = motion.state in ISSUED_ON, motion.state in CLOSED_ON
        self.plan.setVisible(not issued or motion.state is MotionState.ISSUED)
        self.turnout.setVisible(motion.state is MotionState.OPEN or closed)
        self.result.setVisible(closed and not self._sealed)
        if not closed:
            self.books.hide()
        self.slips.setVisible(issued)
        self.remote.setVisible(issued)
        told = () if self._sealed else ("result",)
        kinds = ("title", "matter", *told, "blank") if closed else ("title", "matter", "how", "voting", "blank")
        self.remote.turn_to(kinds, motion_id=motion.id)
        if not issued:
            self.buildings.hide()
        if motion.state in (MotionState.DRAFTED, MotionState.FROZEN, MotionState.ISSUED):
            self.plan.show_motion(motion)
        self.turnout.note.setText("" if closed else "截止以前，任何人都看不到选择")
        self.warned.say(self._address_warning(motion) or self._file_warning(motion))
        self.warned.setVisible(bool(self.warned.text()))

    def _show_large(self, found: Large) -> None:
        motion = self.facts()
        self.decisions.show_open(found.cases, found.waiting)
        self._offer_parts(motion, sum(1 for case in found.cases if case.is_open))
        if motion.state in ISSUED_ON:
            self.slips.show_slips(found.slips)
            self.buildings.show_buildings(found.buildings)
        self.curve.show_curve(motion, [slip.at for slip in found.slips if slip.channel and slip.at], self.desk.now)
        if motion.state in CLOSED_ON:
            self.result.show_tally(motion, self.desk.ask(voting.tally, motion.id))
            self.books.show_books(self.desk.ask(voting.books, motion.id))
        cards = (self.decisions, self.buildings, self.books, self.remote, self.curve)
        self.side.setVisible(any(not card.isHidden() for card in cards))

    def _offer_parts(self, motion: MotionFacts, waiting: int) -> None:
        """Offer the parts of the page that this motion has by now, and show the present one anew."""
        offered: dict[str, int | None] = {VOTE: None}
        if motion.frozen_at is not None:
            mandates = self.desk.ask(voting.proxies, motion.id)
            if mandates or (motion.rule.proxy is not None and motion.rule.proxy.allowed):
                offered[MANDATES] = sum(1 for line in mandates if line.revoked_at is None)
        if motion.opened_at is not None and not motion.secret:
            offered[CASES] = waiting
        if motion.state in CLOSED_ON and not self._sealed:
            offered[COUNT] = None
        self.parts.offer(offered, urgent=(CASES,) if waiting else ())
        self._show_part()

    def _show_part(self) -> None:
        """Ask for what the present part shows; the others when they are turned to."""
        part = self.parts.stack.currentWidget()
        if self.motion is not None and isinstance(part, Mandates | Cases | Explained):
            part.show_motion(self.motion)

    def _tick(self) -> None:
        if self.motion is None or self.motion.state is not MotionState.OPEN:
            self.left.say("")
            return
        words, tone = time_left(self.motion.closes_at, self.desk.now)
        self.left.say(words, tone)

    def _show_buttons(self, motion: MotionFacts, found: Turnout) -> None:
        """Make the buttons anew only where others are needed: a menu that is open stays open while votes come in."""
        wanted = (motion.id, motion.state, bool(self.desk.server.address), bool(found.waiting_ballots), self._sealed,
                  self._lying)  # fmt: skip
        if wanted == self._made_for:
            return
        self._made_for = wanted
        made: list[Button] = []
        match motion.state:
            case MotionState.DRAFTED:
                made = [plain("修改…", self.change), primary("冻结…", self.freeze)]
            case MotionState.FROZEN:
                made = [*self._keys(motion), primary("发放选票…", self.issue)]
                if "area" not in motion.rule.measures:
                    made.insert(0, plain("不发选票，直接开始", self.open))
            case MotionState.ISSUED:
                made = [*self._keys(motion), self._slip_menu(), plain("重新印制…", self.issue),
                        primary("开始投票", self.open)]  # fmt: skip
            case MotionState.OPEN:
                made = [self._serving(), self._entry_menu(motion), self._slip_menu(),
                        plain("延期…", self.extend), primary("截止投票…", self.close_vote)]  # fmt: skip
            case MotionState.CLOSED:
                made = [*self._stopping(), *self._signing(found), self._entry_menu(motion), self._slip_menu(),
                        primary("票箱开封…", self.open_box) if self._sealed else primary("宣布结果…", self.declare)]  # fmt: skip
            case MotionState.DECLARED:
                made = [*self._stopping(), plain("打开议题", self.open_matter),
                        primary("计票表", self.count_sheet, icon="printer")]  # fmt: skip
        refill(self.buttons, *self._destroying(motion), *made)

    def _destroying(self, motion: MotionFacts) -> list[Button]:
        """Cards may go once they are made; slips in the menu while they are needed, and in sight once voting is over."""
        kinds = [kind for kind in self._lying if kind is Secret.CARDS or motion.state in CLOSED_ON]
        return [plain(f"销毁{SECRET_WORDS[kind]}…", partial(self.destroy_files, kind)) for kind in kinds]

    def _serving(self) -> Button:
        """On the way into the vote the server is tried or turned on; once closed it can be turned off."""
        if self.facts().state in CLOSED_ON:
            return quiet("关闭投票服务", self.desk.server.stop, icon="server")
        if self.desk.server.address:
            return quiet("用手机试一试", self.try_phone, icon="smartphone")
        return quiet("开启投票服务", self.serve, icon="server")

    def _keys(self, motion: MotionFacts) -> list[Button]:
        return [plain("监票人密钥…", self.make_cards)] if motion.secret else []

    def _entry_menu(self, motion: MotionFacts) -> Button:
        entries: list[tuple[str, Callable[[], object]]] = [("录入纸质选票…", self.enter_paper)]
        if motion.secret:
            entries = [("纸质选票入箱登记…", self.drop_stubs)]
            entries += [("清点纸质选票…", self.count_papers)] if motion.state is MotionState.CLOSED else []
        if motion.state is MotionState.OPEN:
            entries += [("协助投票…", self.assist), ("平板投票台…", self.open_kiosk)]
            entries += [] if motion.secret else [("举手表决，逐人登记…", self.vote_by_hand)]
        if "area" not in motion.rule.measures:
            entries.append(("举手表决，录入计数…", self.count_hands))
        if motion.legal_mode.value == "assisted":
            entries.append(("登记签字…", self.sign))
        return menu("录入", tuple(entries))

    def _slip_menu(self) -> Button:
        state = self.motion.state if self.motion else MotionState.DRAFTED
        entries: list[tuple[str, Callable[[], object]]] = []
        if state in (MotionState.ISSUED, MotionState.OPEN):
            entries += [
                ("会场签到领票…", self.check_in),
                ("会场体检、演练…", self.examine_room),
                ("打印发放登记表", self.issue_sheet),
                ("登记领票…", partial(self.act_on_slip, slip_acts.hand_out_slip)),
                ("补发…", self.reissue),
            ]
        if state is MotionState.OPEN:
            entries.append(("打印链头单", self.print_head))
        if state is MotionState.CLOSED:
            entries.append(("逐张扫描收回…", self.check_in))
        entries.append(("未用收回…", partial(self.act_on_slip, slip_acts.take_back_slip)))
        entries.append(("作废…", partial(self.act_on_slip, slip_acts.spoil_slip)))
        entries.append(("争议核查单…", self.dispute))
        if Secret.SLIPS in self._lying and state not in CLOSED_ON:
            entries.append(("销毁选票文件…", partial(self.destroy_files, Secret.SLIPS)))
        return menu("选票", tuple(entries))

    def _stopping(self) -> list[Button]:
        return [self._serving()] if self.desk.server.address else []

    def _signing(self, found: Turnout) -> list[Button]:
        if self.motion is None or self.motion.legal_mode.value != "assisted" or not found.waiting_ballots:
            return []
        return [plain("打印待签选票", self.print_filled, icon="printer"), plain("登记签字…", self.sign)]

    def _file_warning(self, motion: MotionFacts) -> str:
        if Secret.CARDS in self._lying:
            return "制卡文件还在电脑上，谁拿到其中两个就能开票箱。交给监票人以后，请点「销毁制卡文件」。"
        if Secret.SLIPS in self._lying and motion.state in CLOSED_ON:
            return "选票文件还在电脑里，上面有每张选票的代码和口令。请点「销毁选票文件」。"
        return ""

    def _address_warning(self, motion: MotionFacts) -> str:
        printed, served = self.desk.memory.get(f"slips.{motion.id}"), self.desk.server.address
        if motion.state is not MotionState.OPEN or motion.issued_at is None:
            return ""
        wishes = kept_wishes(self.desk)
        if wishes.site and printed == wishes.site.removeprefix("http://") and not served:
            return ""  # a town's server takes the votes
        if not served:
            return "投票服务没有开启，手机现在不能投票。"
        if printed and served != printed:
            return f"选票上印的地址是 {printed}，投票服务现在的地址是 {served}，手机会打不开。请检查网络后重新开启投票服务。"
        return ""
