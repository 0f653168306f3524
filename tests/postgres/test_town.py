"""A town: communities in one database, several workers, each seeing its own and losing nothing."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy import create_engine, text

from consult_app.app import OneFileOneCommunity, UnknownCommunity, WhichCommunity, open_app
from consult_app.audit import chain
from consult_app.bodies import queries as bodies
from consult_app.bodies.actions import add_body
from consult_app.settings import Settings, settings
from consult_app.storage.postgres import Forgetful
from consult_app.storage.store import Store
from consult_app.town import BadCode, CodeTaken, Town
from consult_app.voting import actions, queries
from consult_app.voting.casting import VotingClosed
from consult_app.web.misses import MISSES
from tests.consult_app.voting import estate
from tests.consult_app.web.test_site import unused_codes
from tests.fixtures import SECRETARY
from tests.postgres.databases import empty_database, of_postgres
from tests.stories.phone import Phone

pytestmark = of_postgres


@pytest.fixture
def place(tmp_path: Path) -> Settings:
    """An empty database."""
    return settings(tmp_path / "data", empty_database())


@pytest.fixture
def town(place: Settings) -> Iterator[Town]:
    """A town of two communities."""
    found = Town(place)
    found.add(SECRETARY, "nh01", "南湖社区")
    found.add(SECRETARY, "DF02", "东风社区")
    yield found
    found.close()


def opened(store: Store, folder: Path, units: int = 9) -> estate.Vote:
    """An open vote of a new estate."""
    folder.mkdir(exist_ok=True)
    body = store.do(SECRETARY, add_body, "owners", "示范小区业主大会")
    estate.owners_roll(store, folder, body, units)
    return estate.opened(store, body, closes_at=store.now().replace(year=2099))


def test_each_community_sees_its_own(town: Town, tmp_path: Path) -> None:
    first, second = (town.store(code) for code in ("NH01", "DF02"))
    vote, other = opened(first, tmp_path / "1"), opened(second, tmp_path / "2")
    vote.cast(0)
    assert vote.motion == other.motion  # the same number, and yet another vote
    assert first.ask(queries.turnout, vote.motion).participating.heads == 1
    assert second.ask(queries.turnout, other.motion).participating.heads == 0
    assert second.ask(queries.slip_by_token, vote.slips[1].token) is None
    assert first.ask(chain.verify).broken is None
    assert first.ask(chain.head) != second.ask(chain.head)
    assert [found.name for found in first.ask(bodies.bodies)] == ["示范小区业主大会"]


def test_the_directory_names_them_by_code(town: Town) -> None:
    assert [(each.code, each.name) for each in town.communities()] == [("DF02", "东风社区"), ("NH01", "南湖社区")]


@pytest.mark.parametrize("code", ["V", "1A", "南湖", "ABCDEFGHI", "A-1", 'A"; DROP'])
def test_a_bad_code_is_refused(town: Town, code: str) -> None:
    with pytest.raises(BadCode):
        town.add(SECRETARY, code, "某社区")


def test_a_taken_code_or_name_is_refused(town: Town) -> None:
    for code, name in (("NH01", "新社区"), ("XX", "南湖社区")):
        with pytest.raises(CodeTaken):
            town.add(SECRETARY, code, name)


def test_a_community_is_named_where_there_are_several(town: Town, place: Settings) -> None:
    with pytest.raises(WhichCommunity):
        open_app(place)
    with pytest.raises(UnknownCommunity, match="XX"):
        open_app(replace(place, community="XX"))
    app = open_app(replace(place, community="NH01"))
    assert app.store.ask(chain.head) == town.store("NH01").ask(chain.head)
    app.close()


def test_a_data_folder_is_one_communitys(tmp_path: Path) -> None:
    with pytest.raises(OneFileOneCommunity):
        Town(settings(tmp_path))
    with pytest.raises(OneFileOneCommunity):
        open_app(settings(tmp_path, community="NH01"))


def test_a_server_that_does_not_sync_is_refused(place: Settings) -> None:
    engine = create_engine(place.database, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        try:
            _set(connection, "off")
            with pytest.raises(Forgetful, match="full_page_writes"):
                open_app(place)
        finally:
            _set(connection, "on")
    engine.dispose()


def _set(connection, state: str) -> None:
    connection.execute(text(f"ALTER SYSTEM SET full_page_writes = {state}"))
    connection.execute(text("SELECT pg_reload_conf()"))
    for _ in range(100):
        connection.execute(text("SELECT pg_sleep(0.05)"))
        if connection.execute(text("SHOW full_page_writes")).scalar() == state:
            return
    raise AssertionError("the server did not read its settings again")


def test_a_vote_does_not_slip_in_after_the_close(place: Settings, tmp_path: Path) -> None:
    """Forty voters and the close at once: whoever is counted stands before the close in the chain."""
    app = open_app(place)
    vote = opened(app.store, tmp_path / "r", units=40)
    others = [open_app(place) for _ in range(4)]

    def cast(number: int) -> bool:
        try:
            key = f"key-{number}"
            others[number % 4].store.do(estate.PHONE, actions.cast_ballot, vote.slips[number].token, estate.FOR, key)
        except VotingClosed:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        cast_by_phone = [pool.submit(cast, number) for number in range(40)]
        closing = pool.submit(vote.close)
        counted = sum(each.result() for each in cast_by_phone)
        closing.result()
    entries = app.store.ask(chain.since, 0)
    closed = next(entry.seq for entry in entries if entry.event == "motion.closed")
    assert all(entry.seq < closed for entry in entries if entry.event == "ballot.cast")
    assert app.store.ask(queries.turnout, vote.motion).participating.heads == counted
    for each in (*others, app):
        each.close()


@pytest.fixture
def served(place: Settings, town: Town, tmp_path: Path) -> Iterator[tuple["subprocess.Popen[str]", str]]:
    """A server of two workers on the town, and its address."""
    command = [sys.executable, "-X", "utf8", "-m", "consult_app", "--data", str(tmp_path / "serve")]
    command += ["--database", place.database, "--json", "serve", "--host", "127.0.0.1", "--port", "0", "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    yield process, json.loads(process.stdout.readline())["address"]
    process.terminate()
    process.wait(20)
    process.stdout.close()


def test_a_lost_worker_loses_nothing(served, town: Town, tmp_path: Path) -> None:
    """One of two workers is killed three times while 120 people vote: each receipt is a ballot, none is counted twice."""
    process, address = served
    store = town.store("NH01")
    vote = opened(store, tmp_path / "r", units=120)
    receipts: list[str] = []

    def vote_by(slip) -> None:
        path = "/nh01" + urlsplit(slip.url).path
        for _ in range(200):
            phone = Phone(address)
            try:
                page = phone.vote(path, "for")
            except OSError:
                time.sleep(0.05)
                continue
            finally:
                phone.close()
            if page.status in (200, 409):
                receipts.append(slip.serial)
                return
            time.sleep(0.05)

    with ThreadPoolExecutor(8) as pool:
        waiting = [pool.submit(vote_by, slip) for slip in vote.slips]
        for wanted in (20, 50, 80):
            while len(receipts) < wanted:
                time.sleep(0.01)
            os.kill(workers_of(process.pid)[0], signal.SIGKILL)
        for each in waiting:
            each.result()
    assert len(receipts) == len(vote.slips)
    assert store.ask(queries.turnout, vote.motion).participating.heads == len(vote.slips)
    assert sum(entry.event == "ballot.cast" for entry in store.ask(chain.since, 0)) == len(vote.slips)
    assert store.ask(chain.verify).broken is None
    assert len(workers_of(process.pid)) == 2


def test_threat_04_wrong_codes_are_counted_by_all_workers_together(served, town: Town, tmp_path: Path) -> None:
    """Also when every worker is lost; another community's voters still type."""
    process, address = served
    vote, other = opened(town.store("NH01"), tmp_path / "1"), opened(town.store("DF02"), tmp_path / "2")

    def open_by_code(community: str, code: str) -> int:
        phone = Phone(address)  # a connection of its own, which either worker may take
        status = phone.get(f"/{community}/C/{code}").status
        phone.close()
        return status

    wrong = unused_codes(vote, 12)
    assert [open_by_code("NH01", code) for code in wrong] == [404] * MISSES + [429] * (12 - MISSES)
    for worker in workers_of(process.pid):
        os.kill(worker, signal.SIGKILL)
    assert open_by_code("NH01", vote.slips[0].human_code) == 429
    assert open_by_code("DF02", other.slips[0].human_code) == 200
    events = [entry.event for entry in town.store("NH01").ask(chain.since, 0)]
    assert events.count("server.alarm") == 1


