from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from consult_app.audit import chain
from consult_app.kernel.errors import Missing
from consult_app.kernel.text import legal_day
from consult_app.proposals import actions, queries
from consult_app.proposals.agenda import READY
from consult_app.proposals.listing import due_words
from consult_app.proposals.tables import Milestone, Proposal, StepRun
from consult_app.storage.store import Store
from tests.consult_app.proposals.matters import complete, fulfil, registered, screened, walk_to
from tests.fixtures import SECRETARY, HandClock

TODAY = date(2026, 11, 22)


def statements(store: Store, query, *args) -> tuple[int, Any]:
    """How many statements a query sends, and its answer."""
    sent = []

    def notice(_c, _cursor, statement, *_rest) -> None:
        sent.append(statement)

    event.listen(store.engine, "before_cursor_execute", notice)
    try:
        answer = store.ask(query, *args)
    finally:
        event.remove(store.engine, "before_cursor_execute", notice)
    return len([text for text in sent if text.startswith("SELECT")]), answer


def multiply(store: Store, matter: int, count: int) -> None:
    """Copy a matter with its runs and milestones many times."""

    def copies(work) -> None:
        for table in (Proposal, StepRun, Milestone):
            key = "id" if table is Proposal else "proposal_id"
            found = [dict(row) for row in work.db.execute(select(*table.__table__.columns)).mappings()]
            for n in range(1, count):
                for row in found:
                    new = {name: value for name, value in row.items() if name != "id"} | {key: matter + n}
                    if table is Proposal:
                        new["sequence"] = row["sequence"] + n
                    work.db.execute(insert(table).values(**new))
        chain.append(work, "proposal.changed", f"proposal:{matter}", what="复制")

    store.do(SECRETARY, copies)


def test_the_list_is_one_read_however_long(store: Store, owners_body: int) -> None:
    multiply(store, registered(store, owners_body), 300)
    sent, lines = statements(store, queries.proposals, owners_body)
    assert (sent, len(lines)) == (1, 300)
    assert lines[0].id > lines[-1].id


def test_the_home_page_is_a_fixed_number_of_reads(store: Store, owners_body: int) -> None:
    multiply(store, registered(store, owners_body), 100)
    sent, home = statements(store, queries.home, owners_body, TODAY)
    assert len(home.running) == 100
    assert sent == 5


def test_a_line_says_where_a_matter_stands(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    line = store.ask(queries.line, matter)
    assert (line.step_name, line.ordinal, line.venue, line.responsible) == ("提事", 1, "网格议事会", "社区工作人员")
    assert (line.state_words, line.days_left(TODAY), line.is_overdue(TODAY)) == ("进行中", 2, False)


@pytest.mark.parametrize(
    ("days", "words"), [(-4, "逾期 4 天"), (0, "今天"), (2, "2 天后"), (7, "7 天后"), (8, "11月30日")]
)
def test_due_days_are_told_as_one_says_them(days: int, words: str) -> None:
    assert due_words(TODAY + timedelta(days=days), TODAY) == words


def test_home_sorts_what_is_late_due_and_under_way(store: Store, clock: HandClock, owners_body: int) -> None:
    late = registered(store, owners_body, title="逾期的")
    clock.forward(days=2)
    today = registered(store, owners_body, title="今天可办的")
    fulfil(store, today)
    later = registered(store, owners_body, title="以后的")
    ended = registered(store, owners_body, title="撤回的")
    store.do(SECRETARY, actions.end, ended, "withdrawn", "不再需要")
    clock.forward(days=1)
    home = store.ask(queries.home, owners_body, legal_day(clock.now))
    assert [(one.line.id, one.days) for one in home.overdue] == [(late, "逾期 1 天")]
    assert [(one.line.id, one.days, one.note) for one in home.due_today] == [(today, "可办", READY)]
    assert [(one.line.id, one.days) for one in home.running] == [(later, "1 天后")]


def test_a_notice_that_only_has_to_hang_is_not_late(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    screened(store, matter)
    fulfil(store, matter)
    clock.forward(days=10)
    (line,) = store.ask(queries.home, owners_body, legal_day(clock.now)).running
    assert (line.note, line.days) == ("会前公告须张贴满 15 天，还需 5 天", "5 天后")
    clock.forward(days=5)
    (line,) = store.ask(queries.home, owners_body, legal_day(clock.now)).due_today
    assert (line.ready, line.days) == (True, "可办")


def test_a_reminder_day_brings_a_matter_to_today(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    walk_to(store, clock, matter, "implement")
    run = store.ask(queries.proposal, matter).present
    assert run.started_at
    assert run.due_on
    half = legal_day(run.started_at) + timedelta(days=(run.due_on - legal_day(run.started_at)).days // 2)
    assert [one.line.id for one in store.ask(queries.home, owners_body, half).due_today] == [matter]
    assert [one.line.id for one in store.ask(queries.home, owners_body, half + timedelta(days=1)).running] == [matter]


def test_periods_that_run_are_shown_on_the_strip(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    screened(store, matter)
    fulfil(store, matter)
    end = TODAY + timedelta(days=15)
    (period,) = store.ask(queries.periods, owners_body, TODAY, TODAY + timedelta(days=13))
    assert (period.name, period.first, period.last, period.is_objection) == ("会前公告", TODAY, end, False)
    assert store.ask(queries.periods, owners_body, end + timedelta(days=1), end + timedelta(days=9)) == ()


def test_a_step_says_what_stands_under_its_node(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    complete(store, clock, matter)
    screened(store, matter)
    fulfil(store, matter)
    today = TODAY + timedelta(days=12)
    notes = [step.note(today) for step in store.ask(queries.proposal, matter, today).steps]
    assert notes == ["11月22日", "还需 3 天", "", "", "", ""]


def test_history_gathers_what_hangs_on_a_matter(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    store.do(SECRETARY, chain.append, "meeting.opened", "meeting:3", proposal=matter)
    assert store.ask(queries.history, matter)[0].words.startswith("议题登记表：")
    assert store.ask(queries.history, matter, ("meeting:3",))[0].words == "会议开始"


def test_matters_are_found_by_number_title_proposer_and_initials(store: Store, owners_body: int) -> None:
    matter = registered(store, owners_body)
    registered(store, owners_body, title="垃圾分类点位", proposer="测试住户乙")
    for words in ("2026-001", "北门", "住户甲", "BMFJDC"):
        assert [line.id for line in store.ask(queries.matching, owners_body, words)] == [matter]
    assert store.ask(queries.matching, owners_body, "%") == ()
    assert store.ask(queries.matching, owners_body, " ") == ()


def test_the_ways_back_are_those_of_the_present_step(store: Store, clock: HandClock, owners_body: int) -> None:
    matter = registered(store, owners_body)
    walk_to(store, clock, matter, "decide")
    assert [step.name for step in queries.ways_back(store.ask(queries.proposal, matter))] == ["议事", "决事"]


def test_an_unknown_matter_is_refused(store: Store) -> None:
    with pytest.raises(Missing, match="找不到议题 4"):
        store.ask(queries.proposal, 4)
