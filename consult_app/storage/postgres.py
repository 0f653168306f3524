"""PostgreSQL for a town: what a vote depends on, checked; one schema a community; one writer a community at a time."""

import re
import zlib
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event

from consult_app.kernel.errors import Refused

ALONE = "public"
"""The schema of a database that holds one community only."""

DIRECTORY = "town"
"""The schema of the directory of communities, where there are several."""

SCHEMA = re.compile(r"[a-z][a-z0-9_]{0,30}")
CONNECTIONS = 8
"""Connections one process keeps at most, for all its communities: the server allows 100 to all processes together."""

_SHARED = zlib.crc32(b"consult")
"""Marks this program's advisory locks in a database that may have others."""


class Forgetful(Refused):
    """The server answers before its data are on the disk; a power cut would lose votes that were acknowledged."""

    text = "数据库服务器的 {setting} 已关闭，断电会丢失已经确认的投票。请管理员打开它，再使用本软件。"


def open_postgres(url: str, schema: str = ALONE) -> Engine:
    """An engine whose every transaction works in one schema. Refused (`Forgetful`) where the server does not sync.

    A write takes the schema's lock as it begins, so that actions of one community run one after another, as SQLite has
    them: what an action has checked still holds when it commits. Each write appends to the one chain, so they would
    queue there anyway. A read sees one moment of the data throughout.
    """
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"options": "-c synchronous_commit=on -c timezone=UTC -c lock_timeout=15s"},
    )
    event.listen(engine, "first_connect", _check)
    event.listen(engine, "begin", _begin)
    return within(engine, schema)


def within(engine: Engine, schema: str) -> Engine:
    """The same connections for another schema."""
    if not SCHEMA.fullmatch(schema):
        raise ValueError(f"no name of a schema: {schema!r}")
    # Advisory locks belong to the whole database: the schema's name tells one community's from another's.
    place = f'SET LOCAL search_path TO "{schema}"'
    lock = f"SELECT pg_advisory_xact_lock({_SHARED}, {zlib.crc32(schema.encode()) - 2**31})"
    return engine.execution_options(
        begin_write=f"{place}; {lock}", begin_read=f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; {place}"
    )


def has_schema(engine: Engine, schema: str) -> bool:
    """Whether the database has the schema."""
    with engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT 1 FROM pg_namespace WHERE nspname = %(name)s", {"name": schema})
        return found.first() is not None


def _begin(connection: Connection) -> None:
    """What each transaction says first, in one journey to the server."""
    options = connection.get_execution_options()
    connection.exec_driver_sql(options["begin_write" if options.get("writes") else "begin_read"])


def _check(connection: Any, _record: Any) -> None:
    """Refuse a server that was told not to sync."""
    with connection.cursor() as cursor:
        for setting in ("fsync", "full_page_writes"):
            cursor.execute(f"SHOW {setting}")
            if cursor.fetchone()[0] != "on":
                raise Forgetful(setting=setting)
    connection.rollback()
