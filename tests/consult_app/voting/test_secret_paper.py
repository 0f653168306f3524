"""Papers of a secret vote: marked as dropped by the stub, counted by two tellers, never read with their slip."""

import sqlite3
from contextlib import closing

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import text

from consult_app.app import open_app
from consult_app.audit import chain
from consult_app.schema import METADATA
from consult_app.settings import settings
from consult_app.storage.engine import open_engine
from consult_app.storage.migrate import MIGRATIONS
from consult_app.voting import actions, queries
from consult_app.voting.casting import HandsOnSecret
from consult_app.voting.choices import Channel
from consult_app.voting.closing import PapersUncounted
from consult_app.voting.issuing import AlreadyVoted, SlipSettled
from consult_app.voting.motions import WrongState
from consult_app.voting.rules import Choice
from consult_app.voting.secret_paper import CountedAlready, PaperIsNamed, PaperIsSecret, PapersExceed, PapersUnequal
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import FOR, SECRETARY
from tests.postgres.databases import of_sqlite


@pytest.fixture
def secret(store, village):
    return estate.opened(store, village, "village.reps", secret=True)


def boxed(vote, number: int) -> str:
    return vote.store.do(SECRETARY, actions.box_paper, vote.motion, vote.slips[number].human_code)


def counted(vote, teller: str, papers: int, **counts: int) -> bool:
    return vote.store.do(SECRETARY, actions.enter_paper_count, vote.motion, teller, papers, {"1": counts})


def test_papers_count_once_two_tellers_agree(store, secret):
    secret.cast(0)
    assert [boxed(secret, number) for number in (1, 2, 3)] == ["0002", "0003", "0004"]
    secret.close()
    with pytest.raises(PapersUncounted):
        secret.declare()
    assert counted(secret, "计票人甲", 3, **{"for": 2, "against": 1}) is False
    assert counted(secret, "计票人乙", 3, **{"for": 1, "against": 2}) is False
    assert store.ask(queries.paper_sheets, secret.motion).differences
    assert counted(secret, "计票人乙", 3, **{"for": 2, "against": 1}) is True
    found = store.ask(queries.tally, secret.motion)
    assert found.items[0].counts[Choice.FOR].heads == 3
    assert found.items[0].counts[Choice.AGAINST].heads == 1
    assert found.counted.heads == 4
    secret.declare()
    assert found.turnout.channels[Channel.PAPER] == 3
    assert store.ask(queries.books, secret.motion).paper == 3


def test_one_teller_alone_is_not_two(secret):
    boxed(secret, 1)
    secret.close()
    assert [counted(secret, "计票人甲", 1, **{"for": 1}) for _ in range(2)] == [False, False]


def test_threat_01_a_stub_holds_the_lock_both_ways(secret):
    secret.cast(0)
    with pytest.raises(AlreadyVoted):
        boxed(secret, 0)
    boxed(secret, 1)
    with pytest.raises(AlreadyVoted):
        boxed(secret, 1)
    with pytest.raises(AlreadyVoted):
        secret.cast(1)


def test_threat_09_a_paper_is_never_entered_with_its_slip(store, secret):
    with pytest.raises(PaperIsSecret):
        secret.paper(0, FOR, "计票人甲")
    boxed(secret, 0)
    secret.close()
    counted(secret, "计票人甲", 1, **{"for": 1})
    with store.engine.connect() as connection:
        assert connection.execute(text("select count(*) from paper_entry")).scalar() == 0
        assert connection.execute(text("select count(*) from ballot")).scalar() == 0
    told = [change.facts for change in store.ask(chain.since, 0) if change.event in ("ballot.boxed", "papers.entered")]
    assert all(set(facts) <= {"serial", "teller", "proposal"} for facts in told)


def test_a_secret_voter_raises_no_hand_by_name(store, secret):
    elector = store.ask(queries.electors, secret.motion)[0].id
    with pytest.raises(HandsOnSecret):
        store.do(SECRETARY, actions.cast_by_hand, secret.motion, elector, FOR, "甲", "乙")


def test_impossible_counts_are_refused(secret):
    boxed(secret, 0)
    with pytest.raises(WrongState):
        counted(secret, "计票人甲", 1, **{"for": 1})
    secret.close()
    with pytest.raises(PapersExceed):
        counted(secret, "计票人甲", 2, **{"for": 2})
    for counts in ({"for": 2}, {}, {"for": 2, "against": -1}):
        with pytest.raises(PapersUnequal):
            counted(secret, "计票人甲", 1, **counts)


def test_no_stub_comes_after_the_count_nor_from_a_spoiled_slip(store, secret):
    store.do(SECRETARY, actions.spoil, secret.motion, secret.slips[2].human_code, "污损")
    with pytest.raises(SlipSettled):
        boxed(secret, 2)
    boxed(secret, 0)
    secret.close()
    for teller in ("计票人甲", "计票人乙"):
        counted(secret, teller, 1, **{"abstain": 1})
    with pytest.raises(CountedAlready):
        boxed(secret, 1)


def test_a_named_vote_keeps_its_papers_one_by_one(store, village):
    vote = estate.opened(store, village, "village.reps")
    with pytest.raises(PaperIsNamed):
        boxed(vote, 0)


@of_sqlite
def test_threat_09_an_update_erases_what_was_read_of_secret_papers_slip_by_slip(tmp_path):
    file = tmp_path / "data" / "consult.db"
    file.parent.mkdir()
    engine = open_engine(f"sqlite:///{file}")
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes.update(connection=connection, metadata=METADATA)
        command.upgrade(config, "0006")
    engine.dispose()
    with closing(sqlite3.connect(file)) as raw, raw:
        for motion, secret, letters in ((1, 1, "fasfasfasfas"), (2, 0, "safsafsafsaf")):
            put(raw, "motion", id=motion, secret=secret)
            put(raw, "paper_entry", id=motion, motion_id=motion, choices=letters)
    open_app(settings(tmp_path / "data")).close()
    content = b"".join(path.read_bytes() for path in file.parent.glob("consult.db*"))
    assert b"safsafsafsaf" in content
    assert b"fasfasfasfas" not in content


def put(raw: sqlite3.Connection, table: str, **given: object) -> None:
    """A row with something in every column that must have something."""
    columns = raw.execute(f"pragma table_info({table})").fetchall()
    needed = {name: "2026-11-22 01:00:00" if kind == "DATETIME" else "0" for _, name, kind, must, *_ in columns if must}
    row = needed | given
    marks = ", ".join("?" * len(row))
    raw.execute(f"insert into {table} ({', '.join(row)}) values ({marks})", list(row.values()))
