"""A count that explains itself: from each line of the roll to what was counted, and from the sums to the article."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select
from sqlalchemy.orm import Session

from consult_app.bodies.rules import LegalMode
from consult_app.kernel.errors import Missing
from consult_app.kernel.text import area_words
from consult_app.rolls.rules import STATUS_WORDS, UnitStatus
from consult_app.voting import counting, decisions, following, verdicts
from consult_app.voting.box import by_words
from consult_app.voting.choices import CHANNEL_WORDS, Channel, MotionState, read
from consult_app.voting.decisions import Decided
from consult_app.voting.nominating import nominees
from consult_app.voting.rule import Rule
from consult_app.voting.rules import CHOICE_WORDS, Choice
from consult_app.voting.tables import Ballot, Elector, Item, Motion, Participation, Proxy

NOTHING_DECIDED = Decided(())


@dataclass(frozen=True)
class TitleLine:
    """A line of the roll that a voter stands on. `area` in 0.01 m², 0 for a line that names a person."""

    what: str
    owners: tuple[str, ...]
    area: int
    status: str
    sheet: str
    row: int

    @property
    def words(self) -> str:
        """`1号楼1单元101，80.00 ㎡，已交付（业主01，第 2 行）`."""
        parts = [self.what]
        if self.area:
            parts.append(f"{area_words(self.area)} ㎡")
        if self.status:
            parts.append(self.status)
        place = f"{self.sheet} " * bool(self.sheet) + f"第 {self.row} 行" * bool(self.row)
        note = "，".join(part for part in ("、".join(self.owners), place.strip()) if part)
        return "，".join(parts) + (f"（{note}）" if note else "")


@dataclass(frozen=True)
class VoterLine:
    """One voter's chain: lines of the roll, joinings, head, area, agent, channel, and what it counts for.

    `choices` is empty before closing, for a secret vote and for whom nothing counts; then `counted` says why.
    """

    elector_id: int
    label: str
    names: tuple[str, ...]
    rooms: tuple[str, ...]
    places: tuple[tuple[str, str, str], ...]
    titles: tuple[TitleLine, ...]
    joined: tuple[str, ...]
    reason: str
    heads: int
    area: int
    nominee: str
    agent: str
    channel: Channel | None
    at: datetime | None
    counted: str
    choices: tuple[tuple[str, Choice], ...]

    decided: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[tuple[str, str], ...]:
        """The chain as (name of the step, sentence), from the line of the roll to what was counted for."""
        came = by_words(self.channel, self.agent) if self.channel else ""
        mandate = f"委托{self.agent}代为表决" if self.agent and not self.channel else ""
        return (
            *(("产权" if title.area else "名册", title.words) for title in self.titles),
            *(("合并", joining) for joining in self.joined),
            ("票权", f"{self.reason}，计 {self.weight}" if self.reason else f"计 {self.weight}"),
            *((("推选", f"共有人推选{self.nominee}表决"),) if self.nominee else ()),
            *((("委托", mandate),) if mandate else ()),
            *((("方式", came),) if came else ()),
            *(("裁定", words) for words in self.decided),
            ("计票", self.counted),
        )

    @property
    def chain(self) -> tuple[str, ...]:
        """The chain in sentences."""
        return tuple(words for _, words in self.steps)

    @property
    def weight(self) -> str:
        """`1 人、80.00 ㎡`."""
        return f"{self.heads} 人" + (f"、{area_words(self.area)} ㎡" if self.area else "")


@dataclass(frozen=True)
class ItemReasons:
    """One question's verdict with each share it rests on, in sentences."""

    code: str
    text: str
    outcome: str
    shares: tuple[str, ...]


@dataclass(frozen=True)
class Explanation:
    """A motion's count, voter by voter and share by share, with the articles it rests on."""

    basis: str
    voters: tuple[VoterLine, ...]
    items: tuple[ItemReasons, ...]


def explanation(db: Session, motion_id: int) -> Explanation:
    """The chain of every voter of the frozen roll; choices and verdict only once closed, and of named votes only."""
    motion = db.get(Motion, motion_id)
    if motion is None:
        raise Missing(what="表决事项", id=motion_id)
    codes = tuple(db.scalars(select(Item.code).where(Item.motion_id == motion_id).order_by(Item.id)))
    rule = Rule.from_dict(motion.rule)
    silent = following.unreturned(db, motion)
    chosen, told = nominees(db, motion_id), decisions.decided(db, motion_id)
    return Explanation(
        basis=rule.basis,
        voters=tuple(
            _voter(
                motion,
                codes,
                row,
                follows=row.id in silent,
                nominee=chosen.get(row.id, ""),
                decided=told.get(row.id, NOTHING_DECIDED),
            )
            for row in _rows(db, motion_id)
        ),
        items=tuple(
            ItemReasons(
                item.code,
                item.text,
                verdicts.verdict_words(item.verdict) if item.verdict else "意见征询，不作决定",
                verdicts.explanation(item.verdict) if item.verdict else (),
            )
            for item in counting.tally(db, motion_id).items
        ),
    )


