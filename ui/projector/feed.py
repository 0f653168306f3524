"""How facts become scenes: each function asks the core and returns what the big screen may show, never a choice before closing."""

from datetime import datetime, timedelta

from consult_app.audit import chain
from consult_app.bodies import queries as bodies
from consult_app.bodies.rules import LEGAL_WORDS
from consult_app.kernel.text import moment_words
from consult_app.meetings import queries as meetings
from consult_app.meetings.queries import AgendaFacts
from consult_app.proposals import queries as proposals
from consult_app.voting import queries as voting
from consult_app.voting.choices import MotionState
from consult_app.voting.listing import areas_told
from consult_app.voting.queries import ItemTally, MotionFacts
from consult_app.voting.rules import Choice
from consult_app.voting.small_cells import UNTOLD
from consult_app.voting.verdicts import verdict_words
from ui.desk import Desk
from ui.projector import scenes
from ui.projector.codes import code_of, wifi
from ui.shares import result_share, share_of
from ui.status_line import short_head

_CHOICES = ((Choice.FOR, "✓ 同意"), (Choice.AGAINST, "✗ 反对"), (Choice.ABSTAIN, "○ 弃权"))


def title(desk: Desk, *, meeting_id: int | None = None, motion_id: int | None = None) -> scenes.Title:
    """标题 of a meeting or a motion."""
    if meeting_id is not None:
        meeting = desk.ask(meetings.meeting, meeting_id)
        matter = desk.ask(proposals.proposal, meeting.proposal_id)
        note = "　".join((moment_words(meeting.starts_at), meeting.place))
        return scenes.Title(desk.ask(bodies.body, matter.body_id).name, meeting.title, note)
    motion = desk.ask(voting.motion, motion_id or 0)
    return scenes.Title(motion.body_name, motion.title, f"{moment_words(motion.closes_at)} 截止")


def agenda(desk: Desk, *, meeting_id: int) -> scenes.Agenda:
    """议程 of a meeting, with the present item marked."""
    meeting = desk.ask(meetings.meeting, meeting_id)
    matter = desk.ask(proposals.proposal, meeting.proposal_id)
    lines = tuple(scenes.AgendaLine(item.title, f"{item.minutes} 分钟", _item_state(item)) for item in meeting.agenda)
    return scenes.Agenda(desk.ask(bodies.body, matter.body_id).name, meeting.title, lines)


def matter(desk: Desk, *, proposal_id: int | None = None, motion_id: int | None = None) -> scenes.Matter:
    """议题正文: the wish of a matter, or the questions of a motion."""
    if motion_id is not None:
        motion = desk.ask(voting.motion, motion_id)
        number = desk.ask(proposals.proposal, motion.proposal_id).number
        many = len(motion.items) > 1
        texts = tuple(f"{item.code}. {item.text}" if many else item.text for item in motion.items)
        return scenes.Matter(motion.body_name, motion.title, number, texts)
    found = desk.ask(proposals.proposal, proposal_id or 0)
    body = desk.ask(bodies.body, found.body_id).name
    texts = tuple(line for line in found.wish.splitlines() if line.strip())
    return scenes.Matter(body, found.title, found.number, texts)


def how_to_vote(desk: Desk, *, motion_id: int) -> scenes.HowToVote:
    """如何投票, with the code of the hall's Wi-Fi where it is set."""
    motion = desk.ask(voting.motion, motion_id)
    network, code = _network(desk)
    return scenes.HowToVote(
        motion.body_name, motion.title, network, code, desk.server.address, LEGAL_WORDS[motion.legal_mode],
        f"{known}：与您选票上的不同，就不要扫。" if (known := _known_by(desk, motion)) else "",
    )  # fmt: skip


