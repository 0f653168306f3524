"""Writes that wait share a commit: none takes another along, and nobody hears of success before the sync."""

import asyncio
import threading
from collections.abc import Sequence
from functools import partial
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import OperationalError

from consult_app.audit import chain
from consult_app.bodies import actions, queries
from consult_app.kernel.errors import Refused
from consult_app.storage.store import StorageFailed, Store, Unwitnessed, Work
from consult_app.storage.writer import ALONE, GROUP, Write
from tests.fixtures import SECRETARY


def commits(store: Store) -> list[int]:
    """Filled with a mark for each commit from now on."""
    seen: list[int] = []
    event.listen(store.engine, "commit", lambda _connection: seen.append(1))
    return seen


def together(store: Store, *writes: Write) -> None:
    """Have writes wait at one moment, as when a commit is under way."""
    store._writer._waiting.extend(writes)
    with store._writer._lead:
        store._writer._commit_group()


def adding(name: str) -> Write:
    return Write(SECRETARY, actions.add_body, ("owners", name), {})


def stop(work: Work) -> None:
    chain.append(work, "server.stopped", "server:1")
    raise KeyError("a bug")


def silent(work: Work) -> None:
    work.db.execute(text("update body set name = 'x'"))


def test_writes_that_wait_share_one_commit(store: Store) -> None:
    seen, writes = commits(store), [adding(f"小区{n}") for n in range(20)]
    together(store, *writes)
    assert len(seen) == 1
    assert [write.outcome() for write in writes] == list(range(1, 21))
    assert store.ask(chain.verify).broken is None


def test_a_group_has_its_limit(store: Store) -> None:
    writes = [Write(SECRETARY, chain.append, ("server.stopped", f"server:{n}"), {}) for n in range(GROUP + 1)]
    together(store, *writes)
    assert [write.settled for write in writes] == [True] * GROUP + [False]


def test_a_refused_and_a_failed_write_take_nobody_along(store: Store) -> None:
    good, again, bug, mute = (
        adding("甲小区"),
        adding("甲小区"),
        Write(SECRETARY, stop, (), {}),
        Write(SECRETARY, silent, (), {}),
    )
    last = adding("乙小区")
    together(store, good, again, bug, mute, last)
    assert [body.name for body in store.ask(queries.bodies)] == ["甲小区", "乙小区"]
    with pytest.raises(actions.NameTaken):
        again.outcome()
    with pytest.raises(KeyError, match="a bug"):
        bug.outcome()
    with pytest.raises(Unwitnessed, match="silent"):
        mute.outcome()
    assert "server.stopped" not in {change.event for change in store.ask(chain.since, 0)}
    assert store.ask(chain.verify).broken is None


def test_coroutines_wait_without_threads_of_their_own(store: Store) -> None:
    async def many() -> list[int]:
        threads = threading.active_count()
        waiting = [
            asyncio.ensure_future(store.do_async(SECRETARY, chain.append, "server.stopped", f"server:{n}"))
            for n in range(300)
        ]
        found = await asyncio.gather(*waiting)
        assert threading.active_count() <= threads + 1
        return found

    seen = commits(store)
    assert sorted(asyncio.run(many())) == list(range(1, 301))
    assert len(seen) < 30


def test_a_coroutine_hears_its_refusal(store: Store, owners_body: int) -> None:
    with pytest.raises(actions.NameTaken):
        asyncio.run(store.do_async(SECRETARY, actions.add_body, "owners", "示范小区业主大会"))


def test_a_phone_that_went_away_hinders_nobody(store: Store) -> None:
    async def leave() -> int:
        gone = asyncio.ensure_future(store.do_async(SECRETARY, chain.append, "server.stopped", "server:1"))
        await asyncio.sleep(0)
        gone.cancel()
        return await store.do_async(SECRETARY, chain.append, "server.stopped", "server:2")

    assert asyncio.run(leave()) == 2


def test_an_action_that_writes_past_its_work_is_a_bug(store: Store) -> None:
    def nested(_work: Work) -> None:
        store.do(SECRETARY, actions.add_body, "owners", "内层")

    with pytest.raises(RuntimeError, match="its own work"):
        store.do(SECRETARY, nested)
    assert store.ask(queries.bodies) == ()


