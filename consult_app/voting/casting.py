"""Cast a vote: by phone, with a helper, by a named show of hands. One lock per voter across all channels.

What is checked stands here; `voters` reads what the checks need, `box` stores what passed them, `stack` does many at once.
"""

from collections.abc import Mapping

from sqlalchemy import select

from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import moment_words, required
from consult_app.storage.store import Work
from consult_app.voting import voters
from consult_app.voting.answering import receipts_of, repeated_receipt
from consult_app.voting.box import Vote, put_votes
from consult_app.voting.choices import CHANNEL_WORDS, Channel, MotionState, SlipState, check_choices, written
from consult_app.voting.credentials import serial_words
from consult_app.voting.issuing import AlreadyVoted, UnknownCode
from consult_app.voting.motions import at, digest
from consult_app.voting.receipts import Receipt
from consult_app.voting.tables import Elector
from consult_app.voting.voters import Voter


class UnknownSlip(Refused):
    """No slip answers to this token or code. Says nothing of how near it was."""

    text = "打不开这张选票。请核对选票上的代码，或把选票交给工作人员。"


class SlipDead(Refused):
    """The slip was replaced, spoiled, taken back or written off."""

    text = "选票 {serial} 已作废或已收回，不能再投。请把选票交给工作人员。"


class NotOpen(Refused):
    """Voting has not begun."""

    text = "投票还没有开始，请等主持人宣布开始后再投。"


class VotingClosed(Refused):
    """Voting is over, by act or by the clock."""

    text = "投票已于 {at} 截止，不能再投。"


class CountedByHands(Refused):
    """A show of hands was counted; a vote of one's own would count twice."""

    text = "这项表决已按举手计数，不再接受单独投票。"


class HandsOnSecret(Refused):
    """A raised hand is seen by all."""

    text = "无记名表决不能逐人登记举手，请用选票。"


class OneWitness(Refused):
    """The act needs two different people."""

    text = "需要两名不同的人员共同办理。"
    field = "second"


def cast_ballot(work: Work, token: str, choices: Mapping[str, str], form_key: str) -> Receipt:
    """Store a phone's vote by the slip's token. The same form sent again gets the first receipt and changes nothing.

    Refused: `UnknownSlip`, `NotOpen`, `VotingClosed`, `SlipDead`, `AlreadyVoted`, `NotChosen`, `UnknownChoice`.
    """
    return _cast_by_phone(work, voters.by_token(work.db, token), choices, form_key)


def cast_by_code(work: Work, human_code: str, choices: Mapping[str, str], form_key: str) -> Receipt:
    """Store a phone's vote by the code printed on the slip, where the QR code could not be read. Refusals as `cast_ballot`."""
    return _cast_by_phone(work, voters.by_code(work.db, human_code), choices, form_key)


def cast_assisted(
    work: Work, motion_id: int, code: str, choices: Mapping[str, str], helper: str, witness: str
) -> Receipt:
    """Store the vote of someone who is helped at the desk, under the names of helper and witness, two different people.

    `code` is the slip's, or its scanned address.

    The record names both, never what was chosen (无障碍环境建设法 art. 48). Refused also: `OneWitness`.
    """
    helper = required(helper, "协助人员姓名", 60, "helper")
    witness = required(witness, "见证人姓名", 60, "witness")
    if helper == witness:
        raise OneWitness(field="witness")
    voter = voters.of_slip(work.db, code)
    if voter is None or voter.motion_id != motion_id:
        raise UnknownCode(code=code.strip())
    _check_slip(work, voter)
    return _store(work, Vote(voter, _letters(voter, choices), Channel.ASSISTED, helper=f"{helper}、{witness}"))


def cast_by_hand(
    work: Work, motion_id: int, elector_id: int, choices: Mapping[str, str], first: str, second: str
) -> Receipt:
    """Store the vote of a named person who raised their hand, seen by two; a live slip of theirs is used up with it.

    Refused: `HandsOnSecret`, `OneWitness`, `AlreadyVoted`.
    """
    witnesses = "、".join(two_people(first, second))
    if at(work.db, motion_id, "登记举手表决", MotionState.OPEN).secret:
        raise HandsOnSecret
    if work.db.scalar(select(Elector.motion_id).where(Elector.id == elector_id)) != motion_id:
        raise Missing(what="表决人", id=elector_id)
    voter = voters.of_elector(work.db, elector_id)
    _check_open(work, voter)
    return _store(work, Vote(voter, _letters(voter, choices), Channel.HAND, helper=witnesses))


def two_people(first: str, second: str) -> tuple[str, str]:
    """Two names, cleaned; refused (`OneWitness`) when they are the same."""
    one = required(first, "第一位人员姓名", 60, "first")
    other = required(second, "第二位人员姓名", 60, "second")
    if one == other:
        raise OneWitness
    return one, other


def decided(work: Work, voter: Voter | None, choices: Mapping[str, str], form_key: str) -> Vote | Receipt:
    """A phone's vote, checked and ready to be stored, or the first receipt when the same form came before."""
    if voter is None:
        raise UnknownSlip
    form = _form_digest(form_key, {} if voter.secret else choices)
    if form and form == voter.form_digest and voter.voted_with == voter.credential_id:
        return repeated_receipt(work.db, voter)
    _check_slip(work, voter)
    return Vote(voter, _letters(voter, choices), Channel.PHONE, form=form)


def _cast_by_phone(work: Work, voter: Voter | None, choices: Mapping[str, str], form_key: str) -> Receipt:
    found = decided(work, voter, choices, form_key)
    return found if isinstance(found, Receipt) else _store(work, found)


def _store(work: Work, vote: Vote) -> Receipt:
    return receipts_of(work, [vote], put_votes(work, [vote]))[0]


def _check_slip(work: Work, voter: Voter) -> None:
    """Refuse a slip that cannot be voted with: voted first, so that a late repeat still hears when it was counted."""
    _check_voted(voter)
    if voter.slip_state != SlipState.LIVE:
        raise SlipDead(serial=serial_words(voter.serial))
    _check_open(work, voter)


def _check_voted(voter: Voter) -> None:
    if voter.voted_at is not None:
        serial = serial_words(voter.serial) if voter.serial is not None else "（无选票）"
        channel = CHANNEL_WORDS[Channel(voter.channel)]
        raise AlreadyVoted(serial=serial, at=moment_words(voter.voted_at), channel=channel)


def _check_open(work: Work, voter: Voter) -> None:
    _check_voted(voter)
    if voter.state in (MotionState.CLOSED, MotionState.DECLARED):
        raise VotingClosed(at=moment_words(voter.closed_at))
    if voter.state != MotionState.OPEN:
        raise NotOpen
    if work.now >= voter.closes_at:
        raise VotingClosed(at=moment_words(voter.closes_at))
    if voter.by_hands:
        raise CountedByHands


def _letters(voter: Voter, choices: Mapping[str, str]) -> str:
    return written(check_choices(choices, [str(n) for n in range(1, voter.item_count + 1)]))


def _form_digest(form_key: str, choices: Mapping[str, str]) -> str | None:
    """What tells a form sent again from another vote: its key and, in an open vote, what was chosen. Nothing without a key."""
    return digest([form_key, dict(choices)]) if form_key else None
