"""The columns of a roll, and the few words by which its lines are sifted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from consult_app.kernel.text import area_words, day_words
from consult_app.rolls.heads import HeadKind
from consult_app.rolls.masking import masked_phone
from consult_app.rolls.rules import STATUS_WORDS, USAGE_WORDS, RollKind, UnitStatus, Usage
from ui.pages.roll.view import PersonRow, Row, UnitRow, View, head_words
from ui.widgets.data_table import Column

VOTED = "本次表决"


@dataclass
class Lens:
    """How the table is looked through: phones in full while a button is held, and who has taken part in the vote under way."""

    open: bool = False
    voted: Mapping[str, bool] = field(default_factory=dict)

    def phone(self, number: str) -> str:
        """The number, masked unless the button is held."""
        return number if self.open else masked_phone(number)

    def took_part(self, *keys: str) -> str:
        """Whether the elector of one of these keys has voted; never how."""
        found = next((self.voted[key] for key in keys if key in self.voted), None)
        return "" if found is None else "已投" if found else "未投"


@dataclass(frozen=True)
class Sieve:
    """A pill over the table: its word and which lines it lets through."""

    words: str
    lets: Callable[[Any], bool]


def unit_columns(lens: Lens) -> tuple[Column, ...]:
    """The columns of an owners' roll."""
    return (
        Column("房屋", lambda row: row.line.place, 13, sort=lambda row: row.order, search=_place_search),
        Column(
            "业主",
            lambda row: row.line.owners or "—",
            13,
            search=lambda row: f"{row.line.owners} {row.line.initials}",
        ),
        Column("票权", lambda row: head_words(row.head), 15, sort=_head_order, search=lambda _row: ""),
        Column(VOTED, lambda row: lens.took_part(*_keys(row)), 8, tone=_voted_tone(lens), search=_nothing),
        Column(
            "面积（㎡）",
            lambda row: area_words(row.line.area),
            9,
            sort=lambda row: row.line.area,
            right=True,
            search=lambda row: area_words(row.line.area).replace(",", ""),
        ),
        Column("用途", lambda row: USAGE_WORDS[row.line.usage], 6),
        Column("交付情况", lambda row: STATUS_WORDS[row.line.status], 8, tone=_status_tone),
        Column("电话", lambda row: lens.phone(row.line.phone), 13, search=lambda row: row.line.phone, whole=True),
    )


def people_columns(lens: Lens) -> tuple[Column, ...]:
    """The columns of a roll of people."""
    return (
        Column("小组", lambda row: row.person.group or "—", 9, sort=lambda row: row.order),
        Column("户号", lambda row: row.person.household or "—", 9, sort=lambda row: row.order),
        Column(
            "姓名", lambda row: row.person.name, 11, search=lambda row: f"{row.person.name} {row.initials}", whole=True
        ),
        Column("与户主关系", lambda row: row.person.relation or "—", 9),
        Column("性别", lambda row: row.person.gender or "—", 6),
        Column("出生日期", _birth_words, 14, sort=lambda row: str(row.person.birth or ""), search=_nothing),
        Column(
            "十八周岁", lambda row: "已满" if row.adult else "未满" if row.person.birth else "不明", 8, search=_nothing
        ),
        Column("代表", lambda row: "✓ 代表" if row.person.representative else "", 8, tone=lambda row: "pine"),
        Column(VOTED, lambda row: lens.took_part(*_keys(row)), 8, tone=_voted_tone(lens), search=_nothing),
        Column("电话", lambda row: lens.phone(row.person.phone), 13, search=lambda row: row.person.phone, whole=True),
    )


@cache
def sieves(kind: RollKind) -> tuple[Sieve, ...]:
    """The pills of a kind of roll."""
    every, faulty = Sieve("全部", lambda _row: True), Sieve("待补正", lambda row: bool(row.fault))
    if kind is RollKind.OWNERS:
        return (
            every,
            Sieve("共有", lambda row: len(row.line.persons) > 1),
            Sieve("一人多套", lambda row: row.head is not None and row.head.kind is HeadKind.SEVERAL_UNITS),
            Sieve("建设单位", lambda row: row.line.status in (UnitStatus.UNSOLD, UnitStatus.UNDELIVERED)),
            Sieve("商业", lambda row: row.line.usage is Usage.COMMERCIAL),
            faulty,
        )
    if kind is RollKind.MEMBERS:
        return (every,)
    return (
        every,
        Sieve("已满十八周岁", lambda row: row.adult),
        Sieve("代表", lambda row: row.person.representative),
        Sieve("户主", lambda row: row.person.relation == "户主"),
        faulty,
    )


def part_of(row: Row) -> str:
    """The building or group a line belongs to."""
    return row.line.building if isinstance(row, UnitRow) else row.person.group


def summary(view: View) -> str:
    """The roll in one line."""
    if isinstance(next(iter(view.rows), None), UnitRow):
        area = area_words(sum(head.area for head in view.heads.values()))
        return f"{len(view.rows):,} 套 · {area} ㎡ · 业主 {len(view.heads):,} 人"
    people = [row for row in view.rows if isinstance(row, PersonRow)]
    households = len({row.person.household for row in people if row.person.household})
    home = f" · {households:,} 户" if households else ""
    return f"{len(people):,} 人{home}"


def _place_search(row: UnitRow) -> str:
    line = row.line
    return f"{line.place} {'-'.join(part for part in (line.building, line.entrance, line.room) if part)}"


def _head_order(row: UnitRow) -> tuple[int, str]:
    return (len(row.head.units), row.head.key) if row.head else (0, "")


def _birth_words(row: PersonRow) -> str:
    return day_words(row.person.birth) if row.person.birth else "不明"


def _status_tone(row: UnitRow) -> str:
    return {UnitStatus.DELIVERED: "", UnitStatus.UNKNOWN: "cinnabar"}.get(row.line.status, "amber")


def _voted_tone(lens: Lens) -> Callable[[Any], str]:
    return lambda row: "pine" if lens.took_part(*_keys(row)) == "已投" else "grey"


def _keys(row: Row) -> tuple[str, ...]:
    """The electors a line may stand for: its head; or the person, or their household."""
    if isinstance(row, UnitRow):
        return (row.head.key,) if row.head else ()
    return (f"p{row.person.id}", f"h{row.person.household}")


def _nothing(_row: Any) -> str:
    return ""
