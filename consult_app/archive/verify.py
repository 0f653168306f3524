"""Check a bundle, folder or ZIP, without the database and without trusting a byte of it.

It must hold what its list says and nothing else; its part of the audit chain must hold together; and every paper must be
one that the chain witnessed. Nothing is unpacked to disk.
"""

import csv
import hashlib
import io
import json
import stat
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

MANIFEST = "清单.csv"
SEAL = "清单.csv.sha256"
"""The list's own SHA-256, as `sha256sum` writes and checks it: the list cannot hold it itself."""

METADATA = "metadata.json"
RECORD = "03过程/记录.json"
CHAIN = "03过程/存证链.jsonl"
PAPERS = ("01正文/", "02附件/")
COLUMNS = ("序号", "文件", "题名", "字节数", "SHA-256")
GENESIS = "0" * 64

MAX_FILES = 20_000
MAX_FILE = 256 * 1024 * 1024
MAX_TOTAL = 8 * 1024 * 1024 * 1024
MAX_TEXT = 512 * 1024 * 1024
"""Caps in files and bytes: larger is no bundle of ours but a bomb (threat 25)."""

MAX_SEAL = 4096

_BLOCK = 1 << 20
_BROKEN = (OSError, ValueError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError)
"""What reading a damaged file raises."""


class Fault(StrEnum):
    """What is wrong with one file of a bundle, or with the bundle."""

    MISSING = "missing"
    ADDED = "added"
    CHANGED = "changed"
    UNSAFE = "unsafe"
    CHAIN = "chain"
    UNWITNESSED = "unwitnessed"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class Problem:
    """One fault: which file, and what is wrong in Chinese."""

    fault: Fault
    file: str
    words: str

    def __str__(self) -> str:
        return f"{self.file}：{self.words}" if self.file else self.words


@dataclass(frozen=True)
class Report:
    """What a check found. `head` is the chain's last digest, to be held against a printed one; `manifest` the list's."""

    problems: tuple[Problem, ...]
    files: int = 0
    entries: int = 0
    head: str = ""
    manifest: str = ""
    code: str = ""

    @property
    def holds(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems


@dataclass(frozen=True)
class Listed:
    """One line of the list: size in bytes and SHA-256."""

    size: int
    sha256: str


class _Box:
    """The files of a bundle by name, read one at a time and never beyond their caps."""

    def __init__(self, sizes: Mapping[str, int], problems: list[Problem]) -> None:
        self.sizes = sizes
        self.problems = problems

    def open(self, name: str) -> IO[bytes]:
        """The file's bytes as a stream."""
        raise NotImplementedError

    def digest(self, name: str) -> tuple[int, str]:
        """Size and SHA-256 of a file, read in blocks; reading stops one byte beyond the cap."""
        seen, size = hashlib.sha256(), 0
        with self.open(name) as stream:
            while block := stream.read(_BLOCK):
                size += len(block)
                if size > MAX_FILE:
                    raise ValueError("文件过大")
                seen.update(block)
        return size, seen.hexdigest()

    def read(self, name: str, limit: int = MAX_TEXT) -> bytes:
        """A text file whole."""
        with self.open(name) as stream:
            content = stream.read(limit + 1)
        if len(content) > limit:
            raise ValueError("文件过大")
        return content

    def close(self) -> None:
        """Let go of the bundle."""


class _Folder(_Box):
    def __init__(self, root: Path) -> None:
        problems: list[Problem] = []
        sizes: dict[str, int] = {}
        for path in sorted(root.rglob("*")):
            name = path.relative_to(root).as_posix()
            if path.is_symlink() or not (path.is_file() or path.is_dir()):
                problems.append(Problem(Fault.UNSAFE, name, "是链接或特殊文件，没有读取"))
            elif path.is_file():
                sizes[name] = path.stat().st_size
            if len(sizes) > MAX_FILES:
                problems.append(Problem(Fault.UNSAFE, "", f"文件超过 {MAX_FILES} 个，不是本软件的档案包"))
                break
        self.root = root
        super().__init__(sizes, problems)

    def open(self, name: str) -> IO[bytes]:
        return (self.root / name).open("rb")


class _Zip(_Box):
    def __init__(self, path: Path) -> None:
        self.zip = zipfile.ZipFile(path)
        problems: list[Problem] = []
        sizes: dict[str, int] = {}
        for info in self.zip.infolist()[: MAX_FILES + 1]:
            fault = _unsafe(info, sizes)
            if fault:
                problems.append(Problem(Fault.UNSAFE, info.filename, fault))
            elif not info.is_dir():
                sizes[info.filename] = info.file_size
        if len(self.zip.infolist()) > MAX_FILES or sum(sizes.values()) > MAX_TOTAL:
            problems.append(Problem(Fault.UNSAFE, "", "档案包过大，不是本软件的档案包"))
            sizes = {}
        super().__init__(sizes, problems)

    def open(self, name: str) -> IO[bytes]:
        return self.zip.open(name)

    def close(self) -> None:
        self.zip.close()


def verify(path: Path) -> Report:
    """Check a bundle and name every missing, added and changed file, every unsafe entry, and the first break of its chain."""
    try:
        box: _Box = _Folder(path) if path.is_dir() else _Zip(path)
    except FileNotFoundError:
        return Report((Problem(Fault.UNREADABLE, "", f"找不到档案包「{path}」"),))
    except (zipfile.BadZipFile, OSError, NotImplementedError):
        return Report((Problem(Fault.UNREADABLE, "", f"「{path.name}」不是档案包，或者已经损坏"),))
    try:
        return _checked(box)
    finally:
        box.close()


def _checked(box: _Box) -> Report:
    problems = list(box.problems)
    listed, manifest = _manifest(box, problems)
    if listed is None:
        return Report(tuple(problems), files=len(box.sizes))
    problems += _sealed(box, manifest)
    problems += _compared(box, listed)
    entries, head, witnessed = _chain(box, problems)
    for name, line in listed.items():
        if name.startswith(PAPERS) and line.sha256 not in witnessed:
            problems.append(Problem(Fault.UNWITNESSED, name, "存证链中没有这份文件的记录"))
    return Report(tuple(problems), len(listed), entries, head, manifest, _code(box))


def _compared(box: _Box, listed: Mapping[str, Listed]) -> Iterator[Problem]:
    for name in (*listed, *(name for name in (METADATA, RECORD, CHAIN) if name not in listed)):
        if name not in box.sizes:
            yield Problem(Fault.MISSING, name, "缺少这份文件")
    for name in box.sizes:
        if name not in (MANIFEST, SEAL) and name not in listed:
            yield Problem(Fault.ADDED, name, "清单中没有这份文件")
    for name, line in listed.items():
        if name not in box.sizes:
            continue
        try:
            found = box.digest(name)
        except _BROKEN:
            yield Problem(Fault.CHANGED, name, "内容已损坏，读不出来")
            continue
        if found != (line.size, line.sha256):
            yield Problem(Fault.CHANGED, name, "内容被改动，与清单上的校验值不符")


def _sealed(box: _Box, manifest: str) -> Iterator[Problem]:
    if SEAL not in box.sizes:
        yield Problem(Fault.MISSING, SEAL, "缺少这份文件")
        return
    try:
        noted = box.read(SEAL, MAX_SEAL).decode()
    except _BROKEN:
        yield Problem(Fault.CHANGED, SEAL, "内容已损坏，读不出来")
        return
    if noted != seal_line(manifest):
        yield Problem(Fault.CHANGED, MANIFEST, f"内容被改动，与 {SEAL} 不符")


def seal_line(manifest: str) -> str:
    """What `SEAL` holds for a list of this digest."""
    return f"{manifest}  {MANIFEST}\n"


def _manifest(box: _Box, problems: list[Problem]) -> tuple[dict[str, Listed] | None, str]:
    if MANIFEST not in box.sizes:
        problems.append(Problem(Fault.MISSING, MANIFEST, "缺少清单，无法核对"))
        return None, ""
    try:
        content = box.read(MANIFEST)
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True))
        listed = {row[1]: Listed(int(row[3]), row[4]) for row in rows[1:]}
        if tuple(rows[0]) != COLUMNS or len(listed) != len(rows) - 1:
            raise ValueError
    except (OSError, ValueError, IndexError, csv.Error, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError):
        problems.append(Problem(Fault.UNREADABLE, MANIFEST, "清单已损坏，无法核对"))
        return None, ""
    return listed, hashlib.sha256(content).hexdigest()


