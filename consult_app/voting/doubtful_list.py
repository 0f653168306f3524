"""疑难票清单: every ballot that people must decide about or have, with its rule, and after closing what hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Missing
from consult_app.voting import counting, rules
from consult_app.voting.choices import CHANNEL_WORDS, Channel, MotionState, read
from consult_app.voting.decisions import doubt_words, pair_words
from consult_app.voting.doubtful import GROUND_WORDS, RULE_WORDS, Ground
from consult_app.voting.nominating import nominees
from consult_app.voting.pairs import Pair, pairs
from consult_app.voting.rule import VOTED, Rule
from consult_app.voting.rules import Tally, Weight
from consult_app.voting.tables import Ballot, Conflict, Doubtful, Elector, Item, Motion
from consult_app.voting.verdicts import Code, Verdict
from consult_app.voting.whatif import without


class CaseKind(StrEnum):
    """What kind of case a line of the list is."""

    DOUBT = "doubt"
    PAIR = "pair"
    MAJORITY = "majority"
    MARK = "mark"


PAIR_RULE = (
    "一个票权只计一票：同一业主先后投的两张，按表决方案确定的办法取一张；共有人意见不一致的，以推选的人的票为准。"
)
MARK_RULE = "空白、多选、无法辨认的，该项算参与表决，按弃权处理，不算同意；其他各项不受影响。"


@dataclass(frozen=True)
class BothWays:
    """One question's verdict with a ballot and without it."""

    code: str
    with_it: Verdict
    without_it: Verdict

    @property
    def turns(self) -> bool:
        """Whether the result hangs on this ballot alone."""
        return self.with_it.passed is not self.without_it.passed


@dataclass(frozen=True)
class Case:
    """One case: of `id` in its own table, of a voter unless it is a majority; `decided` says how, empty while it is open.

    `co_owners` are those who may be chosen; `nominee` whom they chose. `ways` only after closing, of a named vote.
    """

    kind: CaseKind
    id: int
    ground: Ground | None
    title: str
    facts: str
    rule: str
    elector_id: int | None = None
    item: str = ""
    co_owners: tuple[str, ...] = ()
    nominee: str = ""
    channels: tuple[str, ...] = ()
    at_odds: bool = False
    is_open: bool = True
    decided: str = ""
    ways: tuple[BothWays, ...] = ()


def doubtful_ballots(db: Session, motion_id: int) -> tuple[Case, ...]:
    """Every case of a motion, what is open first; marks, majorities and what hangs on a ballot only after closing."""
    motion = db.get(Motion, motion_id)
    if motion is None:
        raise Missing(what="表决事项", id=motion_id)
    told = motion.state in (MotionState.CLOSED, MotionState.DECLARED)
    chosen = nominees(db, motion_id)
    weigh = _Weighing(db, motion) if told and not motion.secret and not motion.by_hands and not motion.seats else None
    found = [
        *(_of_pair(pair, motion, chosen, weigh) for pair in pairs(db, motion)),
        *(_of_doubt(doubt, elector, chosen, weigh) for doubt, elector in _doubts(db, motion_id)),
    ]
    if told and not motion.seats:
        found += [*_majorities(db, motion), *_marks(db, motion)]
    return tuple(sorted(found, key=lambda case: not case.is_open))


class _Weighing:
    """The sums of a closed vote, to be read without one voter's ballot."""

    def __init__(self, db: Session, motion: Motion) -> None:
        self.rule = Rule.from_dict(motion.rule)
        self.codes: Sequence[str] = db.scalars(
            select(Item.code).where(Item.motion_id == motion.id).order_by(Item.id)
        ).all()
        decides = self.rule.kind in VOTED and motion.legal_mode != "survey"
        self.sums: tuple[Tally, ...] = counting.item_tallies(db, motion.id) if decides else ()
        self.ballots = (
            {
                elector: letters
                for elector, letters in db.execute(
                    select(Ballot.elector_id, Ballot.choices).where(
                        Ballot.motion_id == motion.id, Ballot.set_aside.is_(False)
                    )
                )
            }
            if self.sums
            else {}
        )

    def of(self, elector: Elector) -> tuple[BothWays, ...]:
        """Each question with and without the voter's ballot; none where none counts."""
        letters = self.ballots.get(elector.id)
        if not letters:
            return ()
        weight = Weight(elector.area, elector.heads)
        return tuple(
            BothWays(code, rules.decide(self.rule, tally), rules.decide(self.rule, without(tally, choice, weight)))
            for code, tally, choice in zip(self.codes, self.sums, read(letters), strict=True)
        )


