"""Who stands at the table: name, rooms, slip and how they stand, large enough to be read across it."""

from collections.abc import Callable
from functools import partial

from consult_app.kernel.text import clock_words
from consult_app.voting.arrivals import Arrival, Standing
from consult_app.voting.choices import CHANNEL_WORDS
from ui.widgets.button import plain, primary
from ui.widgets.card import Card, LineCard
from ui.widgets.layout import boxed, column, refill, row, scrolling
from ui.widgets.text import Words, muted, title


class PersonCard(Card):
    """One person with what can be done, several to choose from, or the last word said."""

    def __init__(self, act: Callable[[bool | None], object], choose: Callable[[Arrival], object]) -> None:
        super().__init__()
        self._choose = choose
        self.name, self.where, self.standing = title(), Words("", "heading", wrap=True), Words("", wrap=True)
        self.confirm = primary("登记（回车）", lambda: act(None))
        self.self_here = plain("本人到场，撤销委托", lambda: act(True))
        self.agent_here = plain("受托人代领", lambda: act(False))
        self.hint = muted()
        self.offers = column(gap=8)
        self.offered: tuple[LineCard, ...] = ()
        self._several = scrolling(column(self.offers, None, gap=0), margins=(0, 0, 0, 0))
        self.acts = boxed(row(self.confirm, self.self_here, self.agent_here, self.hint, None, gap=12))
        self.add(self.name, self.where, self.standing, 4, self.acts, self._several, None)
        self.body.setStretchFactor(self._several, 100)
        self.setMinimumHeight(self.fontMetrics().height() * 14)
        self.say("请扫选票，或输入房号、姓名、拼音首字母，按回车。")

    def say(self, words: str, tone: str = "") -> None:
        """Show words alone: what was done, or what to do."""
        self.name.say("")
        self.where.say("")
        self._show(words, tone)

    def show_person(self, person: Standing, taking_back: bool) -> None:
        """Show one person, and what Enter does now."""
        self.name.say(person.label)
        self.where.say("、".join(person.rooms[:4]) + (f" 等 {len(person.rooms)} 处" if len(person.rooms) > 4 else ""))
        words, tone = standing_words(person)
        if taking_back and person.voted_at is None and person.handed_at is not None:
            words, tone = f"选票 {person.serial}，已于 {clock_words(person.handed_at)} 领取，没有使用。", ""
        self._show(words, tone)
        barred = person.voted_at is not None or person.serial is None
        barred = barred or (not taking_back and person.handed_at is not None)
        self.acts.setVisible(not barred)
        self.confirm.rename("收回这张选票（回车）" if taking_back else "登记领票（回车）")
        mandate = bool(person.agent) and not taking_back
        self.confirm.setVisible(not mandate)
        self.self_here.setVisible(mandate)
        self.agent_here.setVisible(mandate)
        self.hint.say("谁来了？" if mandate else "")

    def show_several(self, people: tuple[Arrival, ...]) -> None:
        """Offer several who fit."""
        self.say(f"有 {len(people)} 位符合，请点一位，或再输入几个字。")
        self.offered = tuple(
            LineCard("、".join(one.names), right=one.where, opened=partial(self._choose, one)) for one in people
        )
        for line in self.offered:
            line.note.hide()  # one line each: all of them must be seen at once
        refill(self.offers, *self.offered)
        self._several.show()

    def _show(self, words: str, tone: str) -> None:
        self.name.setVisible(bool(self.name.text()))
        self.where.setVisible(bool(self.where.text()))
        self.standing.say(words, tone)
        self.acts.hide()
        self._several.hide()


def standing_words(person: Standing) -> tuple[str, str]:
    """How a voter stands, and the tone to say it in."""
    if person.voted_at is not None and person.channel is not None:
        return f"已于 {clock_words(person.voted_at)} 投票（{CHANNEL_WORDS[person.channel]}），每人只计一次。", "amber"
    if person.serial is None:
        return "没有有效的选票：原选票已收回或作废。需要时请在表决页「补发」。", "amber"
    if person.handed_at is not None:
        return f"选票 {person.serial} 已于 {clock_words(person.handed_at)} 领取，不再登记。", "amber"
    mandate = f"已委托{person.agent}代投。" if person.agent else ""
    return f"选票 {person.serial}，尚未领取。{mandate}", "amber" if mandate else ""
