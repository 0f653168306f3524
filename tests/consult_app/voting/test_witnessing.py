"""What an organiser changes in the database after the vote is found by holding it against the chain."""

import pytest
from sqlalchemy import text

from consult_app.audit import chain
from consult_app.storage.store import Store
from consult_app.voting import witnessing
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, FOR


@pytest.fixture
def declared(store, vote):
    """A declared vote of nine: six for, two against by phone, one on paper."""
    for number in range(8):
        vote.cast(number, AGAINST if number > 5 else FOR)
    vote.paper(8, FOR, "计票人甲")
    vote.paper(8, FOR, "计票人乙")
    vote.close()
    vote.declare()
    return vote


def tamper(store: Store, statement: str) -> None:
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text(statement))


def test_untouched_votes_stand_as_witnessed(store, declared):
    assert store.ask(witnessing.verify) == store.ask(chain.verify)


def test_a_vote_under_way_stands_as_witnessed(store, vote):
    vote.cast(0)
    vote.cast(1, AGAINST)
    assert store.ask(witnessing.first_break) is None


@pytest.mark.parametrize(
    ("statement", "event", "says"),
    [
        ("update ballot set choices = 'a' where choices = 'f'", "ballot.cast", "选票 0001 被改动或删除"),
        ("delete from ballot where elector_id = 3", "ballot.cast", "选票 0003 被改动或删除"),
        ("update ballot set area = area * 2 where elector_id = 2", "ballot.cast", "选票 0002 被改动或删除"),
        ("update ballot set elector_id = 4 where elector_id = 2", "ballot.cast", "选票 0002 被改动或删除"),
        ("update elector set area = area + 1 where id = 5", "motion.frozen", "票权清册"),
        ("update elector set rooms = '[]' where id = 9", "motion.frozen", "票权清册"),
        ("update motion_item set text = '同意由物业公司筹集资金。'", "motion.frozen", "表决方案"),
        ("update motion set title = '另一件事'", "motion.frozen", "表决方案"),
        ("update motion set legal_mode = 'survey'", "motion.frozen", "表决方案"),
        ("update motion set duplicate_policy = 'paper_prevails'", "motion.frozen", "表决方案"),
        ("update motion set rule = replace(rule, '\"2/3\"', '\"1/3\"')", "motion.frozen", "表决方案"),
        ("update motion set verdict = replace(verdict, 'true', 'false')", "motion.declared", "表决结果"),
    ],
)
def test_what_was_changed_afterwards_is_named(store, declared, statement, event, says):
    tamper(store, statement)
    assert store.ask(chain.verify).broken is None
    broken = store.ask(witnessing.first_break)
    assert says in broken.reason
    assert broken.seq in [entry.seq for entry in store.ask(lambda db: list(chain.of_events(db, [event])))]


def test_a_ballot_put_in_afterwards_is_counted(store, declared):
    columns = "motion_id, elector_id, choices, heads, area, needs_signature, signed, set_aside"
    tamper(store, f"insert into ballot (id, {columns}) select 'X' || id, {columns} from ballot where elector_id < 3")
    assert "多出 2 张" in store.ask(witnessing.first_break).reason


def test_a_secret_ballot_taken_out_is_missed(store, village):
    vote = estate.opened(store, village, "village.reps", secret=True)
    vote.cast(0)
    vote.cast(1)
    vote.close()
    assert store.ask(witnessing.first_break) is None
    tamper(store, "delete from ballot where id = (select min(id) from ballot)")
    assert "0002" in store.ask(witnessing.first_break).reason


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("delete from sealed_ballot where id = (select min(id) from sealed_ballot)", "被改动或删除"),
        ("update sealed_ballot set box = (select box from sealed_ballot order by id limit 1)", "被改动或删除"),
        (
            "insert into sealed_ballot (id, motion_id, box) select 'X', motion_id, box from sealed_ballot limit 1",
            "多出 1 张",
        ),
    ],
)
def test_threat_08_a_sealed_ballot_changed_before_the_box_is_opened_is_named(store, village, statement, says):
    vote = estate.opened(store, village, "village.reps", secret=True)
    vote.cast(0)
    vote.cast(1)
    assert store.ask(witnessing.first_break) is None
    tamper(store, statement)
    assert says in store.ask(witnessing.first_break).reason


def test_threat_08_a_secret_ballot_changed_after_the_box_was_opened_is_named(store, village):
    vote = estate.opened(store, village, "village.reps", secret=True)
    vote.cast(0)
    vote.close()
    tamper(store, "update ballot set choices = 'a'")
    broken = store.ask(witnessing.first_break)
    assert broken.reason == "无记名选票与开封时不同"
    assert broken.seq == store.ask(chain.newest, "box.opened").seq
