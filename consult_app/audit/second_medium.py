"""Keep the journal on the second medium level with the chain, so that a dead disk does not take the votes with it.

The order is: database, journal, answer. The journal only tells of what is committed, so a line that the database lacks always
means a lost vote; and a journal left behind by a crash is completed from the chain, which is how it is written anyway.

A thread of its own holds the file: a dying stick can keep a call waiting for minutes. Whoever commits waits for it
`PATIENCE` seconds at most; then the medium counts as lost, which the chain tells every screen, and voting goes on without.
"""

import threading
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from filelock import FileLock
from sqlalchemy.exc import DatabaseError

from consult_app.audit import chain, medium, medium_folder
from consult_app.audit.medium_folder import NoFolder
from consult_app.kernel.text import required
from consult_app.storage import journal
from consult_app.storage.failure import StorageFailed
from consult_app.storage.journal import Reading, Tail
from consult_app.storage.store import SYSTEM, Actor, Store

PATIENCE = 3.0
"""Seconds an answer waits for the second medium before it counts as lost."""

LOOK = 2.0
"""Seconds between two looks whether the medium is still there, or there again."""

BATCH = 1000
"""Entries that are made up at a time."""

SLOW = "写入太慢"
FOREIGN = "上面的副本与本数据库不符，请先检查"
CHANGED = "上面的副本被改动过，请先检查"


class Unfit(Exception):
    """What lies on the medium is not the journal that was left there; it is kept as it is, for someone to look at."""


