"""Open SQLite or PostgreSQL with the settings a vote depends on."""

from typing import Any

from sqlalchemy import Engine, create_engine, event

from consult_app.storage.postgres import ALONE, open_postgres


def open_engine(url: str, schema: str = ALONE) -> Engine:
    """An engine for the URL, on PostgreSQL for one schema.

    SQLite gets WAL, `synchronous=FULL` (an acknowledged vote is on disk), foreign keys, and overwrites what is deleted.

    Every transaction is begun by `Store`, which says whether it writes (`BEGIN IMMEDIATE`) or only reads.
    """
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"timeout": 15, "check_same_thread": False})
        event.listen(engine, "connect", _sqlite_connected)
        event.listen(engine, "begin", _sqlite_begun)
        return engine
    return open_postgres(url, schema)


_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=15000",
    "secure_delete=ON",  # what is deleted is overwritten: a key that was erased is gone from the file
)


def _sqlite_connected(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we emit BEGIN ourselves: the driver's own begins too late
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _sqlite_begun(connection: Any) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
