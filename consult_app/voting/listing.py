"""逐票清单: the ballots of a declared vote as the notice board shows them, from which anybody recomputes the result by pencil.

A line is a slip's two words, its class of weight, and what was chosen. Areas stand in the lines as those of their class; what
the classes add to or take from a sum is printed beside it as 零头, so that every declared area is reached to the last 0.01 m²
while no line shows one. A sum of areas stands for five ballots or more (`small_cells`): the area of one dissenter would tell
whose line is the dissenting one, and with it what that owner chose on every other question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.bodies.tables import Body
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.garbage import load
from consult_app.kernel.text import area_plain
from consult_app.voting import counting, following, unsettled
from consult_app.voting.choices import MotionState, read
from consult_app.voting.explaining import is_counted
from consult_app.voting.facts import check_words
from consult_app.voting.rule import Rule
from consult_app.voting.rules import CHOICE_WORDS, Choice
from consult_app.voting.small_cells import JOINT_WORDS, SMALLEST, Groups, told
from consult_app.voting.tables import Ballot, Credential, Item, Motion, Participation
from consult_app.voting.tallies import ItemTally, Tally
from consult_app.voting.weight_classes import WeightClass, class_of, classes

FORMAT = 1
NO_WORDS = "无口令"
"""What stands for the words of a secret ballot, and of one that came without a slip or by a slip of old."""


class NotDeclared(Refused):
    """The list is of a declared result."""

    text = "宣布结果以后，才能公布逐票清单。"


class NoBallots(Refused):
    """Raised hands and elections leave no ballots that could be listed."""

    text = "「{title}」没有逐张选票（选举或举手计数），不出逐票清单。"


class TooFewBallots(Refused):
    """So few ballots would tell who chose what."""

    text = "计入的选票只有 {count} 张，少于 {least} 张，公布逐票清单会让人看出谁投了什么。请只公布合计。"


@dataclass(frozen=True)
class ListedBallot:
    """One line. `weight` is the label of its class, `choices` are in the order of the questions."""

    words: str
    weight: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class ListedSum:
    """What the lines come to for one choice of one question, and what was declared. Areas in 0.01 m².

    `choice` is that of the lines, or 不同意合计 or 参与合计 (`small_cells`); `has_area` says whether its area is told.
    """

    item: str
    choice: str
    ballots: int
    by_class: int
    heads: int
    area: int
    has_area: bool

    @property
    def rest(self) -> int:
        """零头: what the declared area is above (or below) the sum by classes."""
        return self.area - self.by_class


@dataclass(frozen=True)
class BallotList:
    """The list with all that its recomputing needs. `outcomes` is 通过, 未通过, 待决定 or 意见征询 for each question."""

    body: str
    title: str
    plan: str
    rule: Rule
    rule_table: Mapping[str, Any] = field(repr=False)
    items: tuple[tuple[str, str], ...]
    eligible_heads: int
    eligible_area: int
    present: int | None
    silent_heads: int
    silent_area: int
    unfollowed: tuple[str, ...]
    classes: tuple[WeightClass, ...]
    lines: tuple[ListedBallot, ...]
    sums: tuple[ListedSum, ...]
    outcomes: tuple[tuple[str, str], ...]

    @property
    def by_area(self) -> bool:
        """Whether area counts."""
        return "area" in self.rule.measures

    @property
    def with_words(self) -> bool:
        """Whether voters find their own lines; not in a secret vote."""
        return any(line.words != NO_WORDS for line in self.lines)

    def to_dict(self) -> dict[str, Any]:
        """The list for machines, as `recount.listed` reads it; areas are decimal strings."""
        gate = {name: self.rule_table[name] for name in ("measures", "participation", "approval")}
        return {
            "kind": "逐票清单",
            "format": FORMAT,
            "body": self.body,
            "title": self.title,
            "plan": self.plan,
            "rule": gate,
            "items": dict(self.items),
            "eligible": {"heads": self.eligible_heads, "area": area_plain(self.eligible_area)},
            "present": self.present,
            "silent": {"heads": self.silent_heads, "area": area_plain(self.silent_area)},
            "unfollowed": list(self.unfollowed),
            "classes": {
                each.label: {"low": area_plain(each.low), "high": area_plain(each.high), "value": area_plain(each.value)}
                for each in self.classes
            },
            "lines": [[line.words, line.weight, *line.choices] for line in self.lines],
            "sums": [
                {"item": each.item, "choice": each.choice, "heads": each.heads,
                 "rest": area_plain(each.rest) if each.has_area else None,
                 "area": area_plain(each.area) if each.has_area else None}
                for each in self.sums
            ],
            "outcomes": dict(self.outcomes),
        }  # fmt: skip


def ballot_list(db: Session, motion_id: int) -> BallotList:
    """The list of a declared motion.

    Refused: `NotDeclared`, `NoBallots`, `TooFewBallots` (threat 28).
    """
    motion = db.get(Motion, motion_id)
    if motion is None:
        raise Missing(what="表决事项", id=motion_id)
    if motion.seats or motion.by_hands:
        raise NoBallots(title=motion.title)
    if motion.state != MotionState.DECLARED:
        raise NotDeclared
    ballots = _ballots(db, motion)
    if len(ballots) < SMALLEST:
        raise TooFewBallots(count=len(ballots), least=SMALLEST)
    lazy_pinyin = load("pypinyin").lazy_pinyin  # its dictionary takes a tenth of a second: not at every start

    rule = Rule.from_dict(motion.rule)
    found = classes((area if "area" in rule.measures else 0, choices) for _, area, choices in ballots)
    lines = [
        (words, class_of(area if "area" in rule.measures else 0, found), choices) for words, area, choices in ballots
    ]
    tally = counting.tally(db, motion_id)
    silent = following.weight_of(following.unreturned(db, motion))
    groups = areas_told(db, motion_id)
    items = db.execute(select(Item.code, Item.text).where(Item.motion_id == motion_id).order_by(Item.id)).all()
    return BallotList(
        body=db.scalar(select(Body.name).where(Body.id == motion.body_id)) or "",
        title=motion.title,
        plan=check_words(motion.plan_digest),
        rule=rule,
        rule_table=motion.rule,
        items=tuple((code, text) for code, text in items),
        eligible_heads=motion.eligible_heads,
        eligible_area=motion.eligible_area,
        present=counting.present(db, motion_id),
        silent_heads=silent.heads,
        silent_area=silent.area,
        unfollowed=tuple(sorted(unsettled.unfollowed(db, motion))),
        classes=found,
        lines=tuple(sorted(
            (ListedBallot(words, weight.label, choices) for words, weight, choices in lines),
            key=lambda line: (line.words == NO_WORDS, lazy_pinyin(line.words), line.weight, line.choices),
        )),
        sums=tuple(_sums(tally, lines, groups)),
        outcomes=tuple((item.code, _outcome(item)) for item in tally.items),
    )  # fmt: skip


def areas_told(db: Session, motion_id: int) -> tuple[Groups, ...]:
    """For each question of a vote by area the choices whose areas may be published, on board and list alike; else nothing."""
    motion = db.get_one(Motion, motion_id)
    if "area" not in Rule.from_dict(motion.rule).measures:
        return ()
    return told({read(letters): alike.ballots for letters, alike in counting.counted_ballots(db, motion)})


def _ballots(db: Session, motion: Motion) -> list[tuple[str, int, tuple[str, ...]]]:
    """Words, area and choices of every ballot that counts."""
    rows = db.execute(
        select(Ballot, Credential.words)
        .outerjoin(Participation, Participation.elector_id == Ballot.elector_id)
        .outerjoin(Credential, Credential.id == Participation.credential_id)
        .where(Ballot.motion_id == motion.id, Ballot.set_aside.is_(False))
    )
    return [
        (words or NO_WORDS, ballot.area, tuple(CHOICE_WORDS[choice] for choice in read(ballot.choices)))
        for ballot, words in rows
        if is_counted(motion, ballot)
    ]


def _sums(
    tally: Tally, lines: Sequence[tuple[str, WeightClass, tuple[str, ...]]], groups: Sequence[Groups]
) -> list[ListedSum]:
    """The sums of each question: by choice, and of the choices that share an area."""
    found = []
    for place, item in enumerate(tally.items):
        told_of = groups[place] if groups else ()
        single = [(choice,) for choice in Choice]
        for of in (*single, *(group for group in told_of if group not in single)):
            words = {CHOICE_WORDS[choice] for choice in of}
            weights = [weight.value for _, weight, choices in lines if choices[place] in words]
            declared = [item.counts[choice] for choice in of]
            heads, area = sum(each.heads for each in declared), sum(each.area for each in declared)
            label = JOINT_WORDS.get(of, CHOICE_WORDS[of[0]])
            found.append(ListedSum(item.code, label, len(weights), sum(weights), heads, area, of in told_of))
    return found


def _outcome(item: ItemTally) -> str:
    if item.verdict is None:
        return "意见征询"
    return {True: "通过", False: "未通过", None: "待决定"}[item.verdict.passed]
