"""The journal file: what is written reads back, what was edited is told, what was torn is cut off."""

from pathlib import Path

import pytest

from consult_app.storage import journal
from consult_app.storage.journal import Line

DATABASE = "ab" * 32


def line(seq: int) -> Line:
    """A vote by phone."""
    return Line(seq, "2026-11-22T01:00:00.000000+00:00", "ballot.cast", "motion:1", f"{seq:064x}", f"{seq:04d}", "手机")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal of five votes."""
    found = journal.path_of(tmp_path, DATABASE)
    tail = journal.begin(found, DATABASE)
    tail = journal.append(found, tail, [line(3), line(4)])
    journal.append(found, tail, [line(7), line(8), line(9)])
    return found


def test_what_was_written_reads_back(path: Path) -> None:
    reading = journal.read(path)
    assert reading.lines == (line(3), line(4), line(7), line(8), line(9))
    assert (reading.database, reading.torn, reading.broken, reading.size) == (DATABASE, 0, 0, path.stat().st_size)


@pytest.mark.parametrize("cut", [1, 2, 40, 100])
def test_a_torn_last_line_is_told_and_written_over(path: Path, cut: int) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:-cut])
    reading = journal.read(path)
    assert (reading.broken, reading.last, reading.torn > 0) == (0, line(8), True)
    journal.append(path, journal.tail_of(reading), [line(9)])
    assert path.read_bytes() == whole


def test_sectors_left_empty_by_a_power_cut_count_as_torn(path: Path) -> None:
    before = journal.read(path)
    tail = journal.append(path, journal.tail_of(before), [line(number) for number in range(10, 20)])
    content = bytearray(path.read_bytes())
    content[before.size : before.size + 300] = bytes(300)
    path.write_bytes(content)
    reading = journal.read(path)
    assert (reading.broken, reading.last, reading.torn) == (0, line(9), tail.size - before.size)


@pytest.mark.parametrize("number", [1, 2, 4, 6])
def test_an_edited_line_is_named(path: Path, number: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    lines[number - 1] = lines[number - 1].replace(b":", b";", 1)
    path.write_bytes(b"".join(lines))
    assert journal.read(path).broken == number


@pytest.mark.parametrize("number", [2, 3, 5])
def test_a_line_taken_out_breaks_the_running_hash(path: Path, number: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    del lines[number - 1]
    path.write_bytes(b"".join(lines))
    assert journal.read(path).broken == number


def test_a_journal_is_never_begun_over_another(path: Path) -> None:
    with pytest.raises(FileExistsError):
        journal.begin(path, DATABASE)


def test_a_file_that_is_no_journal_is_broken_from_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "other.txt"
    path.write_text("会议通知\n第二行\n", "utf-8")
    assert journal.read(path).broken == 1
