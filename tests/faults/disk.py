"""The watched disk (`disk.c`): compile it, read what it recorded, and rebuild the files as a power cut may have left them."""

import random
import shutil
import struct
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

SOURCE = Path(__file__).with_name("disk.c")
HEAD = struct.Struct("=dqihcc")
SECTOR = 512
"""Bytes a disk writes as a whole; a larger write may be torn between them."""


def compiled(folder: Path, source: Path = SOURCE) -> Path:
    """A library to preload, made from its source; skips where there is no compiler or another kernel."""
    compiler = shutil.which("cc")
    if not compiler or not Path("/proc/self").exists():
        pytest.skip("needs Linux and a C compiler")
    library = folder / f"{source.stem}.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O2", "-o", library, source, "-lpthread"], check=True, timeout=60)
    return library


@dataclass(frozen=True)
class Record:
    """One call: `w` write, `t` truncate, `b` a sync began, `s` it returned, `u` unlink. `time` in seconds, monotonic."""

    time: float
    operation: str
    name: str
    offset: int
    content: bytes = field(repr=False)


def records(log: Path) -> tuple[Record, ...]:
    """What was recorded, in order."""
    return tuple(_records(log.read_bytes()))


def _records(log: bytes) -> Iterator[Record]:
    place = 0
    while place + HEAD.size <= len(log):
        time, offset, length, name_length, operation, _ = HEAD.unpack_from(log, place)
        place += HEAD.size
        name = log[place : place + name_length].decode()
        place += name_length
        yield Record(time, operation.decode(), name, offset, log[place : place + length])
        place += length


@dataclass
class File:
    """One file: what is safely on the disk, and what was done since and may be lost. `began` marks syncs under way."""

    safe: bytearray
    since: list[Record] = field(default_factory=list)
    began: list[int] = field(default_factory=list)


class Disk:
    """The folder's files at a moment that moves forward."""

    def __init__(self, before: Path) -> None:
        self.files = {
            str(path.relative_to(before)): File(bytearray(path.read_bytes()))
            for path in before.rglob("*")
            if path.is_file()
        }

    def do(self, record: Record) -> None:
        """Take in one call."""
        if record.operation == "u":
            self.files.pop(record.name, None)
            return
        if record.operation in "bs" and record.name not in self.files:
            return  # a folder was synced, or a file that was never written to
        file = self.files.setdefault(record.name, File(bytearray()))
        if record.operation == "b":
            file.began.append(len(file.since))
        elif record.operation == "s":
            upto = file.began.pop(0) if file.began else 0
            for each in file.since[:upto]:
                apply(file.safe, each)
            del file.since[:upto]
            file.began = [max(0, place - upto) for place in file.began]
        else:
            file.since.append(record)

    def left(self, folder: Path, chance: random.Random | None, *, keep: bool = False) -> None:
        """Write the files as a power cut now may leave them: what was not synced is lost, or (`keep`) all there, or,
        with `chance`, each write by itself lost, there or torn at a sector."""
        for name, file in self.files.items():
            content = bytearray(file.safe)
            for each in file.since:
                if keep:
                    apply(content, each)
                elif chance is not None:
                    _apply_some(content, each, chance)
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def apply(content: bytearray, record: Record) -> None:
    """Do one write or truncate to a file's content."""
    if record.operation == "t":
        del content[record.offset :]
        content.extend(bytes(record.offset - len(content)))
        return
    content.extend(bytes(max(0, record.offset - len(content))))
    content[record.offset : record.offset + len(record.content)] = record.content


def _apply_some(content: bytearray, record: Record, chance: random.Random) -> None:
    fate = chance.random()
    if fate < 0.35:
        return
    if record.operation == "t" or fate < 0.7:
        apply(content, record)
        return
    whole = (record.offset + len(record.content) + SECTOR - 1) // SECTOR * SECTOR
    for start in range(record.offset // SECTOR * SECTOR, whole, SECTOR):
        if chance.random() < 0.5:
            first, last = max(start, record.offset), min(start + SECTOR, record.offset + len(record.content))
            piece = record.content[first - record.offset : last - record.offset]
            apply(content, Record(record.time, "w", record.name, first, piece))
