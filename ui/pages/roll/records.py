"""公示与冻结: the papers, objections, freezing and later changes of a roll, as cards."""

from functools import partial

from PySide6.QtWidgets import QWidget

from consult_app.kernel.text import day_words, legal_day, moment_words, short_day
from consult_app.rolls import standing
from consult_app.rolls.amending import AMENDMENT_WORDS, AmendmentKind, stored_entry
from consult_app.rolls.canonical import check_number
from consult_app.rolls.entries import UnitEntry, changed_words
from consult_app.rolls.life import Act, Stage
from consult_app.rolls.rules import RollKind, place_words
from consult_app.rolls.standing import AmendmentFacts, NoticeFacts, ObjectionFacts
from ui.desk import Desk
from ui.pages.roll.acts import RollActs
from ui.pages.roll.view import View
from ui.widgets.button import plain, quiet
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layout import boxed, clear, column, row, scrolling
from ui.widgets.text import Words, muted, rule, small


class Records(QWidget):
    """`show_view(view)` shows all records of a roll; `bring(stage)` scrolls to the card of a stage."""

    def __init__(self, desk: Desk, acts: RollActs) -> None:
        super().__init__()
        self.desk, self.acts = desk, acts
        self.cards: dict[Stage, Card] = {}
        self._left, self._right = column(gap=16), column(gap=16)
        across = row(self._left, self._right, gap=16)
        across.setStretch(0, 1)
        across.setStretch(1, 1)
        self.area = scrolling(column(across, None, gap=0), (0, 0, 8, 16))
        self.setLayout(column(self.area, gap=0))

    def show_view(self, view: View) -> None:
        """Show the records of a roll."""
        clear(self._left)
        clear(self._right)
        self.cards = {}
        if view.roll.kind is not RollKind.MEMBERS:
            self.cards[Stage.PUBLISHED] = self._published(view)
            self.cards[Stage.OBJECTED] = self._objected(view)
        self.cards[Stage.FROZEN] = self._frozen(view)
        self.cards[Stage.AMENDED] = self._amended(view)
        for stage, card in self.cards.items():
            (self._left if stage in (Stage.PUBLISHED, Stage.OBJECTED) else self._right).addWidget(card)
        self._left.addStretch(1)
        self._right.addStretch(1)

    def bring(self, stage: Stage) -> None:
        """Scroll to the card of a stage."""
        if stage in self.cards:
            self.area.ensureWidgetVisible(self.cards[stage])

    # publication

    def _published(self, view: View) -> Card:
        card = Card("名册公示")
        poster = self.desk.ask(standing.poster, view.roll.id) if self.acts.is_open else None
        posted = self.desk.ask(standing.notices, view.roll.id)
        for notice in posted:
            card.add(self._notice(notice))
        if poster is not None:
            words = f"公示稿已于{day_words(legal_day(poster.made_at))}制作，异议期 {poster.days} 天，尚未登记张贴。"
            look = quiet("查看", partial(self.acts.show_file, poster.document), icon="eye")
            card.add(_line(Words(words, wrap=True), look))
        if not posted and poster is None:
            card.add(muted("还没有公示。公示稿隐去姓名的部分文字，不出现证件号码和电话。", wrap=True))
        if self.acts.is_open:
            again = "重新公示…" if posted else "重新制作公示稿…" if poster is not None else "制作公示稿…"
            buttons = row(plain(again, self.acts.print_poster, icon="file-text"), None, gap=8)
            if poster is not None:
                buttons.insertWidget(1, plain("登记张贴…", self.acts.post, icon="megaphone"))
            card.add(buttons)
        return card

    def _notice(self, notice: NoticeFacts) -> QWidget:
        period = notice.period
        words = Words(f"{short_day(period.posted_on)}由{notice.posted_by}张贴于{notice.place}。", wrap=True)
        over = "，已满" if period.is_over(self.desk.today) else f"，还有 {(period.last_day - self.desk.today).days} 天"
        note = small(f"异议期 {notice.days} 天，到{day_words(period.last_day)}{over}", wrap=True)
        buttons = [quiet("照片", partial(self.acts.show_file, notice.photo), icon="image")]
        if notice.document is not None:
            buttons.insert(0, quiet("公示稿", partial(self.acts.show_file, notice.document), icon="file-text"))
        return _line(boxed(column(words, note, gap=2)), *buttons)

    def _objected(self, view: View) -> Card:
        heard = self.desk.ask(standing.objections, view.roll.id)
        card = Card("异议和答复", f"{len(heard)} 件" if heard else "")
        for place, objection in enumerate(heard):
            if place:
                card.add(rule())
            card.add(self._objection(objection))
        posted = bool(self.desk.ask(standing.notices, view.roll.id))
        if not heard:
            card.add(muted("还没有收到异议。" if posted else "张贴以后，收到异议在这里登记和答复。", wrap=True))
        if self.acts.is_open and posted:
            card.add(row(plain("登记异议…", self.acts.hear, icon="plus"), None))
        return card

    def _objection(self, objection: ObjectionFacts) -> QWidget:
        who = Words("　".join(part for part in (objection.name, objection.line) if part))
        pieces: list[QWidget] = [Words(objection.text, wrap=True)]
        late = "" if objection.in_time else "，逾期提出"
        pieces.append(small(f"{moment_words(objection.received_at)}收到{late}", wrap=True))
        if objection.answered_at is not None:
            pieces.append(muted(f"答复：{objection.answer}（{objection.answered_by}）", wrap=True))
        head = row(who, self._verdict(objection), None, gap=8)
        if objection.answered_at is None:
            head.addWidget(plain("答复…", partial(self.acts.answer, objection)))
        elif objection.upheld and objection.line and self.acts.is_open:
            head.addWidget(quiet("去更正这一行", partial(self.acts.seek, objection.line), icon="arrow-right"))
        return boxed(column(head, *pieces, gap=4))

    def _verdict(self, objection: ObjectionFacts) -> Chip:
        if objection.answered_at is None:
            late = self.desk.today > objection.answer_due
            return Chip(f"{short_day(objection.answer_due)}前答复", "cinnabar" if late else "amber")
        return Chip("成立", "pine") if objection.upheld else Chip("不成立", "grey")

    # freezing

    def _frozen(self, view: View) -> Card:
        card = Card("冻结")
        facts = self.desk.ask(standing.freezing, view.roll.id) if view.frozen else None
        if facts is None:
            card.add(muted("冻结以后，名册各行不再改动，计票以它为准。", wrap=True))
            if self.acts.is_open and view.life is not None:
                ready = view.life.act in (Act.FREEZE, Act.PRINT, Act.POST, Act.DECIDE)
                button = plain("冻结名册…", self.acts.freeze, icon="stamp")
                button.allow("" if ready else view.life.words)
                card.add(row(button, None))
                if not ready:
                    card.add(small(view.life.words, wrap=True))
            return card
        card.add(small("核对码（计票前宣读）"), Words(check_number(facts.digest), "figure"))
        if not facts.intact:
            card.add(Words("现在的内容算出的核对码与此不同：名册被改动过。", tone="cinnabar", wrap=True))
        card.add(Words(f"{moment_words(facts.frozen_at)}由{facts.frozen_by}冻结。", wrap=True))
        if facts.unpublished_why:
            card.add(Words(f"没有公示，理由：{facts.unpublished_why}", tone="amber", wrap=True))
        card.add(small(f"完整校验值（SHA-256）\n{_grouped(facts.digest)}", wrap=True))
        return card.add(row(plain("打印冻结说明", self.acts.print_freezing, icon="printer"), None))

    def _amended(self, view: View) -> Card:
        card = Card("表决中的变更", f"{len(view.amendments)} 项" if view.amendments else "")
        if not view.amendments:
            card.add(
                muted(_NO_AMENDMENT if view.frozen else "冻结以后发生的买卖、交付、迁出等，在这里登记。", wrap=True)
            )
        for place, amendment in enumerate(view.amendments):
            if place:
                card.add(rule())
            card.add(_amendment(amendment))
        if view.amendments and self.acts.is_current:
            card.add(row(plain("按变更更新名册…", self.acts.renew, icon="rotate-ccw"), None))
        return card


