from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from consult_app.app import open_app
from consult_app.audit import chain
from consult_app.kernel.errors import Blank, Missing
from consult_app.meetings import actions, queries
from consult_app.meetings.actions import AgendaLine
from consult_app.meetings.rules import MeetingState, Position, Presence
from consult_app.proposals.tables import Milestone
from consult_app.settings import Settings
from consult_app.storage.store import Store
from tests.consult_app.meetings.conftest import EXPECTED
from tests.fixtures import SECRETARY, CountingTokens, HandClock
from tests.postgres.databases import of_sqlite


def said(store: Store, meeting: int, text: str, position: str = "建议") -> int:
    return store.do(SECRETARY, actions.state, meeting, speaker="王三", capacity="业主", position=position, text=text)


def milestones(store: Store, proposal_id: int) -> set[str]:
    return set(
        store.ask(
            lambda db: [
                row.code for row in db.query(Milestone).filter_by(proposal_id=proposal_id) if row.voided_at is None
            ]
        )
    )


def test_called_meeting_lists_whom_it_expects(store: Store, meeting: int) -> None:
    facts = store.ask(queries.meeting, meeting)
    assert facts.state is MeetingState.CALLED
    assert [person.name for person in facts.attendance] == list(EXPECTED)
    assert (facts.counts.expected, facts.counts.present, facts.quorum.needed) == (5, 0, 3)
    assert [(item.title, item.minutes) for item in facts.agenda] == [("说明情况", 10), ("自由讨论", 30)]


def test_quorum_follows_check_in_and_leaving(store: Store, running: int) -> None:
    for name in EXPECTED[:3]:
        store.do(SECRETARY, actions.check_in, running, name=name)
    assert store.ask(queries.meeting, running).quorum.reached
    store.do(SECRETARY, actions.leave, running, "王三")
    facts = store.ask(queries.meeting, running)
    assert not facts.quorum.reached
    assert (facts.counts.present, facts.counts.in_room, facts.quorum.shortfall) == (3, 2, 1)


def test_second_check_in_changes_the_first(store: Store, running: int) -> None:
    store.do(SECRETARY, actions.check_in, running, name="王四", status="excused", reason="出差")
    store.do(SECRETARY, actions.check_in, running, name="王四", status="present")
    facts = store.ask(queries.meeting, running)
    assert facts.people(Presence.PRESENT) == ("王四",)
    assert facts.counts.excused == 0
    assert facts.counts.expected == 5


def test_stranger_can_only_observe(store: Store, running: int) -> None:
    with pytest.raises(actions.NotExpected, match="李一"):
        store.do(SECRETARY, actions.check_in, running, name="李一")
    store.do(SECRETARY, actions.check_in, running, name="李一", status="observer", capacity="物业服务人")
    counted = store.ask(queries.meeting, running).counts
    assert (counted.expected, counted.observers) == (5, 1)


def test_stranger_may_be_added_to_the_list(store: Store, running: int) -> None:
    store.do(SECRETARY, actions.expect, running, ("李一",))
    store.do(SECRETARY, actions.check_in, running, name="李一")
    counted = store.ask(queries.meeting, running).counts
    assert (counted.expected, counted.present) == (6, 1)


def test_meeting_without_a_list_takes_whoever_comes(store: Store, clock: HandClock, matter: int) -> None:
    found = store.do(
        SECRETARY,
        actions.call,
        matter,
        title="楼院议事会",
        place="院内",
        starts_at=clock.now,
        chair="王一",
        recorder="王二",
        expected=(),
        agenda=(AgendaLine("讨论"),),
    )
    for name in ("李一", "李二"):
        store.do(SECRETARY, actions.check_in, found, name=name)
    assert store.ask(queries.meeting, found).counts.present == 2


def test_statement_joins_the_running_item(store: Store, running: int) -> None:
    first, second = store.ask(queries.meeting, running).agenda
    store.do(SECRETARY, actions.start_item, first.id)
    said(store, running, "先说明情况", "说明")
    store.do(SECRETARY, actions.start_item, second.id)
    said(store, running, "同意加装", "赞成")
    facts = store.ask(queries.meeting, running)
    assert [line.item_id for line in facts.statements] == [first.id, second.id]
    assert facts.agenda[0].ended_at is not None
    assert facts.current_item is not None
    assert facts.current_item.id == second.id


def test_correction_keeps_the_old_text(store: Store, running: int) -> None:
    found = said(store, running, "一层不出钱")
    newer = store.do(SECRETARY, actions.correct, found, text="一层少出钱", position="建议", reason="听错")
    facts = store.ask(queries.meeting, running)
    assert [(line.id, line.text, line.version) for line in facts.statements] == [(newer, "一层少出钱", 2)]
    assert [line.text for line in facts.superseded] == ["一层不出钱"]
    with pytest.raises(actions.CorrectedMeanwhile):
        store.do(SECRETARY, actions.correct, found, text="一层不同意", position="反对", reason="又听错")


@pytest.mark.parametrize(
    ("text", "reason", "refusal"),
    [("", "听错", Blank), ("新的", "", Blank), ("原话", "听错", actions.NothingChanged)],
)
def test_bad_correction_is_refused(
    store: Store, running: int, text: str, reason: str, refusal: type[Exception]
) -> None:
    found = said(store, running, "原话")
    with pytest.raises(refusal):
        store.do(SECRETARY, actions.correct, found, text=text, position="建议", reason=reason)


@of_sqlite
def test_every_entry_is_on_disk_once_it_is_saved(
    store: Store, running: int, folder: Settings, clock: HandClock, tmp_path: Path
) -> None:
    said(store, running, "停电前的最后一句")
    copy = tmp_path / "after-power-cut"
    copy.mkdir()
    for file in folder.data.glob("consult.db*"):
        (copy / file.name).write_bytes(file.read_bytes())
    again = open_app(Settings(copy, f"sqlite:///{copy / 'consult.db'}"), clock, CountingTokens())
    assert again.store.ask(queries.meeting, running).statements[-1].text == "停电前的最后一句"
    again.close()


