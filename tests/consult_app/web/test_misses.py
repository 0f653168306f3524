"""Wrong codes counted by several processes as if they were one."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from consult_app.audit import chain
from consult_app.web.misses import ALARMS, ALL, MISSES, MISSES_IN_ALL, SHUT_OUT, Misses, ShutOut
from consult_app.web.site import build
from tests.consult_app.web.conftest import Phone
from tests.consult_app.web.test_site import unused_codes

HALFWAY = """
import sqlite3, sys
db = sqlite3.connect(sys.argv[1], isolation_level="IMMEDIATE")
db.execute("INSERT INTO miss (place, device, at) VALUES ('', 'a', 0)")
print("halfway", flush=True)
sys.stdin.read()
"""
"""A worker in the midst of a miss: it holds the file and has not yet said that it is done."""


@pytest.fixture
def file(tmp_path):
    """Where the workers of one town count."""
    return tmp_path / "misses.db"


def test_threat_04_two_workers_shut_a_device_out_after_five_wrong_codes_together(store, vote, file):
    workers = [Phone(build(store, misses=Misses(file))) for _ in range(2)]
    codes = unused_codes(vote, MISSES + 2)
    assert [workers[n % 2].post("/", code=code).status_code for n, code in enumerate(codes)] == [404] * MISSES + [
        429
    ] * 2
    assert [worker.post("/", code=vote.slips[0].human_code).status_code for worker in workers] == [429, 429]
    assert [change.event for change in store.ask(chain.since, 0)].count("server.alarm") == 1


def test_threat_04_very_many_misses_make_typing_rest_at_every_worker(file, clock):
    workers = [Misses(file) for _ in range(4)]
    said = [workers[number % 4].note(f"10.0.0.{number}", clock()) for number in range(MISSES_IN_ALL)]
    assert said == [None] * (MISSES_IN_ALL - 1) + [ALL]
    assert all(worker.shut_out("10.9.9.9", clock()) for worker in workers)
    clock.forward(seconds=SHUT_OUT.total_seconds())
    assert not any(worker.shut_out("10.9.9.9", clock()) for worker in workers)


def test_threat_04_no_try_slips_in_between_two_workers_that_count_at_once(file, clock):
    workers = [Misses(file) for _ in range(8)]

    def tries(worker):
        allowed = 0
        for _ in range(MISSES):
            try:
                worker.note("10.0.0.1", clock())
            except ShutOut:
                continue
            allowed += 1
        return allowed

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(tries, workers)) == MISSES


def test_a_worker_killed_in_the_midst_of_a_miss_holds_up_nobody_and_loses_nothing(file, clock):
    misses = Misses(file)
    for _ in range(MISSES - 1):
        misses.note("10.0.0.1", clock())
    with subprocess.Popen(
        [sys.executable, "-c", HALFWAY, file], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == b"halfway\n"
        worker.kill()
    assert misses.note("10.0.0.1", clock()) == "10.0.0.1"
    assert Misses(file).shut_out("10.0.0.1", clock())


def test_communities_do_not_shut_out_each_others_devices(file, clock):
    ours, theirs = Misses(file, "NH01"), Misses(file, "DF02")
    for _ in range(MISSES):
        ours.note("10.0.0.1", clock())
    assert ours.shut_out("10.0.0.1", clock())
    assert not theirs.shut_out("10.0.0.1", clock())


def test_processes_of_their_own_count_for_themselves(clock):
    one, other = Misses(), Misses()
    for _ in range(MISSES):
        one.note("10.0.0.1", clock())
    assert (one.shut_out("10.0.0.1", clock()), other.shut_out("10.0.0.1", clock())) == (True, False)


def test_threat_04_alarms_of_one_spell_are_limited(clock):
    misses = Misses()
    devices = [f"10.0.0.{number}" for number in range(ALARMS + 5)]
    said = [misses.note(device, clock()) for device in devices for _ in range(MISSES)]
    assert [device for device in said if device] == devices[:ALARMS]
    clock.forward(seconds=SHUT_OUT.total_seconds())
    assert [misses.note("10.0.1.1", clock()) for _ in range(MISSES)][-1] == "10.0.1.1"


def test_threat_04_wrong_codes_of_ever_so_many_devices_take_bounded_memory(file, clock):
    misses = Misses(file)
    for number in range(MISSES_IN_ALL * 10):
        misses.note(f"fe80::{number:x}", clock())
        clock.forward(seconds=3)  # below what would stop typing for all
    assert file.stat().st_size < 64 << 10