def is_counted(motion: Motion, ballot: Row[Any] | Ballot) -> bool:
    """Whether a stored ballot is in the count: a filled one only once it is signed, where the law asks for that."""
    return motion.legal_mode != LegalMode.ASSISTED or bool(ballot.signed) or not ballot.needs_signature


def _rows(db: Session, motion_id: int) -> list[Row[Any]]:
    """Every voter with their ballot. Bare columns: ten thousand mapped objects would take a second to build."""
    return list(
        db.execute(
            select(
                Elector.id,
                Elector.label,
                Elector.names,
                Elector.rooms,
                Elector.places,
                Elector.titles,
                Elector.joined,
                Elector.reason,
                Elector.heads,
                Elector.area,
                Participation.channel,
                Participation.at,
                Participation.pending,
                Proxy.agent,
                Ballot.choices,
                Ballot.signed,
                Ballot.needs_signature,
            )
            .outerjoin(Participation, Participation.elector_id == Elector.id)
            .outerjoin(Proxy, (Proxy.elector_id == Elector.id) & Proxy.revoked_at.is_(None))
            .outerjoin(Ballot, (Ballot.elector_id == Elector.id) & Ballot.set_aside.is_(False))
            .where(Elector.motion_id == motion_id)
            .order_by(Elector.id)
        )
    )


def _voter(
    motion: Motion, codes: tuple[str, ...], row: Row[Any], *, follows: bool, nominee: str, decided: Decided
) -> VoterLine:
    told = motion.state in (MotionState.CLOSED, MotionState.DECLARED)
    choices: tuple[tuple[str, Choice], ...] = ()
    if told and row.choices and is_counted(motion, row):
        choices = tuple(zip(codes, read(row.choices), strict=True))
    return VoterLine(
        elector_id=row.id,
        label=row.label,
        names=tuple(row.names),
        rooms=tuple(row.rooms),
        places=tuple((building, entrance, room) for building, entrance, room in row.places),
        titles=tuple(_title(line) for line in row.titles),
        joined=tuple(joining_words(joining) for joining in row.joined),
        reason=row.reason,
        heads=row.heads,
        area=row.area,
        nominee=nominee,
        agent=row.agent or "",
        channel=Channel(row.channel) if row.channel else None,
        at=row.at,
        counted="已送达未返回，按议事规则计入多数意见"
        if follows and told
        else _counted(motion, row, choices, told=told, left_out=decided.left_out),
        choices=choices,
        decided=decided.words,
    )


def joining_words(joining: dict[str, Any]) -> str:
    """`「甲」与「甲」确认为同一人：同一手机号`."""
    return f"「{joining['name']}」与「{joining['same_name']}」确认为同一人：{joining['evidence']}"


def _counted(
    motion: Motion, row: Row[Any], choices: tuple[tuple[str, Choice], ...], *, told: bool, left_out: str
) -> str:
    if motion.by_hands:
        return "举手计数，只计总数"
    if row.channel is None:
        return "未参与表决"
    if left_out:
        return f"不参与表决，不计入：{left_out}"
    if row.pending:
        return "纸质选票尚未由两名计票人录入一致，未计入"
    if not told:
        return "已参与表决"
    if motion.secret:
        return "已参与表决，无记名"
    if not choices:
        return f"{CHANNEL_WORDS[Channel(row.channel)]}填写的票尚未签字，未计入"
    if len(choices) == 1:
        return f"计入{CHOICE_WORDS[choices[0][1]]}"
    return "计入" + "，".join(f"第 {code} 项{CHOICE_WORDS[choice]}" for code, choice in choices)


def _title(line: dict[str, Any]) -> TitleLine:
    if "unit" not in line:
        return TitleLine(line["name"], (), 0, "", line["sheet"], line["row"])
    return TitleLine(
        line["room"],
        tuple(name for _, name in line["owners"]),
        line["area"],
        STATUS_WORDS[UnitStatus(line["status"])],
        line["sheet"],
        line["row"],
    )
