"""The log is brought over off the vote's path, and never grows for ever."""

import sqlite3
from pathlib import Path

from consult_app.audit import chain
from consult_app.settings import Settings
from consult_app.storage import checkpoint
from consult_app.storage.checkpoint import Checkpoints
from consult_app.storage.store import Store, Work
from tests.fixtures import SECRETARY
from tests.postgres.databases import of_sqlite

pytestmark = of_sqlite


def grow(work: Work) -> None:
    for number in range(300):
        chain.append(work, "server.stopped", f"server:{number}", how="x" * 900)


def log_of(folder: Settings) -> Path:
    return folder.data / "consult.db-wal"


def test_no_commit_checkpoints_once_a_thread_does(store: Store, folder: Settings, monkeypatch) -> None:
    monkeypatch.setattr(checkpoint, "EVERY", 3600)
    store.checkpoint_apart()
    for _ in range(12):
        store.do(SECRETARY, grow)
    assert log_of(folder).stat().st_size > 1100 * 4096
    assert store.ask(chain.verify).entries == 3600


def test_the_thread_brings_the_log_over_and_cuts_it_when_all_is_quiet(
    store: Store, folder: Settings, monkeypatch
) -> None:
    monkeypatch.setattr(checkpoint, "EVERY", 3600)
    monkeypatch.setattr(checkpoint, "SMALL", 100_000)
    thread = Checkpoints(store.engine)
    store.do(SECRETARY, grow)
    connection = sqlite3.connect(folder.database_file, isolation_level=None)
    assert [thread.checkpoint(connection) for _ in range(2)] == ["PASSIVE", "TRUNCATE"]
    assert log_of(folder).stat().st_size == 0
    connection.close()
    thread.close()
    assert store.ask(chain.verify).broken is None


def test_a_log_beyond_its_limit_begins_anew(store: Store, folder: Settings, monkeypatch) -> None:
    monkeypatch.setattr(checkpoint, "EVERY", 3600)
    monkeypatch.setattr(checkpoint, "LARGEST", 100_000)
    thread = Checkpoints(store.engine)
    connection = sqlite3.connect(folder.database_file, isolation_level=None)
    sizes = []
    for _ in range(8):
        store.do(SECRETARY, grow)
        assert thread.checkpoint(connection) == "RESTART"
        sizes.append(log_of(folder).stat().st_size)
    assert max(sizes) < 2 * sizes[0] + 100_000
    connection.close()
    thread.close()


def test_a_reader_that_stays_only_puts_the_checkpoint_off(store: Store, folder: Settings, monkeypatch) -> None:
    monkeypatch.setattr(checkpoint, "EVERY", 3600)
    thread = Checkpoints(store.engine)
    reader = sqlite3.connect(folder.database_file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM audit_entry").fetchall()
    store.do(SECRETARY, grow)
    connection = sqlite3.connect(folder.database_file, isolation_level=None)
    assert thread.checkpoint(connection) == "PASSIVE"
    reader.close()
    assert thread.checkpoint(connection) in ("PASSIVE", "TRUNCATE")
    assert store.ask(chain.verify).entries == 300
    connection.close()
    thread.close()
