"""PostgreSQL for a town: what a vote depends on, checked; one schema a community; one writer a community at a time."""

import re
import zlib
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection
from sqlalchemy.schema import CreateSchema

from consult_app.kernel.errors import Refused

ALONE = "public"
"""The schema of a database that holds one community only."""

SCHEMA = re.compile(r"[a-z][a-z0-9_]{0,30}")
CONNECTIONS = 8
"""Connections one process keeps at most: a writer and its readers. A town's workers together stay below the server's 100."""


class Forgetful(Refused):
    """The server answers before its data are on the disk; a power cut would lose votes that were acknowledged."""

    text = "数据库服务器的 {setting} 已关闭，断电会丢失已经确认的投票。请管理员打开它，再使用本软件。"


def open_postgres(url: str, schema: str = ALONE) -> Engine:
    """An engine whose every transaction works in one schema. Refused (`Forgetful`) where the server does not sync.

    A write takes the schema's lock as it begins, so that actions of one community run one after another, as SQLite has
    them: what an action has checked still holds when it commits. Each write appends to the one chain, so they would
    queue there anyway. A read sees one moment of the data throughout.
    """
    if not SCHEMA.fullmatch(schema):
        raise ValueError(f"no name of a schema: {schema!r}")
    engine = create_engine(
        url,
        pool_size=CONNECTIONS,
        max_overflow=0,
        pool_pre_ping=True,
        connect_args={"options": "-c synchronous_commit=on -c timezone=UTC -c lock_timeout=15s"},
    )
    event.listen(engine, "begin", _begins_in(schema))
    event.listen(engine, "first_connect", _check)
    return engine


def make_schema(engine: Engine, schema: str) -> None:
    """Make the schema unless it is there; a second process that comes at the same time waits."""
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(CreateSchema(schema, if_not_exists=True))


def _begins_in(schema: str) -> Any:
    """What each transaction says first, in one journey to the server."""
    place = f'SET LOCAL search_path TO "{schema}"'
    # Advisory locks belong to the whole database: the schema's name tells one community's from another's.
    write = (
        f"{place}; SELECT pg_advisory_xact_lock({zlib.crc32(b'consult'):d}, {zlib.crc32(schema.encode()) - 2**31:d})"
    )
    read = f"SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; {place}"

    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(write if connection.get_execution_options().get("writes", False) else read)

    return begin


def _check(connection: Any, _record: Any) -> None:
    """Refuse a server that was told not to sync."""
    with connection.cursor() as cursor:
        for setting in ("fsync", "full_page_writes"):
            cursor.execute(f"SHOW {setting}")
            if cursor.fetchone()[0] != "on":
                raise Forgetful(setting=setting)
    connection.rollback()
