"""Write one matter as a bundle: papers, scans, record, audit chain and a list with checksums, folder or ZIP."""

import csv
import hashlib
import io
import os
import shutil
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import mkdtemp

from sqlalchemy.orm import Session

from consult_app.archive import queries as archive
from consult_app.archive import record
from consult_app.archive.actions import note_export
from consult_app.archive.verify import CHAIN, COLUMNS, MANIFEST, METADATA, RECORD, SEAL, seal_line
from consult_app.documents import queries as documents
from consult_app.documents.queries import DocumentLine
from consult_app.documents.rules import DocumentState
from consult_app.files import queries as files
from consult_app.kernel.errors import Refused, reason_of
from consult_app.kernel.text import legal_day
from consult_app.proposals import queries as proposals
from consult_app.storage.store import Actor, Store


class TargetTaken(Refused):
    """The bundle would overwrite a file or folder."""

    text = "「{path}」已经存在，没有覆盖。请换一个名称。"
    field = "path"


class CannotWrite(Refused):
    """The bundle cannot be written where it should go."""

    text = "档案包写不到「{path}」：{reason}。"
    field = "path"


@dataclass(frozen=True)
class Bundle:
    """A bundle that was written: where, how many files it lists, and the SHA-256 of the list."""

    path: Path
    files: int
    manifest: str


@dataclass(frozen=True)
class _Paper:
    """One file to come: its name in the bundle, its title, and the attachment it is copied from."""

    name: str
    title: str
    attachment: int


@dataclass(frozen=True)
class _Contents:
    """All that a bundle will hold, but for the bytes of the attachments, which are read one at a time."""

    code: str
    papers: tuple[_Paper, ...]
    texts: tuple[tuple[str, str, bytes], ...]


def write(
    store: Store, actor: Actor, proposal_id: int, path: Path, progress: Callable[[int, int], object] = lambda *_: None
) -> Bundle:
    """Write a matter's bundle to `path`, a ZIP when it ends in .zip and else a folder, whole or not at all.

    `progress(part, whole)` is called before each file; what it raises ends the writing and leaves nothing. The export is witnessed with the digest of its list. Refused when the path is taken or cannot be written.
    """
    if path.exists():
        raise TargetTaken(path=path)
    moment = store.now()
    contents = store.ask(_contents, proposal_id, moment)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        sink: _Sink = _ZipSink(path, moment) if path.suffix.lower() == ".zip" else _FolderSink(path)
        with sink:
            rows = list(_put_all(store, contents, sink, progress))
            manifest = _manifest(rows)
            digest = hashlib.sha256(manifest).hexdigest()
            sink.put(MANIFEST, manifest)
            sink.put(SEAL, seal_line(digest).encode())
            sink.finish()
    except OSError as error:
        raise CannotWrite(path=path, reason=reason_of(error)) from error
    store.do(actor, note_export, proposal_id, code=contents.code, manifest=digest, files=len(rows))
    return Bundle(path, len(rows), digest)


def _contents(db: Session, proposal_id: int, moment: datetime) -> _Contents:
    today = legal_day(moment)
    facts = proposals.proposal(db, proposal_id, today)
    found = record.subjects(db, proposal_id, today)
    filing = archive.filing(db, proposal_id)
    chain = "".join(line + "\n" for line in record.chain_lines(db, found)).encode()
    texts = (
        (METADATA, "归档元数据", record.pretty(record.metadata(db, facts))),
        (RECORD, "议题全部记录", record.pretty(record.record(db, facts, found, today))),
        (CHAIN, "存证链", chain),
    )
    return _Contents(filing.code if filing else facts.number, tuple(_papers(db, proposal_id, found)), texts)