def _of_pair(pair: Pair, motion: Motion, chosen: dict[int, str], weigh: _Weighing | None) -> Case:
    conflict, elector = pair.conflict, pair.elector
    asks = pair.co_owned and (pair.at_odds or motion.state == MotionState.OPEN)
    return Case(
        kind=CaseKind.PAIR,
        id=conflict.id,
        ground=Ground.CO_OWNERS if asks else None,
        title=_who(elector),
        facts=_pair_facts(conflict, asks),
        rule=RULE_WORDS[Ground.CO_OWNERS] if asks else PAIR_RULE,
        elector_id=elector.id,
        co_owners=tuple(elector.names) if pair.co_owned else (),
        nominee=chosen.get(elector.id, ""),
        channels=(conflict.first_channel, conflict.second_channel),
        at_odds=asks,
        is_open=conflict.decided_at is None,
        decided=pair_words(conflict) if conflict.decided_at else "",
        ways=weigh.of(elector) if weigh else (),
    )


def _pair_facts(conflict: Conflict, asks: bool) -> str:
    first, second = (CHANNEL_WORDS[Channel(one)] for one in (conflict.first_channel, conflict.second_channel))
    return f"先用{first}投票，后又交{second}。" + ("两张票来自共有人，须由共有人推选一人。" if asks else "")


def _of_doubt(doubt: Doubtful, elector: Elector, chosen: dict[int, str], weigh: _Weighing | None) -> Case:
    ground = Ground(doubt.ground)
    return Case(
        kind=CaseKind.DOUBT,
        id=doubt.id,
        ground=ground,
        title=_who(elector),
        facts=f"{GROUND_WORDS[ground]}：{doubt.note.rstrip('。')}。",
        rule=RULE_WORDS[ground],
        elector_id=elector.id,
        co_owners=tuple(elector.names) if len(elector.names) > 1 else (),
        nominee=chosen.get(elector.id, ""),
        is_open=doubt.decided_at is None,
        decided=doubt_words(doubt) if doubt.decided_at else "",
        ways=weigh.of(elector) if weigh else (),
    )


def _doubts(db: Session, motion_id: int) -> list[tuple[Doubtful, Elector]]:
    rows = db.execute(
        select(Doubtful, Elector)
        .join(Elector, Elector.id == Doubtful.elector_id)
        .where(Doubtful.motion_id == motion_id)
        .order_by(Doubtful.id)
    )
    return [(doubt, elector) for doubt, elector in rows]


def _majorities(db: Session, motion: Motion) -> list[Case]:
    """Questions on which area and heads know no single majority, and those people decided about."""
    if not motion.follow_clause:
        return []
    decided = {
        row.item: row
        for row in db.scalars(
            select(Doubtful).where(Doubtful.motion_id == motion.id, Doubtful.ground == Ground.MAJORITY_SPLIT)
        )
    }
    found = []
    for item in counting.tally(db, motion.id).items:
        split = item.verdict is not None and item.verdict.code is Code.NEEDS_REVIEW_MAJORITY_SPLIT
        row = decided.get(item.code)
        if split or row is not None:
            found.append(_of_majority(item.code, item.text, row))
    return found


def _of_majority(code: str, text: str, row: Doubtful | None) -> Case:
    return Case(
        kind=CaseKind.MAJORITY,
        id=row.id if row else 0,
        ground=Ground.MAJORITY_SPLIT,
        title=f"第 {code} 项　{text.rstrip('。')}",
        facts="按面积算和按人数算，已表决的多数意见不是同一个，已送达未返回的票无从计入。",
        rule=RULE_WORDS[Ground.MAJORITY_SPLIT],
        item=code,
        is_open=row is None,
        decided=doubt_words(row) if row else "",
    )


def _marks(db: Session, motion: Motion) -> list[Case]:
    """Counted ballots with a defect of marking; the rule itself settles them, nobody decides."""
    if motion.secret or motion.by_hands:
        return []
    rows = db.execute(
        select(Elector, Ballot.choices)
        .join(Ballot, Ballot.elector_id == Elector.id)
        .where(Ballot.motion_id == motion.id, Ballot.set_aside.is_(False), Ballot.choices.contains("x"))
        .order_by(Elector.id)
    )
    found = []
    for elector, letters in rows:
        items = "、".join(str(place) for place, letter in enumerate(letters, 1) if letter == "x")
        found.append(
            Case(
                kind=CaseKind.MARK,
                id=elector.id,
                ground=None,
                title=_who(elector),
                facts=f"第 {items} 项填写无效。",
                rule=MARK_RULE,
                elector_id=elector.id,
                is_open=False,
                decided="按规则：参与表决，按弃权处理",
            )
        )
    return found


def _who(elector: Elector) -> str:
    return "　".join(part for part in ("、".join(elector.rooms), elector.label) if part)
