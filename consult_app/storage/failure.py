"""When the database itself fails: which errors those are, and how they are said."""

from sqlalchemy.exc import DBAPIError

from consult_app.kernel.errors import Refused


class StorageFailed(Refused):
    """The database could not store, so nothing of what was asked took effect."""

    text = "数据库无法继续使用：{reason}。已经记录的内容没有改变。"


class Damaged(Exception):
    """SQLite looked the file through and found it broken; the message is its first finding."""


class Unsynced(Exception):
    """What stands in SQLite's log could not be brought to the disk after a failure."""


def reason_of(error: BaseException) -> str | None:
    """Why a database that is damaged, full, locked or out of reach failed; None for anything else, which is a bug."""
    if isinstance(error, Damaged):
        return _REASONS["CORRUPT"]
    if isinstance(error, Unsynced):
        return _REASONS["IOERR"]
    if not isinstance(error, DBAPIError):
        return None
    return _REASONS.get(_kind(error)) or ("数据库没有应答" if error.connection_invalidated else None)


def is_lost(error: BaseException) -> bool:
    """Whether an error took the whole transaction with it, not only the statement that met it."""
    return reason_of(error) is not None


def is_busy(error: BaseException) -> bool:
    """Whether only another program's lock stood in the way; the database itself is well."""
    return isinstance(error, DBAPIError) and _kind(error) == "BUSY"


def _kind(error: DBAPIError) -> str:
    """`IOERR` of SQLite's `SQLITE_IOERR_FSYNC`; empty for other databases."""
    return getattr(error.orig, "sqlite_errorname", "").rpartition("SQLITE_")[2].partition("_")[0]


_REASONS = {
    "CORRUPT": "数据文件已损坏，请恢复最近一次备份",
    "NOTADB": "数据文件已损坏，请恢复最近一次备份",
    "FULL": "磁盘已满",
    "READONLY": "只有读的权限",
    "BUSY": "正被其他程序占用，请稍后再试",
    "CANTOPEN": "打不开数据文件",
    "IOERR": "磁盘读写出错",
}
