"""A closed motion as plain files, for whoever counts it again: the roll line by line, the ballots, the rule, the result.

CSV in UTF-8 with a mark, as spreadsheets read it. A cell that a spreadsheet would take for a formula gets an apostrophe.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.kernel.errors import Missing
from consult_app.kernel.text import area_plain
from consult_app.voting import counting, election_export, following, unsettled
from consult_app.voting.box_keys import BoxSealed, is_sealed
from consult_app.voting.choices import CHANNEL_WORDS, Channel, MotionState, read
from consult_app.voting.explaining import is_counted
from consult_app.voting.rules import CHOICE_WORDS, Choice
from consult_app.voting.secret_paper import COUNTED
from consult_app.voting.tables import Ballot, Elector, HandCount, Item, Motion, PaperCount, Participation
from consult_app.voting.tallies import StillOpen

FORMAT = 1
"""The version of the files' shape."""

MOTION, ROLL, JOININGS, BALLOTS, HANDS = "motion.json", "roll.csv", "joinings.csv", "ballots.csv", "hands.csv"
PAPERS = "papers.csv"
"""The tellers' counts of a secret vote's papers; no other vote has this file."""

ROLL_HEADINGS = ("票权编号", "票权人", "房屋或姓名", "面积", "交付情况", "产权人编号")
JOINING_HEADINGS = ("人员编号", "同一人编号", "依据")
BALLOT_HEADINGS = ("票权编号", "投票方式", "是否计入", "人数", "面积")
HAND_HEADINGS = ("计票人", "到会", "事项", "同意", "反对", "弃权")
PAPER_HEADINGS = ("计票人", "张数", "事项", "同意", "反对", "弃权", "填写无效")

_RISKY = ("=", "+", "-", "@", "\t", "\r")


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def files(db: Session, motion_id: int) -> tuple[tuple[str, bytes], ...]:
    """The files of a closed motion, name and content; refused (`StillOpen`) before closing, (`BoxSealed`) before the box is opened.

    Of an election, once declared, the tellers' sheets; its papers stay secret. A secret vote's ballots stand without voters, in the order of their random keys.
    """
    motion = db.get(Motion, motion_id)
    if motion is None:
        raise Missing(what="表决事项", id=motion_id)
    if motion.seats:
        return (
            (MOTION, _json({"format": FORMAT, **election_export.facts(db, motion)})),
            (election_export.SHEETS, _csv(election_export.HEADINGS, election_export.lines(db, motion))),
        )
    if motion.state not in (MotionState.CLOSED, MotionState.DECLARED):
        raise StillOpen
    if is_sealed(db, motion_id):
        raise BoxSealed
    items = db.execute(select(Item.code, Item.text).where(Item.motion_id == motion_id).order_by(Item.id)).all()
    electors = list(db.scalars(select(Elector).where(Elector.motion_id == motion_id).order_by(Elector.id)))
    choices = tuple(f"第{code}项" for code, _ in items)
    return (
        (MOTION, _json(_motion(db, motion, [(code, text) for code, text in items]))),
        (ROLL, _csv(ROLL_HEADINGS, (row for elector in electors for row in _titles(elector)))),
        (JOININGS, _csv(JOINING_HEADINGS, _joinings(electors))),
        (BALLOTS, _csv((*BALLOT_HEADINGS, *choices), _ballots(db, motion))),
        (HANDS, _csv(HAND_HEADINGS, _hands(db, motion))),
        *(((PAPERS, _csv(PAPER_HEADINGS, _papers(db, motion))),) if motion.secret else ()),
    )


def _motion(db: Session, motion: Motion, items: Sequence[tuple[str, str]]) -> dict[str, Any]:
    tally = counting.tally(db, motion.id)
    return {
        "format": FORMAT,
        "motion": motion.id,
        "title": motion.title,
        "rule": motion.rule,
        "legal_mode": motion.legal_mode,
        "secret": motion.secret,
        "by_hands": motion.by_hands,
        "items": [{"code": code, "text": text} for code, text in items],
        "follow_clause": motion.follow_clause,
        "unreturned": _unreturned(db, motion),
        "unfollowed": sorted(unsettled.unfollowed(db, motion)),
        "open": unsettled.open_code(db, motion),
        "present": counting.present(db, motion.id),
        "plan_digest": motion.plan_digest,
        "roll_digest": motion.roll_digest,
        "result": tally.to_dict(),
    }


def _unreturned(db: Session, motion: Motion) -> list[str]:
    """The voters who follow the majority by silence."""
    silent = following.unreturned(db, motion)
    rows = db.execute(select(Elector.id, Elector.key).where(Elector.motion_id == motion.id).order_by(Elector.id))
    return [key for id, key in rows if id in silent]


def _titles(elector: Elector) -> Iterable[tuple[str, ...]]:
    for line in elector.titles:
        if "unit" in line:
            owners = "+".join(str(owner) for owner, _ in line["owners"])
            yield elector.key, elector.label, line["room"], area_plain(line["area"]), line["status"], owners
        else:
            yield elector.key, elector.label, line["name"], "", "", str(line["person"])


def _joinings(electors: Sequence[Elector]) -> Iterable[tuple[str, ...]]:
    for elector in electors:
        for joining in elector.joined:
            yield str(joining["person"]), str(joining["same_as"]), joining["evidence"]


def _ballots(db: Session, motion: Motion) -> Iterable[tuple[str, ...]]:
    rows = db.execute(
        select(Ballot, Elector.key, Participation.channel)
        .outerjoin(Elector, Elector.id == Ballot.elector_id)
        .outerjoin(Participation, Participation.elector_id == Ballot.elector_id)
        .where(Ballot.motion_id == motion.id)
        .order_by(Ballot.id)
    )
    for ballot, key, channel in rows:
        counts = is_counted(motion, ballot) and not ballot.set_aside
        yield (
            key or "",
            CHANNEL_WORDS[Channel(channel)] if channel and not ballot.set_aside else "",
            "是" if counts else "否",
            str(ballot.heads),
            area_plain(ballot.area),
            *(CHOICE_WORDS[choice] for choice in read(ballot.choices)),
        )


def _hands(db: Session, motion: Motion) -> Iterable[tuple[str, ...]]:
    rows = db.scalars(select(HandCount).where(HandCount.motion_id == motion.id).order_by(HandCount.id))
    for row in {row.teller: row for row in rows}.values():
        for code, counts in row.counts.items():
            shown = (str(counts[choice.value]) for choice in (Choice.FOR, Choice.AGAINST, Choice.ABSTAIN))
            yield row.teller, str(row.present), code, *shown


def _papers(db: Session, motion: Motion) -> Iterable[tuple[str, ...]]:
    rows = db.scalars(select(PaperCount).where(PaperCount.motion_id == motion.id).order_by(PaperCount.id))
    for row in {row.teller: row for row in rows}.values():
        for code, counts in row.counts.items():
            yield row.teller, str(row.papers), code, *(str(counts[choice.value]) for choice in COUNTED)


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([neutral(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"