_NO_AMENDMENT = "没有变更。冻结后发生买卖、交付、迁出等，请在名册中选中那一行，登记变更。"


def _amendment(amendment: AmendmentFacts) -> QWidget:
    kind = AMENDMENT_WORDS[AmendmentKind(amendment.kind)]
    head = row(Words(_what(amendment)), Chip(kind), None, gap=8)
    return boxed(
        column(
            head,
            Words(_change(amendment), wrap=True),
            muted(f"{day_words(amendment.happened_on)}发生；理由：{amendment.reason}", wrap=True),
            small(f"适用规则：{amendment.rule}", wrap=True),
            small(f"{moment_words(amendment.recorded_at)}　{amendment.recorded_by}登记"),
            gap=4,
        )
    )


def _what(amendment: AmendmentFacts) -> str:
    entry = stored_entry(amendment.before or amendment.after)
    if isinstance(entry, UnitEntry):
        return place_words(entry.building, entry.entrance, entry.room)
    return entry.name if entry else ""


def _change(amendment: AmendmentFacts) -> str:
    before, after = stored_entry(amendment.before), stored_entry(amendment.after)
    if after is None:
        return "自下一份名册起划去"
    if before is None:
        return "自下一份名册起恢复"
    if isinstance(before, UnitEntry) and isinstance(after, UnitEntry) and before.owners != after.owners:
        was, now = ("、".join(name for name, _ in each.owners) or "无" for each in (before, after))
        return f"业主：{was} → {now}"
    return f"改动：{changed_words(before, after)}"


def _line(words: QWidget, *buttons: QWidget) -> QWidget:
    across = row(words, *buttons, gap=4)
    across.setStretch(0, 1)
    return boxed(across)


def _grouped(digest: str) -> str:
    return " ".join(digest[at : at + 8] for at in range(0, len(digest), 8))
