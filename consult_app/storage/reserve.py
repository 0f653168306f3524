"""备用空间: room kept in the data folder and given back when the disk is full, so that a vote can still be closed and printed.

The file says by its length how it stands: at its full size it holds the room, empty it was given back, and where there is
none no vote was opened here. So window, server and command need not tell one another.
"""

import hashlib
import logging
import os
import shutil
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from consult_app.kernel.errors import Refused
from consult_app.storage import checkpoint

log = logging.getLogger(__name__)

SIZE = 2 * checkpoint.LARGEST
"""Bytes kept: as much as SQLite's log takes while votes come without a pause, and as much again for result and papers."""

FULL = 500 * 1024**2
"""Bytes of room below which a vote must not begin."""

BRIM = 8 * 1024**2
"""Bytes free below which a disk is as good as full: the next paper to print may take as much."""

BLOCK = 1024**2


class TooLittleRoom(Refused):
    """The disk may be full before the vote ends."""

    text = "数据所在磁盘只剩 {free}，投票中途可能存不下，不能开始投票。请先清理磁盘，腾出至少 {least}。"


class Reserve:
    """The reserve of one data folder."""

    def __init__(self, data: Path) -> None:
        self.path = data / "reserve.bin"

    @property
    def held(self) -> bool:
        """Whether the room is kept now."""
        return self._length() > 0

    @property
    def used(self) -> bool:
        """Whether it was given back, and there was no room for it since."""
        return self._length() == 0

    @property
    def room(self) -> int | None:
        """Bytes a vote has: what is free and what is kept for it; None where the system does not tell."""
        free = free_space(self.path.parent)
        return None if free is None else free + max(self._length(), 0)

    def hold(self) -> None:
        """Keep the room from now on, before a vote is opened. Refused: `TooLittleRoom`."""
        room = self.room
        if room is not None and room < FULL:
            raise TooLittleRoom(free=size_words(room), least=size_words(FULL))
        if not self.held:
            self._take()

    def give_back(self) -> None:
        """Give the room back where the disk is full; takes no time, and is to be called every second."""
        free = free_space(self.path.parent)
        if free is None or free >= BRIM or not self.held:
            return
        try:
            os.truncate(self.path, 0)
        except OSError as error:  # read-only or gone, as the next write will say
            log.warning("the reserve was not given back: %s", error)
        else:
            log.warning("the disk is full: its reserve was given back")

    def take_again(self) -> None:
        """Keep the room again where it was given back and there is enough now."""
        if self.used and (free_space(self.path.parent) or 0) >= FULL + SIZE:
            self._take()

    def _length(self) -> int:
        """The length of the file; -1 where there is none."""
        try:
            return self.path.stat().st_size
        except OSError:
            return -1

    def _take(self) -> None:
        try:
            with self.path.open("wb") as file:
                _fill(file)
        except OSError as error:  # a disk that cannot keep room, or was filled meanwhile: the vote goes on without
            log.warning("no reserve: %s", error)
            with suppress(OSError):
                self.path.unlink(missing_ok=True)


def _fill(file: BinaryIO) -> None:
    """Take the room on the disk itself: a file that is only long, or compresses well, would keep nothing."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), 0, SIZE)
        return
    block = hashlib.shake_256(b"reserve").digest(BLOCK)
    for _ in range(SIZE // BLOCK):
        file.write(block)
    file.flush()
    os.fsync(file.fileno())


def free_space(folder: Path) -> int | None:
    """Bytes free on a folder's disk; None where the system does not tell."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return None


def size_words(size: int) -> str:
    """`12.3 GB`, `480 MB`."""
    return f"{size / 1024**3:.1f} GB" if size >= 1024**3 else f"{size // 1024**2} MB"
