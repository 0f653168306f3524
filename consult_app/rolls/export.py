"""A roll taken out as xlsx, in full or masked, with the account of its import."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy.orm import Session

from consult_app.bodies import queries as bodies
from consult_app.kernel.text import day_words, moment_words
from consult_app.rolls import queries, standing
from consult_app.rolls.amending import AMENDMENT_WORDS, AmendmentKind, stored_entry
from consult_app.rolls.book import Tell, book_of
from consult_app.rolls.entries import entry_facts
from consult_app.rolls.paper import (
    PaperSheet,
    account_sheet,
    heads_sheet,
    people_sheet,
    problems_sheet,
    units_sheet,
)
from consult_app.rolls.rules import RollKind


def exported(db: Session, roll_id: int, *, masked: bool, tell: Tell = lambda _rows: None) -> bytes:
    """The roll as an xlsx file. In full it holds all that is known; masked, no number, phone, room or whole name.

    `tell` is told how many rows are written, and may raise to stop.
    """
    return book_of(_sheets(db, roll_id, masked), tell)


def _sheets(db: Session, roll_id: int, masked: bool) -> Iterator[PaperSheet]:
    roll = queries.roll(db, roll_id)
    people = queries.people(db, roll_id, with_struck=True)
    if roll.kind is RollKind.OWNERS:
        parking = bool(bodies.body(db, roll.body_id).policy.get("count_parking", False))
        heads = queries.heads(db, roll_id, count_parking=parking)
        yield units_sheet(queries.units(db, roll_id), people, heads, masked=masked)
        yield heads_sheet(heads, people, masked=masked)
    else:
        yield people_sheet(queries.people(db, roll_id), masked=masked)
    if roll.report.get("lines"):
        yield account_sheet(roll.report)
    if not masked:
        yield problems_sheet(roll.report)
        yield from _records(db, roll_id)


def _records(db: Session, roll_id: int) -> Iterator[PaperSheet]:
    """What was decided about the roll and changed in it."""
    joinings = [
        (each.name, each.evidence, each.decided_by, moment_words(each.decided_at))
        for each in queries.joinings(db, roll_id)
    ]
    yield PaperSheet("合并", ("姓名", "依据", "认定人", "认定时间"), joinings)
    changes = [
        (_words(each.before), _words(each.after), each.reason, each.changed_by, moment_words(each.changed_at))
        for each in queries.changes(db, roll_id)
    ]
    yield PaperSheet("更正", ("更正前", "更正后", "理由", "更正人", "更正时间"), changes)
    amended = [
        (
            day_words(each.happened_on),
            AMENDMENT_WORDS[AmendmentKind(each.kind)],
            _entry_words(each.before),
            _entry_words(each.after),
            each.reason,
            each.rule,
        )
        for each in standing.amendments(db, roll_id)
    ]
    yield PaperSheet("冻结后变更", ("发生日期", "类别", "变更前", "变更后", "理由", "适用规则"), amended)


def _entry_words(kept: dict[str, Any]) -> str:
    entry = stored_entry(kept)
    return _words(entry_facts(entry) if entry else {})


def _words(facts: dict[str, Any]) -> str:
    """`面积 89.50；业主 甲`: what a line was, without its blanks."""
    found = [(name, _value_words(value)) for name, value in facts.items()]
    return "；".join(f"{name} {words}" for name, words in found if words) or "无"


def _value_words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(" ".join(part for part in owner if part) for owner in value)
    return ("是" if value else "") if isinstance(value, bool) else str(value)