def _papers(db: Session, proposal_id: int, found: record.Subjects) -> Iterator[_Paper]:
    issued = [line for line in documents.documents(db, proposal_id) if line.attachment_id is not None]
    bodies = {line.attachment_id for line in issued}
    for place, line in enumerate(issued, 1):
        assert line.attachment_id is not None
        yield _Paper(f"01正文/{place:02d}-{_clean(_title(line))}-{line.code}.pdf", _title(line), line.attachment_id)
    others = [one for one in record.attachments(db, found) if one.id not in bodies]
    for place, one in enumerate(others, 1):
        stem, dot, suffix = one.name.rpartition(".")
        name = f"{place:02d}-{_clean(one.kind)}-{_clean(stem if dot else suffix)}{dot}{_clean(suffix) if dot else ''}"
        yield _Paper(f"02附件/{name}", f"{one.kind}：{one.name}", one.id)


def _title(line: DocumentLine) -> str:
    return f"（已作废）{line.title}" if line.state is DocumentState.VOID else line.title


def _put_all(
    store: Store, contents: _Contents, sink: "_Sink", progress: Callable[[int, int], object]
) -> Iterator[tuple[str, str, int, str]]:
    whole = len(contents.papers) + len(contents.texts)
    for place, paper in enumerate(contents.papers):
        progress(place, whole)
        content = store.ask(files.content, paper.attachment)
        yield _put(sink, paper.name, paper.title, content)
    for place, (name, title, content) in enumerate(contents.texts, len(contents.papers)):
        progress(place, whole)
        yield _put(sink, name, title, content)


def _put(sink: "_Sink", name: str, title: str, content: bytes) -> tuple[str, str, int, str]:
    sink.put(name, content)
    return name, title, len(content), hashlib.sha256(content).hexdigest()


def _manifest(rows: list[tuple[str, str, int, str]]) -> bytes:
    """The list as CSV that a spreadsheet opens; a title that looks like a formula is made plain text."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for place, (name, title, size, sha256) in enumerate(rows, 1):
        writer.writerow((place, name, f"'{title}" if title[:1] in "=+-@\t" else title, size, sha256))
    return text.getvalue().encode("utf-8-sig")


def _clean(text: str) -> str:
    """A name that every file system takes."""
    kept = "".join("_" if char in '\\/:*?"<>|' or ord(char) < 32 else char for char in text)
    return kept.strip(" .")[:60] or "_"


class _Sink(ABC):
    """Where a bundle goes; until `finish` nothing stands under its name."""

    @abstractmethod
    def put(self, name: str, content: bytes) -> None:
        """Add one file."""

    @abstractmethod
    def finish(self) -> None:
        """Let the bundle appear, whole."""

    @abstractmethod
    def drop(self) -> None:
        """Remove what is half written; after `finish` nothing."""

    def __enter__(self) -> "_Sink":
        return self

    def __exit__(self, *_: object) -> None:
        self.drop()


class _ZipSink(_Sink):
    """A ZIP whose bytes depend on the contents and the moment alone."""

    def __init__(self, path: Path, moment: datetime) -> None:
        self.path = path
        self.partial = path.with_name(f".{path.name}.{os.getpid()}")
        self.stamp = max(moment.timetuple()[:6], (1980, 1, 1, 0, 0, 0))
        self.zip = zipfile.ZipFile(self.partial, "w", zipfile.ZIP_DEFLATED)

    def put(self, name: str, content: bytes) -> None:
        info = zipfile.ZipInfo(name, self.stamp)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.external_attr = 0o100644 << 16
        self.zip.writestr(info, content)

    def finish(self) -> None:
        self.zip.close()
        with self.partial.open("rb+") as stream:
            os.fsync(stream.fileno())
        os.replace(self.partial, self.path)

    def drop(self) -> None:
        self.zip.close()
        self.partial.unlink(missing_ok=True)


class _FolderSink(_Sink):
    def __init__(self, path: Path) -> None:
        self.path = path
        self.partial = Path(mkdtemp(prefix=f".{path.name}.", dir=path.parent))

    def put(self, name: str, content: bytes) -> None:
        target = self.partial / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as stream:
            stream.write(content)
            os.fsync(stream.fileno())

    def finish(self) -> None:
        self.partial.chmod(0o755)
        os.rename(self.partial, self.path)

    def drop(self) -> None:
        shutil.rmtree(self.partial, ignore_errors=True)
