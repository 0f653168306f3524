"""冻结后变更: what happens to a unit or a person after its roll was frozen, dated, with the rule that applies.

The frozen lines never change; `renew_roll` makes the next roll of them with the amendments applied.
"""

from dataclasses import asdict
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import day_words, legal_day, required
from consult_app.rolls import corrections, queries, standing
from consult_app.rolls.actions import add_lines, add_roll
from consult_app.rolls.carrying import carry_findings
from consult_app.rolls.entries import PersonEntry, UnitEntry, changed_words
from consult_app.rolls.rules import place_words
from consult_app.rolls.tables import RollAmendment
from consult_app.storage.store import Work


class AmendmentKind(StrEnum):
    """What happened after the freezing."""

    TRANSFER = "transfer"
    DELIVERY = "delivery"
    PERSON = "person"
    ERROR = "error"


AMENDMENT_WORDS = {
    AmendmentKind.TRANSFER: "买卖、继承等转让",
    AmendmentKind.DELIVERY: "售出或交付",
    AmendmentKind.PERSON: "人员变动",
    AmendmentKind.ERROR: "登记有误",
}

AMENDMENT_RULES = {
    AmendmentKind.TRANSFER: "冻结后转让的，本次表决以冻结的名册为准，已投的票有效，新业主自下一份名册起参加表决；议事规则另有约定的从其约定。",
    AmendmentKind.DELIVERY: "冻结后售出或交付的，本次表决仍按冻结时的情况计入建设单位，自下一份名册起计入买受人；议事规则另有约定的从其约定。",
    AmendmentKind.PERSON: "冻结后迁入、迁出、去世的，本次表决以冻结的名册为准，自下一份名册起调整；是否成年以表决日为准。",
    AmendmentKind.ERROR: "冻结后发现登记有误的，不改动冻结的名册，如实记录并告知监票人；可能影响结果的，应当更正名册，重新公示后再表决。",
}
"""The rule each kind falls under. The law is silent: all four are policy (domain.md §2.4, §2.6), shown with the amendment."""


class NotFrozen(Refused):
    """The roll is open: the line itself is corrected."""

    text = "名册还没有冻结，请直接更正这一行。"


class NotYet(Refused):
    """What is to be recorded has not happened yet."""

    text = "发生日期不能晚于今天。"
    field = "happened_on"


class NothingChanged(Refused):
    """The amendment leaves the line as it was."""

    text = "填写的内容与名册相同，没有变更。"


def amend_unit(
    work: Work, unit_id: int, entry: UnitEntry | None, *, kind: AmendmentKind | str, happened_on: date, reason: str
) -> int:
    """Record what became of a unit after its roll was frozen, None where it is no more; return the amendment's number.

    Refused: `NotFrozen`, `NotYet`, `NothingChanged`, a field that is blank or unreadable.
    """
    before = amended_unit(work.db, unit_id)
    after = corrections.checked_unit(work.db, unit_id, entry) if entry else None
    roll_id = corrections.roll_of(work.db, f"unit:{unit_id}")
    what = place_words(before.building, before.entrance, before.room) if before else ""
    return _amend(work, roll_id, f"unit:{unit_id}", what, before, after, AmendmentKind(kind), happened_on, reason)


def amend_person(
    work: Work, person_id: int, entry: PersonEntry | None, *, kind: AmendmentKind | str, happened_on: date, reason: str
) -> int:
    """Record what became of a villager, resident or member after the roll was frozen, None where they left it."""
    before = amended_person(work.db, person_id)
    after = corrections.checked_person(work.db, person_id, entry) if entry else None
    roll_id = corrections.roll_of(work.db, f"person:{person_id}")
    what = before.name if before else ""
    return _amend(work, roll_id, f"person:{person_id}", what, before, after, AmendmentKind(kind), happened_on, reason)


def amended_unit(db: Session, unit_id: int) -> UnitEntry | None:
    """A unit as it is by its latest amendment, else as it was frozen; None where it is no more."""
    latest = _latest(db, f"unit:{unit_id}")
    if latest is None:
        return corrections.unit_entry(db, unit_id)
    entry = stored_entry(latest.after)
    return entry if isinstance(entry, UnitEntry) else None


