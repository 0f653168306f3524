"""What people decided about single voters' ballots, in sentences; and which ballots they left out."""

from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.voting.choices import CHANNEL_WORDS, Channel
from consult_app.voting.doubtful import GROUND_WORDS, Ground, Outcome, outcome_words
from consult_app.voting.tables import Conflict, Doubtful


@dataclass(frozen=True)
class Decided:
    """All that concerns one voter: sentences, and the reason why nothing counts (empty: it does)."""

    words: tuple[str, ...]
    left_out: str = ""


def decided(db: Session, motion_id: int) -> dict[int, Decided]:
    """Decisions by voter, in the order in which they were asked for; open questions among them."""
    words: dict[int, list[str]] = defaultdict(list)
    left_out: dict[int, str] = {}
    for conflict in db.scalars(select(Conflict).where(Conflict.motion_id == motion_id).order_by(Conflict.id)):
        words[conflict.elector_id].append(pair_words(conflict))
    for doubt in db.scalars(
        select(Doubtful).where(Doubtful.motion_id == motion_id, Doubtful.elector_id.is_not(None)).order_by(Doubtful.id)
    ):
        assert doubt.elector_id is not None, "asked for"
        words[doubt.elector_id].append(doubt_words(doubt))
        if doubt.outcome == Outcome.EXCLUDED:
            left_out[doubt.elector_id] = GROUND_WORDS[Ground(doubt.ground)]
    return {elector: Decided(tuple(found), left_out.get(elector, "")) for elector, found in words.items()}


def pair_words(conflict: Conflict) -> str:
    """`先后用手机、纸质选票各投一票，计手机的一票（监票人甲、监票人乙确认）`."""
    first, second = CHANNEL_WORDS[Channel(conflict.first_channel)], CHANNEL_WORDS[Channel(conflict.second_channel)]
    told = f"先后用{first}、{second}各投一票，计{CHANNEL_WORDS[Channel(conflict.counted)]}的一票"
    return told + _by(conflict.decided_by or (), "确认" if conflict.decided_at else "尚未确认")


def doubt_words(doubt: Doubtful) -> str:
    """`疑难票（票上没有本人签名）：查明属实，不计入，理由：…（监票人甲、监票人乙裁定）`."""
    ground = Ground(doubt.ground)
    if doubt.outcome is None:
        return f"疑难票（{GROUND_WORDS[ground]}）：尚未裁定"
    said = outcome_words(ground, Outcome(doubt.outcome))
    return f"疑难票（{GROUND_WORDS[ground]}）：{said}，理由：{doubt.reason}" + _by(doubt.decided_by or (), "裁定")


def _by(names: tuple[str, ...] | list[str], verb: str) -> str:
    return f"（{'、'.join(names)}{verb}）"
