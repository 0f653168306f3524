"""Open the program's data: check, back up, migrate, and hand out the Store. The only clock and chance are made here."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from filelock import FileLock, Timeout
from sqlalchemy import Engine
from sqlalchemy.exc import ArgumentError, DatabaseError, OperationalError

from consult_app import schema
from consult_app.audit.second_medium import SecondMedium
from consult_app.kernel.clock import SteadyClock
from consult_app.kernel.errors import Refused, reason_of
from consult_app.settings import Settings
from consult_app.storage.engine import open_engine
from consult_app.storage.migrate import NotOurs, copy_file, migrate, revision
from consult_app.storage.postgres import DIRECTORY, has_schema
from consult_app.storage.reserve import Reserve
from consult_app.storage.store import ALPHABET, Clock, Store, TokenSource


class AlreadyOpen(Refused):
    """Another window works on this data folder."""

    text = "这份数据正由另一个窗口使用（{data}）。请到那个窗口继续，或先关闭它。"


class Unreachable(Refused):
    """The data folder or database cannot be opened."""

    text = "打不开数据「{place}」：{reason}。"


class BadAddress(Refused):
    """The database's address is not one, or names a kind of database without its driver."""

    text = "数据库地址不能用：写法不对，或没有安装这种数据库的驱动。不填则使用数据文件夹中的文件。"


class OneFileOneCommunity(Refused):
    """A data folder is one community's; several need PostgreSQL."""

    text = "一个数据文件夹只存一个社区的数据。多个社区共用请使用 PostgreSQL 数据库（--database）。"


class UnknownCommunity(Refused):
    """No community has this code."""

    text = "没有代码为「{code}」的社区。请核对代码，或先登记：consult community add。"


class WhichCommunity(Refused):
    """The database holds several communities, and none was named."""

    text = "这个数据库存有多个社区，请指明其中一个：--community 代码。"


class Failing(Refused):
    """The database stopped answering while it was in use."""

    text = "数据库无法继续使用：{reason}。已经记录的内容没有改变。"


def failing(error: DatabaseError) -> Failing | None:
    """The refusal for a database that is damaged, full, locked or read-only; None for anything else, which is a bug."""
    reason = _FAILURES.get(getattr(error.orig, "sqlite_errorname", "").rpartition("SQLITE_")[2].partition("_")[0])
    return Failing(reason=reason) if reason else None


_FAILURES = {
    "CORRUPT": "数据文件已损坏，请恢复最近一次备份",
    "NOTADB": "数据文件已损坏，请恢复最近一次备份",
    "FULL": "磁盘已满",
    "READONLY": "只有读的权限",
    "BUSY": "正被其他程序占用，请稍后再试",
    "IOERR": "磁盘读写出错",
}


def system_clock() -> datetime:
    """The computer's clock, in UTC."""
    return datetime.now(UTC)


def system_counter() -> float:
    """Seconds that only grow, also while the computer sleeps; nobody can set them."""
    if hasattr(time, "CLOCK_BOOTTIME"):
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    return time.monotonic()


_LETTERS = (ALPHABET * 8).encode()
"""A letter for every byte: 256 is eight times 32, so each is as likely as any other."""


def system_tokens(length: int) -> str:
    """`length` random characters of base 32 (5 bits each) from the operating system."""
    return secrets.token_bytes(length).translate(_LETTERS).decode()


@dataclass
class App:
    """An opened program: its settings, its Store, the second medium its votes are kept on too, and the room kept on the disk."""

    settings: Settings
    store: Store
    medium: SecondMedium
    reserve: Reserve

    @property
    def leap(self) -> timedelta:
        """How far the computer's clock was moved since the start; the Store's own did not move with it."""
        return self.store.clock.leap if isinstance(self.store.clock, SteadyClock) else timedelta()

    def make_room(self) -> None:
        """See, before a vote is opened, that it has room on the disk, and keep some back. Refused: `TooLittleRoom`."""
        if self.settings.is_sqlite:
            self.reserve.hold()

    def close(self) -> None:
        """Give back the database."""
        self.medium.close()
        self.store.close()


def open_app(settings: Settings, clock: Clock | None = None, tokens: TokenSource = system_tokens) -> App:
    """Open the data: make the folder, copy the file before a migration, migrate, and return the App.

    Without another `clock` the time is the computer's at the start, carried on steadily, whoever sets that clock.
    Refused when the folder cannot be written, the file is not ours or was written by a newer version, or where a town's
    database has no such community.
    """
    clock = clock or SteadyClock(system_clock, system_counter)
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Unreachable(place=settings.data, reason=reason_of(error)) from error
    reserve = Reserve(settings.data)
    reserve.give_back()  # SQLite needs room before it opens a file
    engine = reach(settings)
    with _answering(settings, engine):
        _check_community(settings, engine)
        found = revision(engine)
        if found not in (None, schema.REVISION) and settings.is_sqlite:
            copy_file(settings.database_file, settings.backups, clock())
        if found != schema.REVISION:
            migrate(engine, schema.METADATA, schema.REVISION)
    store = Store(engine, clock, tokens)
    medium = SecondMedium(store, settings.data)
    store.keep_also(medium.keep)
    return App(settings, store, medium, reserve)


def reach(settings: Settings) -> Engine:
    """The database as it stands, whatever is in it. Refused: `BadAddress`, `OneFileOneCommunity`."""
    if settings.is_sqlite and settings.community:
        raise OneFileOneCommunity
    try:
        return open_engine(settings.database, settings.schema)
    except (ArgumentError, ImportError) as error:  # the address itself may hold a password: it is not repeated
        raise BadAddress() from error


def is_town(settings: Settings) -> bool:
    """Whether the database holds several communities, and none of them is named."""
    if settings.is_sqlite or settings.community:
        return False
    engine = reach(settings)
    with _answering(settings, engine):
        found = has_schema(engine, DIRECTORY)
    engine.dispose()
    return found


def _check_community(settings: Settings, engine: Engine) -> None:
    """Refuse a code that was never entered, and a town's database without a code: tables would be made for nobody."""
    if settings.is_sqlite:
        return
    if settings.community and not has_schema(engine, settings.schema):
        raise UnknownCommunity(code=settings.community)
    if not settings.community and has_schema(engine, DIRECTORY):
        raise WhichCommunity


@contextmanager
def _answering(settings: Settings, engine: Engine) -> Iterator[None]:
    """Turn what a database says that cannot be used into a refusal, and let go of it."""
    try:
        yield
    except OperationalError as error:
        engine.dispose()
        raise Unreachable(place=settings.data, reason=_database_reason(str(error.orig))) from error
    except (DatabaseError, UnicodeDecodeError) as error:  # the driver stumbles over garbage in the table of contents
        engine.dispose()
        raise NotOurs(name=settings.database_file.name) from error
    except Refused:
        engine.dispose()
        raise


def lock_desk(settings: Settings) -> FileLock:
    """Hold the data folder for one window; refused when another holds it. Release it, or end the process, to let go."""
    lock = FileLock(settings.data / "desk.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise AlreadyOpen(data=settings.data) from error
    return lock


def _database_reason(words: str) -> str:
    """Why a database did not open, in Chinese; a server's own words where they are not foreseen."""
    foreseen = {
        "unable to open": "文件不在，或没有权限",
        "locked": "正被其他程序占用",
        "full": "磁盘已满",
        "readonly": "只有读的权限",
        "decode": "数据文件已损坏，请恢复最近一次备份",
    }
    return next((reason for part, reason in foreseen.items() if part in words), f"数据库没有应答（{words}）")
