"""Bring SQLite's log into the database off the vote's path.

SQLite checkpoints by itself every thousand pages, in the middle of some unlucky commit. A vote server has a thread do it
instead, twice a second, on a connection of its own. Where writes never pause the log cannot begin anew, so beyond a limit
the writers are held for a moment; and when all is quiet the file is cut back.
"""

import logging
import sqlite3
import threading
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

log = logging.getLogger(__name__)

EVERY = 0.5
"""Seconds between two checkpoints."""

LARGEST = 64 << 20
"""Bytes the log may grow to before writers wait for it to begin anew."""

SMALL = 4 << 20
"""Bytes of log that are left alone when all is quiet: SQLite writes over them again."""


class Checkpoints:
    """The thread that checkpoints one SQLite file; from now on no commit of this engine does."""

    def __init__(self, engine: Engine) -> None:
        self._database = Path(str(engine.url.database))
        self._log = self._database.with_name(self._database.name + "-wal")
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="checkpoints", daemon=True)
        self._seen = 0
        event.listen(engine, "connect", _leave_to_us)
        engine.dispose()
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        connection = sqlite3.connect(self._database, timeout=1, isolation_level=None)
        try:
            while not self._stop.wait(EVERY):
                self.checkpoint(connection)
        finally:
            connection.close()

    def checkpoint(self, connection: sqlite3.Connection) -> str:
        """Bring over what can be; the way that was taken."""
        size = self._log.stat().st_size if self._log.exists() else 0
        try:
            _, written, moved = connection.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
            quiet, self._seen = written == self._seen, written
            way = "RESTART" if size > LARGEST else "TRUNCATE" if quiet and written == moved and size > SMALL else ""
            if way:
                connection.execute(f"PRAGMA wal_checkpoint({way})")
            return way or "PASSIVE"
        except sqlite3.OperationalError as error:  # the writer will meet it too, and say it
            log.warning("no checkpoint: %s", error)
            return ""


def cut_off(engine: Engine) -> bool:
    """Bring all of SQLite's log into the file and cut it to nothing, with what it held of earlier pages; False where a reader forbids it.

    It is cut off at the latest when the last connection closes.
    """
    if engine.dialect.name != "sqlite":
        return True
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection  # a checkpoint cannot run within a transaction
        try:
            busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except sqlite3.OperationalError as error:
            log.warning("the log was not cut off: %s", error)
            return False
    if busy:
        log.warning("the log was not cut off: a reader holds it")
    return not busy


def _leave_to_us(connection: Any, _record: Any) -> None:
    connection.execute("PRAGMA wal_autocheckpoint=0")