def fail_at(store: Store, moment: str, kind: str) -> Any:
    """Have every commit or statement fail as SQLite would."""
    import sqlite3

    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorname = kind

    def fail(*_: Any) -> None:
        raise OperationalError("COMMIT", None, error)

    event.listen(store.engine, moment, fail)
    return fail


def test_a_failing_sync_acknowledges_nobody_and_the_next_write_looks_first(store: Store) -> None:
    fail = fail_at(store, "commit", "SQLITE_IOERR_FSYNC")
    one, other = adding("甲小区"), adding("乙小区")
    together(store, one, other)
    for write in (one, other):
        with pytest.raises(StorageFailed, match="磁盘读写出错"):
            write.outcome()
    assert isinstance(store.failed, StorageFailed)
    assert store.ask(queries.bodies) == ()
    event.remove(store.engine, "commit", fail)
    store.do(SECRETARY, actions.add_body, "owners", "丙小区")
    assert store.failed is None
    assert [body.name for body in store.ask(queries.bodies)] == ["丙小区"]


def test_a_full_disk_is_said(store: Store) -> None:
    fail_at(store, "commit", "SQLITE_FULL")
    with pytest.raises(StorageFailed, match="磁盘已满"):
        store.do(SECRETARY, actions.add_body, "owners", "甲小区")


def test_another_programs_lock_is_said_and_passes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fail = fail_at(store, "commit", "SQLITE_BUSY")
    with pytest.raises(StorageFailed, match="占用"):
        store.do(SECRETARY, actions.add_body, "owners", "甲小区")
    assert store.failed is None
    event.remove(store.engine, "commit", fail)
    assert store.do(SECRETARY, actions.add_body, "owners", "甲小区")


def test_a_stack_answers_each_call_and_sends_back_what_it_will_not_do(store: Store) -> None:
    class No(Refused):
        text = "不行"

    def note(work: Work, name: str) -> str:
        chain.append(work, "server.stopped", "server:1", how=f"alone {name}")
        return f"alone {name}"

    def notes(work: Work, calls: Sequence[tuple[Any, ...]]) -> list[Any]:
        chain.append(work, "server.stopped", "server:1", how="together")
        return [No() if name == "no" else ALONE if name == "odd" else f"together {name}" for (name,) in calls]

    store.stack(note, notes)
    writes = [Write(SECRETARY, note, (name,), {}) for name in ("a", "no", "odd", "b")]
    together(store, *writes)
    assert [write.result for write in writes] == ["together a", None, "alone odd", "together b"]
    with pytest.raises(No):
        writes[1].outcome()


def test_where_a_stack_fails_each_call_is_done_by_itself(store: Store) -> None:
    def note(work: Work, number: int) -> int:
        return chain.append(work, "server.stopped", f"server:{number}")

    def broken(work: Work, calls: Any) -> list[Any]:
        chain.append(work, "server.stopped", "server:0")
        raise KeyError("a bug in the stack")

    store.stack(note, broken)
    writes = [Write(SECRETARY, note, (number,), {}) for number in range(3)]
    together(store, *writes)
    assert [write.outcome() for write in writes] == [1, 2, 3]


def test_closing_finishes_what_waits(store: Store) -> None:
    async def ask() -> int:
        waiting = asyncio.ensure_future(store.do_async(SECRETARY, chain.append, "server.stopped", "server:1"))
        await asyncio.sleep(0)
        await asyncio.to_thread(store.close)
        return await waiting

    assert asyncio.run(ask()) == 1


def test_one_who_fails_when_told_takes_no_other_along(store: Store) -> None:
    async def run() -> tuple[list[int], list[str]]:
        loop, told, failed = asyncio.get_running_loop(), [], []
        loop.set_exception_handler(lambda _loop, context: failed.append(str(context["exception"])))
        last = loop.create_future()

        def tell(number: int, write: Write) -> None:
            if number == 0:
                raise KeyError("the line is gone")
            told.append(write.outcome())
            if number == 2:
                last.set_result(None)

        for number in range(3):
            store.do_then(partial(tell, number), SECRETARY, actions.add_body, "owners", f"小区{number}")
        await asyncio.wait_for(last, 10)
        return told, failed

    assert asyncio.run(run()) == ([2, 3], ["'the line is gone'"])
