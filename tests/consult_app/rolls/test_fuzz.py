"""Throw broken files at the importer: each ends in a refusal or in an account of every line, never in a crash."""

import random
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest

from consult_app.kernel.errors import Refused
from consult_app.rolls.rules import RollKind
from consult_app.rolls.workbook import read
from tests import apart
from tests.consult_app.rolls.books import HEADING, book, number, old_book, taken

SECONDS = 2.0
MEMORY = 300 * apart.MEGABYTE

CELLS: list[object] = [
    "", " ", "　", 0, -1, 1e308, 0.1 + 0.2, "=1+1", "#REF!", "合计", "小计", "1-1-101", "1号楼", "张三、李四", "?", "\ufffd", "𬱖",
    "a" * 40_000, "1" * 400, "\x0b", "'", '"', "√", "2026-02-30", number(1), number(1) + "、" + number(2), 1.1e17, True,
    "房屋坐落", "业主姓名", "建筑面积", "户号", "<script>", "\u202e反", "e\u0301", "١٢", "²", "½", "㍿", "１２．３４㎡", "-0", "1e9", "NaN", "∞",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(100))
def test_a_broken_file_is_refused_or_accounted_for(tmp_path, seed):
    survive(tmp_path, random.Random(seed))


@pytest.mark.long
@pytest.mark.skipif(not apart.STATUS.exists(), reason="memory is measured by Linux's /proc")
@pytest.mark.parametrize("first", range(100, 2100, 100))
def test_many_broken_files_each_take_two_seconds_and_300_megabytes_at_most(tmp_path, first):
    costs = apart.apart(survive_all, tmp_path, range(first, first + 100))
    assert len(costs) == 100
    assert [seed for seed, seconds, _ in costs if seconds > SECONDS] == []
    assert [seed for seed, _, peak in costs if peak > MEMORY] == []


def survive_all(folder: Path, seeds: Iterable[int]) -> list[tuple[int, float, int]]:
    """Read the file of each seed under a limit of memory: the seed, seconds of processor, bytes at the peak."""
    costs = []
    for seed in seeds:
        apart.forget_peak()
        apart.allow(MEMORY)
        start = time.process_time()
        try:
            survive(folder, random.Random(seed))
        except BaseException as error:
            error.add_note(f"seed {seed}")
            raise
        costs.append((seed, time.process_time() - start, apart.peak()))
    return costs


def survive(folder: Path, chance: random.Random) -> None:
    path = make(folder, chance)
    if chance.random() < 0.5:
        damage(path, chance)
    kind = chance.choice(list(RollKind))
    try:
        found = taken(path, kind)
    except Refused:
        return
    heights = {sheet.name: len(sheet.rows) for sheet in read(path).sheets}
    for count in found.counts:
        assert count.total == heights[count.sheet]
        assert count.rejected == len({problem.row for problem in found.problems if problem.sheet == count.sheet})
    assert sum(count.taken for count in found.counts) == len(found.units or found.people)


def make(folder: Path, chance: random.Random) -> Path:
    """A workbook or CSV of plausible and absurd cells in any order."""
    rows: list[list[object]] = [list(HEADING)] if chance.random() < 0.8 else []
    for at in range(chance.randrange(1, 40)):
        row: list[object] = [f"1-{at % 3}-{at}", "张三", 80 + at, number(at), "13800000000", ""]
        for _ in range(chance.randrange(4)):
            row[chance.randrange(6)] = chance.choice(CELLS)
        rows.append(row)
    chance.shuffle(rows) if chance.random() < 0.2 else None
    suffix = chance.choice(("xlsx", "xls", "csv"))
    path = folder / f"名册.{suffix}"
    if suffix == "csv":
        text = "\n".join(chance.choice(",;\t").join(str(cell) for cell in row) for row in rows)
        path.write_bytes(text.encode(chance.choice(("utf-8", "gb18030", "utf-16", "utf-8-sig")), "ignore"))
        return path
    rows = [[clean(cell) for cell in row] for row in rows]
    if suffix == "xls":
        return old_book(path, rows)
    merge = [f"{column}{top}:{column}{top + 3}" for column in "AB" if (top := chance.randrange(1, 9)) > 4]
    return book(path, rows, merge=merge)


def clean(cell: object) -> object:
    """Cells a writer takes: no control characters, not too long."""
    return "".join(c for c in cell if c >= " ")[:400] if isinstance(cell, str) else cell


def damage(path: Path, chance: random.Random) -> None:
    """Break the file: flip bytes, cut it off, or garble one part inside the zip."""
    way = chance.randrange(3)
    if way == 2 and zipfile.is_zipfile(path):
        garble_part(path, chance)
        return
    content = bytearray(path.read_bytes())
    if way == 1:
        del content[chance.randrange(len(content)) :]
    else:
        for _ in range(chance.randrange(1, 30)):
            content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content)


def garble_part(path: Path, chance: random.Random) -> None:
    with zipfile.ZipFile(path) as source:
        parts = {item.filename: bytearray(source.read(item)) for item in source.infolist()}
    part = parts[chance.choice(sorted(parts))]
    for _ in range(chance.randrange(1, 12)):
        if part:
            part[chance.randrange(len(part))] = chance.choice(b'<>/"=&;0129ArZ\xff\x00')
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, bytes(content))