def _chain(box: _Box, problems: list[Problem]) -> tuple[int, str, frozenset[str]]:
    """Follow the chain in the bundle: entries followed, digest of the last, and every SHA-256 it witnessed."""
    if CHAIN not in box.sizes:
        return 0, "", frozenset()
    expected, previous = 1, GENESIS
    witnessed: set[str] = set()
    try:
        for line in box.read(CHAIN).splitlines():
            entry = json.loads(line)
            fault = _link_fault(entry, expected, previous)
            if fault:
                problems.append(Problem(Fault.CHAIN, CHAIN, f"存证链在第 {expected} 条断开：{fault}"))
                break
            if "facts" in entry:
                witnessed |= _digests(entry["facts"])
            expected, previous = expected + 1, entry["digest"]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, zipfile.BadZipFile, zlib.error):
        problems.append(Problem(Fault.CHAIN, CHAIN, f"存证链在第 {expected} 条断开：读不出来"))
    return expected - 1, previous, frozenset(witnessed)


def _link_fault(entry: Mapping[str, Any], expected: int, previous: str) -> str:
    if entry["seq"] != expected:
        return "缺少这一条记录"
    if entry["previous"] != previous:
        return "与上一条记录不衔接"
    if "facts" not in entry:
        return ""
    content = {name: value for name, value in entry.items() if name != "digest"}
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "" if hashlib.sha256(text.encode()).hexdigest() == entry["digest"] else "内容被改动"


def _digests(facts: Mapping[str, Any]) -> set[str]:
    return {value for name, value in facts.items() if name == "sha256" and isinstance(value, str)}


def _code(box: _Box) -> str:
    try:
        return str(json.loads(box.read(METADATA)).get("档号", ""))
    except (KeyError, OSError, ValueError, AttributeError, RecursionError, zipfile.BadZipFile, zlib.error):
        return ""


def _unsafe(info: zipfile.ZipInfo, seen: Mapping[str, int]) -> str:
    """Why an entry of a ZIP must not be touched; empty when it may."""
    name = info.filename
    parts = name.rstrip("/").split("/")
    if name.startswith("/") or "\\" in name or ":" in name or "\0" in name or ".." in parts or "" in parts:
        return "路径越出档案包，没有读取"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "是链接，没有读取"
    if info.flag_bits & 0x1:
        return "已加密，没有读取"
    if name in seen:
        return "同名文件出现两次"
    if info.file_size > MAX_FILE or info.file_size > 1000 * max(info.compress_size, 1024):
        return "解压后过大，没有读取"
    return ""
