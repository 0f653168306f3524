"""副本: the journal on a second medium, one line a vote, each bound by a running hash to the line before. A file, nothing more.

A line is `hash space json`; the hash is SHA-256 over the hash before it and the JSON. The first line names the database by the
digest of its first entry, so that the journal of another database is not mistaken for this one's. The last line may have
been torn by a power cut: it was never acknowledged, and is cut off before the next is appended.
"""

import errno
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import MISSING, asdict, dataclass, field
from dataclasses import fields as dataclass_fields
from pathlib import Path
from typing import Any

from consult_app.storage.base import canonical

FORMAT = "六步议事副本 1"
NAME = "六步议事副本-{}.txt"
START = "0" * 64


@dataclass(frozen=True)
class Line:
    """One accepted act of a vote, without any choice. `digest` is that of the chain's entry `seq`, `at` its time in UTC."""

    seq: int
    at: str
    event: str
    subject: str
    digest: str
    serial: str = ""
    channel: str = ""
    seal: str = ""


@dataclass(frozen=True)
class Reading:
    """A journal as it was found. `broken` is the number of the first line (from 1) that was changed; 0 when none was.

    `size` counts the bytes up to the end of the last good line, `torn` the bytes of a line that was cut off while written.
    """

    path: Path
    database: str
    lines: tuple[Line, ...] = field(repr=False)
    hash: str
    size: int
    torn: int = 0
    broken: int = 0

    @property
    def last(self) -> Line | None:
        """The newest good line."""
        return self.lines[-1] if self.lines else None


@dataclass
class Tail:
    """Where the next line goes: the byte, the running hash before it, and the newest line's entry in the chain."""

    size: int
    hash: str
    seq: int
    digest: str


_FIELDS = {each.name for each in dataclass_fields(Line)}
_NEEDED = {each.name for each in dataclass_fields(Line) if each.default is MISSING}


def path_of(folder: Path, database: str) -> Path:
    """The journal of a database (known by the digest of its first entry) in a folder."""
    return folder / NAME.format(database[:12])


def read(path: Path) -> Reading:
    """Read a journal and recompute its hashes up to the first line that does not fit; raises OSError."""
    content = path.read_bytes()
    lines: list[Line] = []
    database, running, size, broken = "", START, 0, 0
    for number, raw in enumerate(content.splitlines(keepends=True), start=1):
        found = _parsed(raw, running)
        if found is None:
            broken = 0 if _is_torn(content[size:]) else number
            break
        running, fields = found
        if number == 1:
            database = str(fields.get("database", ""))
        elif set(fields) <= _FIELDS and set(fields) >= _NEEDED:
            lines.append(Line(**fields))
        else:
            broken = number
            break
        size += len(raw)
    return Reading(path, database, tuple(lines), running, size, 0 if broken else len(content) - size, broken)


def begin(path: Path, database: str) -> Tail:
    """Write a new journal's first line; raises OSError, FileExistsError where there is one."""
    raw, running = _written({"format": FORMAT, "database": database}, START)
    with path.open("xb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())
    _keep_name(path.parent)
    return Tail(len(raw), running, 0, "")


def tail_of(reading: Reading) -> Tail:
    """Where the next line of a journal goes, over what was torn."""
    last = reading.last
    return Tail(reading.size, reading.hash, last.seq if last else 0, last.digest if last else "")


def append(path: Path, tail: Tail, lines: Sequence[Line]) -> Tail:
    """Write lines at the tail and bring them to the disk with one fsync; raises OSError."""
    running, pieces = tail.hash, []
    for line in lines:
        raw, running = _written(
            {key: value for key, value in asdict(line).items() if value != "" or key in _NEEDED}, running
        )
        pieces.append(raw)
    block = b"".join(pieces)
    with path.open("r+b", buffering=0) as file:
        file.truncate(tail.size)
        file.seek(tail.size)
        if file.write(block) != len(block):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(file.fileno())
    return Tail(tail.size + len(block), running, lines[-1].seq, lines[-1].digest) if lines else tail


def _written(fields: dict[str, Any], before: str) -> tuple[bytes, str]:
    text = canonical(fields)
    running = hashlib.sha256(f"{before}{text}".encode()).hexdigest()
    return f"{running} {text}\n".encode(), running


def _parsed(raw: bytes, before: str) -> tuple[str, dict[str, Any]] | None:
    """The running hash and the fields of one line; None when it is torn or changed."""
    running, _, text = raw[:-1].partition(b" ")
    if raw[-1:] != b"\n" or hashlib.sha256(before.encode() + text).hexdigest().encode() != running:
        return None
    try:
        fields: Any = json.loads(text)
    except ValueError:
        return None
    return (running.decode(), fields) if isinstance(fields, dict) else None


def _is_torn(rest: bytes) -> bool:
    """Whether bytes that do not fit were never wholly written: one line without its end, or sectors that were left empty."""
    return b"\n" not in rest or b"\0" in rest


def _keep_name(folder: Path) -> None:
    """Bring a new file's name to the disk too; Windows does so by itself."""
    if os.name == "posix":
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