def amended_person(db: Session, person_id: int) -> PersonEntry | None:
    """A person as they are by their latest amendment, else as they were frozen; None where they left the roll."""
    latest = _latest(db, f"person:{person_id}")
    if latest is None:
        return corrections.person_entry(db, person_id)
    entry = stored_entry(latest.after)
    return entry if isinstance(entry, PersonEntry) else None


def stored_entry(facts: dict[str, Any]) -> UnitEntry | PersonEntry | None:
    """The entry that an amendment keeps as `before` or `after`; None for an empty one."""
    if not facts:
        return None
    if "owners" not in facts:
        return PersonEntry(**facts)
    return UnitEntry(**{**facts, "owners": tuple((name, number) for name, number in facts["owners"])})


def renew_roll(work: Work, roll_id: int, as_of: date) -> int:
    """Make the body's next roll of a frozen one with its amendments applied, and return its number.

    Joinings are carried over where their evidence still holds. Refused when the roll is not frozen.
    """
    old = queries.roll(work.db, roll_id)
    if not standing.frozen_digest(work.db, roll_id):
        raise NotFrozen
    amendments = standing.amendments(work.db, roll_id)
    units, people = queries.units(work.db, roll_id), queries.people(work.db, roll_id)
    source = f"{old.source_name}（更新）"[:200]
    renewed = add_roll(work, old.body_id, old.kind, as_of, source, "", {"renewed_from": roll_id})
    new_units, new_people = add_lines(work.db, renewed, units, people)
    carry_findings(work, roll_id, renewed)
    chain.append(work, "roll.renewed", f"body:{old.body_id}", roll=renewed, old=roll_id, count=len(amendments))
    last = {amendment.line: amendment for amendment in amendments}
    for line, amendment in last.items():
        noun, number = line.split(":")
        stored = (new_units if noun == "unit" else new_people)[int(number)]
        _apply(work, noun, stored, stored_entry(amendment.after), amendment.reason)
    return renewed


def _apply(work: Work, noun: str, stored: int, entry: UnitEntry | PersonEntry | None, reason: str) -> None:
    if isinstance(entry, UnitEntry):
        corrections.change_unit(work, stored, entry, reason)
    elif entry is not None:
        corrections.change_person(work, stored, entry, reason)
    elif noun == "unit":
        corrections.strike_unit(work, stored, reason)
    else:
        corrections.strike_person(work, stored, reason)


def _amend(
    work: Work,
    roll_id: int,
    line: str,
    what: str,
    before: UnitEntry | PersonEntry | None,
    after: UnitEntry | PersonEntry | None,
    kind: AmendmentKind,
    happened_on: date,
    reason: str,
) -> int:
    reason = required(reason, "变更的理由", 400, "reason")
    if not standing.frozen_digest(work.db, roll_id):
        raise NotFrozen
    if happened_on > legal_day(work.now):
        raise NotYet
    if before == after:
        raise NothingChanged
    if before and after:
        what += f"（{changed_words(before, after)}）"
    row = RollAmendment(
        roll_id=roll_id,
        line=line,
        kind=kind,
        happened_on=happened_on,
        rule=AMENDMENT_RULES[kind],
        before=asdict(before) if before else {},
        after=asdict(after) if after else {},
        reason=reason,
        recorded_at=work.now,
        recorded_by=work.actor.name,
    )
    work.db.add(row)
    work.db.flush()
    facts = {"what": what, "day": day_words(happened_on), "reason": reason, "kind": str(kind), "line": line}
    chain.append(work, "roll.amended", f"roll:{roll_id}", amendment=row.id, **facts)
    return row.id


def _latest(db: Session, line: str) -> RollAmendment | None:
    query = select(RollAmendment).where(RollAmendment.line == line)
    return db.scalar(query.order_by(RollAmendment.happened_on.desc(), RollAmendment.id.desc()).limit(1))