def test_nothing_is_recorded_before_the_meeting_opens(store: Store, meeting: int) -> None:
    with pytest.raises(actions.NotOpen, match="还没有开始"):
        said(store, meeting, "太早")


def test_closed_meeting_takes_no_more(store: Store, running: int) -> None:
    store.do(SECRETARY, actions.close_meeting, running)
    with pytest.raises(actions.NotOpen, match="已经结束"):
        said(store, running, "太晚")
    with pytest.raises(actions.NotOpen):
        store.do(SECRETARY, actions.check_in, running, name="王五")


def test_closing_reaches_what_the_step_needs(store: Store, running: int, matter: int) -> None:
    for name in EXPECTED[:4]:
        store.do(SECRETARY, actions.check_in, running, name=name)
    said(store, running, "同意", "赞成")
    store.do(SECRETARY, actions.record_opinion, running, agreed="同意加装电梯", dissent="一户担心采光")
    store.do(SECRETARY, actions.close_meeting, running)
    assert {"attendance.recorded", "record.recorded", "opinion.recorded"} <= milestones(store, matter)
    assert store.ask(queries.meeting, running).counts.absent == 1


def test_opinion_after_closing_is_reached_too(store: Store, running: int, matter: int) -> None:
    store.do(SECRETARY, actions.close_meeting, running)
    assert "opinion.recorded" not in milestones(store, matter)
    store.do(SECRETARY, actions.record_opinion, running, agreed="同意加装电梯")
    assert "opinion.recorded" in milestones(store, matter)


def test_later_opinion_replaces_the_earlier(store: Store, running: int) -> None:
    store.do(SECRETARY, actions.record_opinion, running, agreed="先做方案")
    store.do(SECRETARY, actions.record_opinion, running, agreed="方案和预算一起做")
    opinion = store.ask(queries.opinion, running)
    assert opinion is not None
    assert (opinion.version, opinion.agreed) == (2, "方案和预算一起做")


def test_two_sessions_without_agreement_give_advice(store: Store, clock: HandClock, matter: int, running: int) -> None:
    store.do(SECRETARY, actions.close_meeting, running)
    assert store.ask(queries.advice, matter) is None
    second = store.do(
        SECRETARY,
        actions.call,
        matter,
        title="第二次会议",
        place="社区活动室",
        starts_at=clock.now + timedelta(days=3),
        chair="王一",
        recorder="王二",
        expected=EXPECTED,
        agenda=(AgendaLine("再议"),),
    )
    store.do(SECRETARY, actions.open_meeting, second)
    store.do(SECRETARY, actions.close_meeting, second)
    assert store.ask(queries.meeting, second).ordinal == 2
    assert "2 次" in (store.ask(queries.advice, matter) or "")


def test_speakers_are_those_who_came_and_those_who_spoke(store: Store, running: int) -> None:
    store.do(SECRETARY, actions.check_in, running, name="王一", capacity="业主")
    said(store, running, "话")
    assert dict(store.ask(queries.speakers, running)) == {"王一": "业主", "王三": "业主"}


@pytest.mark.parametrize("field", ["title", "place", "chair", "recorder"])
def test_blank_field_is_refused_by_its_name(store: Store, clock: HandClock, matter: int, field: str) -> None:
    values: dict[str, Any] = {"title": "会议", "place": "活动室", "chair": "王一", "recorder": "王二", field: " \u200b"}
    with pytest.raises(Blank) as refused:
        store.do(
            SECRETARY,
            actions.call,
            matter,
            **values,
            starts_at=clock.now,
            expected=(),
            agenda=(AgendaLine("讨论"),),
        )
    assert refused.value.field == field


def test_meeting_needs_an_agenda_a_matter_and_distinct_names(store: Store, clock: HandClock, matter: int) -> None:
    values: dict[str, Any] = {
        "title": "会议",
        "place": "活动室",
        "chair": "王一",
        "recorder": "王二",
        "starts_at": clock.now,
    }
    line = (AgendaLine("讨论"),)
    with pytest.raises(actions.NoAgenda):
        store.do(SECRETARY, actions.call, matter, **values, expected=(), agenda=())
    with pytest.raises(actions.NamedTwice, match="王一"):
        store.do(SECRETARY, actions.call, matter, **values, expected=("王一", "王一"), agenda=line)
    with pytest.raises(Missing):
        store.do(SECRETARY, actions.call, 99, **values, expected=(), agenda=line)


def test_change_names_what_changed(store: Store, clock: HandClock, meeting: int) -> None:
    store.do(
        SECRETARY,
        actions.change,
        meeting,
        place="小区广场",
        starts_at=clock.now + timedelta(days=1),
        chair="王一",
        recorder="王五",
    )
    newest = store.ask(chain.history, [f"meeting:{meeting}"])[0]
    assert newest.words == "修改会议：地点、记录人"


def test_list_shows_the_newest_meeting_first(store: Store, owners_body: int, meeting: int, matter: int) -> None:
    lines = store.ask(queries.meetings, owners_body)
    assert [(line.id, line.proposal_title) for line in lines] == [(meeting, "3 号楼加装电梯")]
    assert store.ask(queries.sessions, matter) == lines


def test_position_is_one_of_the_five(store: Store, running: int) -> None:
    assert [str(position) for position in Position] == ["赞成", "反对", "建议", "提问", "说明"]
    with pytest.raises(ValueError, match="沉默"):
        said(store, running, "……", "沉默")