def test_workers_are_replaced_without_a_gap(served, town: Town, tmp_path: Path) -> None:
    process, address = served
    vote = opened(town.store("DF02"), tmp_path / "r")
    before = set(workers_of(process.pid))
    process.send_signal(signal.SIGHUP)
    seen = 0
    while before & set(workers_of(process.pid)):
        phone = Phone(address)
        assert phone.get("/DF02" + urlsplit(vote.slips[0].url).path).status == 200
        phone.close()
        seen += 1
    assert seen > 0
    assert len(workers_of(process.pid)) == 2


@pytest.mark.parametrize("more", [[], ["--workers", "2"]])
def test_a_journal_is_refused_where_more_than_one_would_write_it(
    place: Settings, town: Town, tmp_path: Path, more
) -> None:
    """Better a word at the start than a stick on which no vote is ever kept."""
    community = ["--community", "NH01"] if more else []
    command = [sys.executable, "-X", "utf8", "-m", "consult_app", "--data", str(tmp_path / "serve")]
    command += ["--database", place.database, *community, "serve", "--journal", str(tmp_path), *more]
    ended = subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=60)
    assert ended.returncode == 2
    assert "副本介质" in ended.stderr
    assert list(tmp_path.glob("*.txt")) == []


@pytest.mark.parametrize("more", [[], ["--workers", "2"]])
def test_a_tablet_is_refused_where_more_than_one_would_know_its_helper(
    place: Settings, town: Town, tmp_path: Path, more
) -> None:
    community = ["--community", "NH01"] if more else []
    command = [sys.executable, "-X", "utf8", "-m", "consult_app", "--data", str(tmp_path / "serve")]
    command += ["--database", place.database, *community, "serve", "--tablet", *more]
    ended = subprocess.run(command, stderr=subprocess.PIPE, text=True, timeout=60)
    assert ended.returncode == 2
    assert "平板投票台" in ended.stderr


def test_an_unknown_community_has_no_page(served, town: Town, tmp_path: Path) -> None:
    vote = opened(town.store("NH01"), tmp_path / "r")
    _, address = served
    path = urlsplit(vote.slips[0].url).path
    phone = Phone(address)
    assert phone.get("/NH01" + path).status == 200
    assert [phone.get(wrong + path).status for wrong in ("/DF02", "/XX", "")] == [404, 404, 404]
    phone.close()


def workers_of(parent: int) -> list[int]:
    """The processes a process has started, by Linux's own book."""
    return [int(number) for number in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