def turnout(desk: Desk, *, motion_id: int) -> scenes.Voting:
    """投票中: turnout, shortfall, time left."""
    motion = desk.ask(voting.motion, motion_id)
    found = desk.ask(voting.turnout, motion_id)
    is_open = motion.state is MotionState.OPEN
    network, code = _network(desk) if is_open else ("", None)
    notes = [words] if is_open and (words := _known_by(desk, motion)) else []
    notes += [_head_words(desk)] if is_open else []
    notes += [f"通过条件：{motion.rule.shares}。"] if motion.rule.shares else []
    notes += [f"依据：{motion.rule.basis}"] if motion.rule.basis else []
    shares = tuple(
        share_of(measure) for measure in sorted(found.measures, key=lambda measure: measure.unit.value == "㎡")
    )
    remaining = _remaining(motion, desk.now)
    return scenes.Voting(motion.body_name, motion.title, remaining, shares, tuple(notes), network, code)


def result(desk: Desk, *, motion_id: int, item: str | None = None) -> scenes.Result:
    """结果 of a closed motion (of one question, the first unless named); refused by the core before closing."""
    motion = desk.ask(voting.motion, motion_id)
    tally = desk.ask(voting.tally, motion_id)
    if not tally.items:
        raise voting.StillOpen
    found = next((one for one in tally.items if one.code == item), tally.items[0])
    verdict = found.verdict
    told = desk.ask(areas_told, motion_id)
    exact = not told or told[tally.items.index(found)] != UNTOLD
    name = motion.title if len(tally.items) == 1 else f"{found.code}. {found.text}"
    waiting = tally.turnout.waiting_ballots
    return scenes.Result(
        motion.body_name,
        name,
        _verdict_word(found),
        verdict.passed if verdict else None,
        tuple(result_share(measure, exact) for measure in verdict.measures) if verdict else (),
        _counts(found),
        f"依据：{motion.rule.basis}" if motion.rule.basis else "",
        f"还有 {waiting} 张打印票等待签字" if waiting else _reason(found),
    )


def _item_state(item: AgendaFacts) -> str:
    return "done" if item.ended_at else "now" if item.started_at else "later"


def _network(desk: Desk) -> tuple[str, scenes.Code | None]:
    name, password = desk.memory.get("wifi.name") or "", desk.memory.get("wifi.password") or ""
    return name, code_of(wifi(name, password)) if name else None


def _head_words(desk: Desk) -> str:
    """The chain's head as a photo keeps it (threat 8): `consult audit verify --head` takes the number and these digits."""
    seq, digest = desk.ask(chain.head)
    return f"存证链头：第 {seq} 条　{short_head(digest)}（可拍照留存）"


def _known_by(desk: Desk, motion: MotionFacts) -> str:
    """By what a genuine slip and the genuine server are known: word and address stand on every slip as well (threat 7)."""
    if not motion.hall_word:
        return ""
    address = f"，网址 {desk.server.address}" if desk.server.address else ""
    return f"会场暗号「{motion.hall_word}」{address}"


def _remaining(motion: MotionFacts, now: datetime) -> str:
    if motion.state in (MotionState.CLOSED, MotionState.DECLARED):
        return "已截止"
    if motion.state is not MotionState.OPEN:
        return "尚未开始"
    left = motion.closes_at - now
    if left <= timedelta(0):
        return "时间到"
    minutes, seconds = divmod(int(left.total_seconds()), 60)
    if minutes < 60:
        return f"距截止 {minutes:02d}:{seconds:02d}"
    hours, minutes = divmod(minutes, 60)
    return f"距截止 {hours} 小时 {minutes} 分" if hours < 48 else f"距截止 {hours // 24} 天"


def _verdict_word(found: ItemTally) -> str:
    if found.verdict is None:
        return "意见征询"
    return "待决定" if found.verdict.passed is None else "通过" if found.verdict.passed else "未通过"


def _reason(found: ItemTally) -> str:
    if found.verdict is None or found.verdict.passed:
        return ""
    return verdict_words(found.verdict).partition("：")[2]


def _counts(found: ItemTally) -> str:
    return "　".join(f"{words} {found.counts[choice].heads} 人" for choice, words in _CHOICES if choice in found.counts)