class SecondMedium:
    """The second medium of one process. `keep` hangs on the Store; `fault` says why it is not written to, empty when it is."""

    def __init__(self, store: Store, data: Path, fixed: Path | None = None) -> None:
        self.store = store
        self.data = data
        self.fixed = fixed
        self.fault = ""
        self._tail: Tail | None = None
        self._mark: tuple[Path, int, int] | None = None
        self._seen = 0
        self._made_up = 0
        self._asked = self._kept = 0
        self._looked = False
        self._told: str | None = None
        self._turn = threading.Condition()
        self._closing = self._closed = False
        self._threads: tuple[threading.Thread, ...] = ()

    @property
    def folder(self) -> Path | None:
        """The folder of the second medium, as given at the start or else as chosen; None when there is none."""
        return self.fixed or medium_folder.chosen(self.data)

    def use(self, folder: Path) -> None:
        """Use a folder for as long as this process runs, whatever was chosen. Refused: `NoFolder`, `SameFolder`."""
        self.fixed = medium_folder.check(self.data, folder)
        self.store.do(SYSTEM, medium.set_medium, str(self.fixed))

    def renew(self, actor: Actor, reason: str) -> Path:
        """Keep the journal that lies there under another name and begin a new one, made up from the database.

        For a journal that does not fit the database any more; the old one stays as evidence. Refused: `NoFolder`.
        """
        reason = required(reason, "理由", 200, "reason")
        database, folder = self.store.ask(medium.digests, [1]).get(1), self.folder
        if folder is None or database is None:
            raise NoFolder(place="", reason="没有设副本介质")
        path = journal.path_of(folder, database)
        try:
            with FileLock(self.data / "journal.lock"):
                old = next(each for each in _aside(path) if not each.exists())
                path.rename(old)
        except OSError as error:
            raise NoFolder(place=folder, reason=medium_folder.words(error)) from error
        self.store.do(actor, medium.renew_medium, old.name, reason)
        return old

    def start(self) -> None:
        """Watch the medium from now on, also while nobody votes."""
        with self._turn:
            if not self._threads:
                self._threads = tuple(threading.Thread(target=run, daemon=True) for run in (self._write, self._tell))
                for thread in self._threads:
                    thread.start()

    def keep(self) -> None:
        """Wait until what is committed stands on the medium too; at once when there is none, or it is lost. Never raises."""
        if self.folder is None:
            return
        if not self._threads:
            self.start()
        with self._turn:
            self._asked += 1
            mine = self._asked
            self._turn.notify_all()
            if not self._turn.wait_for(lambda: self._kept >= mine or bool(self.fault) or self._closed, PATIENCE):
                self.fault = SLOW
                self._turn.notify_all()

    def close(self) -> None:
        """Stop watching; what is committed stands on the medium, or will be made up at the next start."""
        with self._turn:
            self._closing = True
            self._turn.notify_all()
        for thread in self._threads:
            thread.join(PATIENCE)

    # the thread that holds the file

    def _write(self) -> None:
        while True:
            with self._turn:
                self._turn.wait_for(lambda: self._closing or self._asked > self._kept, LOOK)
                asked = self._asked
                if self._closing and asked == self._kept:
                    self._closed = True  # nobody need wait for this thread any more
                    self._turn.notify_all()
                    return
            fault = self._level()
            with self._turn:
                self._kept, self.fault, self._looked = asked, fault, True
                self._turn.notify_all()

    def _level(self) -> str:
        """Bring the journal level with the chain; what keeps it from being so, empty when nothing does."""
        folder = self.folder
        if folder is None:
            self._tail = None
            return ""
        try:
            with FileLock(self.data / "journal.lock"):
                self._make_up(folder)
        except Unfit as unfit:
            self._tail = None
            return str(unfit)
        except OSError as error:
            self._tail = None
            return medium_folder.words(error)
        except DatabaseError:  # the Store says so itself; the medium is not to blame
            return self.fault
        return ""

    def _make_up(self, folder: Path) -> None:
        database = self.store.ask(medium.digests, [1]).get(1)
        if database is None:
            return
        path = journal.path_of(folder, database)
        tail = self._tail_at(path, database)
        while changes := self.store.ask(chain.since, self._seen, BATCH):
            if lines := medium.lines(changes):
                tail = journal.append(path, tail, lines)
                self._made_up += len(lines) if self.fault else 0
            self._seen = changes[-1].seq
        self._tail, self._mark = tail, _mark_of(path)

    def _tail_at(self, path: Path, database: str) -> Tail:
        """The journal's end: remembered while nobody else wrote to it, else read anew and held against the chain."""
        if self._tail is not None and self._mark == _mark_of(path):
            return self._tail
        try:
            reading = journal.read(path)
        except FileNotFoundError:
            reading = None
        if reading is None or not (reading.database or reading.broken):
            path.unlink(missing_ok=True)  # torn in its first line
            tail = journal.begin(path, database)
        else:
            self._check(reading, database)
            tail = journal.tail_of(reading)
        self._seen = tail.seq
        return tail

    def _check(self, reading: Reading, database: str) -> None:
        if reading.broken:
            raise Unfit(CHANGED)
        last = reading.last
        known = last is None or self.store.ask(medium.digests, [last.seq]) == {last.seq: last.digest}
        if reading.database != database or not known:
            raise Unfit(FOREIGN)

    # the thread that tells the chain

    def _tell(self) -> None:
        while not self._closing:
            with self._turn:
                self._turn.wait_for(lambda: self._closing or self._fresh() is not None, LOOK)
                fault, folder = self._fresh(), self.folder
            if fault is None:
                continue
            if folder is None or self._is_told(fault, str(folder)):
                self._told = fault
                continue
            with self._turn:  # the database is away as well: said at the next look
                self._turn.wait_for(lambda: self._closing, LOOK)

    def _fresh(self) -> str | None:
        """The fault, empty for none, that the chain has not been told; None when there is no news."""
        return None if self.fault == self._told or not (self._looked or self.fault) else self.fault

    def _is_told(self, fault: str, place: str) -> bool:
        try:
            if fault:
                self.store.do(SYSTEM, medium.lose_medium, place, fault)
            else:
                self.store.do(SYSTEM, medium.regain_medium, place, self._made_up)
                self._made_up = 0
        except (DatabaseError, StorageFailed):
            return False
        return True


def _mark_of(path: Path) -> tuple[Path, int, int] | None:
    """What tells whether a file was written by someone else; None where there is none."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return path, found.st_ino, found.st_size


def _aside(path: Path) -> Iterator[Path]:
    """Names for a journal that is kept but not written to any more."""
    return (path.with_stem(f"{path.stem}-旧{number}") for number in count(1))
