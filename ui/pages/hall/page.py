"""会场签到: one line takes a scanner, a room, a name or initials; Enter shows the person, Enter again books it."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import clock_words
from consult_app.voting import queries as voting
from consult_app.voting.actions import arrive, take_back, undo_arrival
from consult_app.voting.arrivals import Arrival, Register, Standing, register, standing
from consult_app.voting.arrivals import turnout as hall_turnout
from consult_app.voting.choices import SLIP_WORDS, MotionState, SlipState
from ui.desk import Desk
from ui.pages import Go
from ui.pages.hall.person import PersonCard
from ui.widgets.button import Button, plain, quiet
from ui.widgets.card import Card, Tile
from ui.widgets.chip import Chip
from ui.widgets.layout import boxed, column, refill, row
from ui.widgets.text import muted, small, title

KEPT = 6
"""How many of the last bookings are shown, each to be undone."""

NOBODY = Standing(0, "", (), None, "", None, None, None, None, "")
HAND, BACK = "领票签到", "收回未用选票"


class HallPage(QWidget):
    """The table at the door of one vote."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.motion_id, self.person = 0, NOBODY
        self.register = Register((), {})
        self.mode, self.done = HAND, list[tuple[int, str, str]]()
        self.name, self.state = title("会场签到"), Chip()
        self.modes = {name: Button(name, partial(self.turn, name), "tab") for name in (HAND, BACK)}
        self.line = QLineEdit()
        self.line.setPlaceholderText("扫选票，或输入房号、姓名、拼音首字母")
        self.line.setAccessibleName("签到")
        self.line.setProperty("look", "large")
        self.line.setClearButtonEnabled(True)
        self.line.returnPressed.connect(self.enter)
        self.card = PersonCard(self.book, self.show_person)
        self.tiles = {words: Tile(words) for words in ("应领", "已领", "已投", "未用收回")}
        self.last = column(gap=8)
        self.none_yet = muted("还没有登记。")
        self._lay_out()
        desk.watch(self.refresh, "credential.", "ballot.", "motion.", "proxy.")
        desk.watch(self.reload, "credential.reissued", "motion.issued")

    def show_for(self, id: int | None = None) -> None:
        """Stand at the table of a motion."""
        if id is None:
            self.go("votes")
            return
        if id != self.motion_id:
            self.done.clear()
        self.motion_id = id
        self.person = NOBODY
        self.reload()
        self.refresh()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Ask for the roll and its slips anew."""
        self.register = self.desk.ask(register, self.motion_id)

    def refresh(self) -> None:
        """Ask for the figures."""
        motion = self.desk.ask(voting.motion, self.motion_id)
        self.name.setText(f"会场签到　{motion.title}")
        handing = motion.state in (MotionState.ISSUED, MotionState.OPEN)
        self.state.say({True: "可以领票", False: "不在发票期间"}[handing], "pine" if handing else "grey")
        self.modes[HAND].setVisible(handing)
        self.turn(self.mode if handing else BACK, tell=False)
        found = self.desk.ask(hall_turnout, self.motion_id)
        for tile, figure in zip(self.tiles.values(), found, strict=True):
            tile.show_figure(f"{figure:,}")

    def turn(self, mode: str, *, tell: bool = True) -> None:
        """Hand slips out, or take unused ones back."""
        self.mode = mode
        for name, pill in self.modes.items():
            pill.setChecked(name == mode)
        if tell:
            self.forget()

    def forget(self, words: str = "", tone: str = "") -> None:
        """Be ready for the next person."""
        self.person = NOBODY
        usual = "请扫选票，或输入房号、姓名、拼音首字母，按回车。"
        self.card.say(words or (usual if self.mode == HAND else "请逐张扫描交回的未用选票，按回车收回。"), tone)
        self.line.clear()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def enter(self) -> None:
        """Enter: show who was scanned or typed; on an empty line, or at the same slip again, book the one who is shown."""
        typed = self.line.text().strip()
        self.line.clear()
        if not typed:
            if self.person.elector_id:
                self.book(None)
            return
        slip = self.register.slip(typed)
        if slip is not None and self._is_dead(typed, slip):
            return
        found = self.register.find(typed)
        if len(found) == 1:
            again = slip is not None and found[0].elector_id == self.person.elector_id
            self.book(None) if again else self.show_person(found[0])
        elif found:
            self.card.show_several(found)
        else:
            self.forget(f"没有找到「{typed[:40]}」。请核对后再输一次。", "cinnabar")

    def show_person(self, person: Arrival) -> None:
        """Show how one person stands now."""
        self.person = self.desk.ask(standing, person.elector_id)
        self.card.show_person(self.person, self.mode == BACK)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def book(self, in_person: bool | None) -> None:
        """Hand the slip out, or take it back; what is booked already is said and changes nothing."""
        person = self.person
        try:
            if self.mode == BACK:
                self.desk.do(take_back, self.motion_id, person.code or person.label)
                words = f"选票 {person.serial} 未使用，已收回。"
            else:
                serial = self.desk.do(arrive, self.motion_id, person.elector_id, in_person=in_person)
                words = f"{person.label}　选票 {serial} 已登记领取。"
        except Refused as refused:
            self.card.standing.say(refused.text.format(**refused.facts), "cinnabar")
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._note(person, words)
        self.forget(words, "pine")

    def undo(self, elector_id: int) -> None:
        """Take a booking back that went to the wrong person."""
        self.desk.do(undo_arrival, self.motion_id, elector_id)
        self.done = [line for line in self.done if line[0] != elector_id]
        self._show_last()
        self.forget("已撤销登记。", "amber")

    def _is_dead(self, typed: str, slip: tuple[int, SlipState]) -> bool:
        """Say that a slip which was replaced, spoiled or returned is none any more."""
        if slip[1] not in (SlipState.REPLACED, SlipState.SPOILED, SlipState.MISSING):
            return False
        self.forget(f"这张选票「{SLIP_WORDS[slip[1]]}」，不能使用。请收下旧票，按房号查找本人。", "cinnabar")
        return True

    def _note(self, person: Standing, words: str) -> None:
        where = "、".join(person.rooms[:2])
        self.done.insert(
            0, (person.elector_id, f"{person.label}　{where}", f"{clock_words(self.desk.now)}　{self.mode}")
        )
        del self.done[KEPT:]
        self._show_last()

    def _show_last(self) -> None:
        lines = [self._last_line(*line) for line in self.done]
        refill(self.last, *(lines or [self.none_yet]))

    def _last_line(self, elector_id: int, name: str, note: str) -> QWidget:
        words = column(muted(name), small(note), gap=0)
        undo = [quiet("撤销", partial(self.undo, elector_id))] if self.mode == HAND else []
        return boxed(row(words, None, *undo, gap=8))

    def _lay_out(self) -> None:
        back = plain("回到表决", lambda: self.go("vote", id=self.motion_id))
        head = row(self.name, self.state, None, back, gap=12)
        lines = Card("刚才登记").add(boxed(self.last), None)
        self.last.addWidget(self.none_yet)
        wide = column(boxed(row(*self.modes.values(), None, gap=8)), self.line, self.card, gap=12)
        wide.setStretch(2, 1)
        side = column(row(*self.tiles.values(), gap=8), lines, gap=12)
        side.setStretch(1, 1)
        body = row(boxed(wide), boxed(side), gap=16)
        body.setStretch(0, 60)
        body.setStretch(1, 40)
        for pill in self.modes.values():
            pill.setCheckable(True)
        whole = column(head, body, gap=14, margins=(24, 18, 24, 16))
        whole.setStretch(1, 1)
        self.setLayout(whole)
