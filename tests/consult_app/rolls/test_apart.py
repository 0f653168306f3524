"""Files read in a process of their own: the same sheets, the same refusals, and no way to take the window down."""

import json
import subprocess
import sys
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as moment

import pytest

from consult_app.kernel.resources import path as resource
from consult_app.rolls import READER, apart, caps, reader
from consult_app.rolls.apart import ReadingStopped, read_apart
from consult_app.rolls.cells import Cell
from consult_app.rolls.sheet_json import from_json, to_json
from consult_app.rolls.sheets import Sheet, Sheets
from consult_app.rolls.workbook import read
from tests.consult_app.rolls.books import HEADING, book


def one_text_in_every_cell(path, length, count):
    """A small file of one long text that ten thousand cells share: three gigabytes once it is laid out."""
    text = "".join(f"{number:x}" for number in range(length))[:length]
    book(path, [["文字"]])
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    cells = "".join(f'<row r="{at}"><c r="A{at}" t="s"><v>0</v></c></row>' for at in range(1, count + 1))
    start, _, rest = parts["xl/worksheets/sheet1.xml"].partition(b"<sheetData>")
    parts["xl/worksheets/sheet1.xml"] = (
        start + b"<sheetData>" + cells.encode() + b"</sheetData>" + rest.partition(b"</sheetData>")[2]
    )
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    parts["xl/sharedStrings.xml"] = f'<sst xmlns="{namespace}"><si><t>{text}</t></si></sst>'.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return path


@pytest.mark.parametrize("name", ["owners-small.xlsx", "village.xlsx"])
def test_a_sample_read_apart_is_the_same_sheets(name):
    assert read_apart(resource("samples", name)) == read(resource("samples", name))


def test_every_kind_of_cell_comes_through():
    row: list[Cell] = [
        "",
        "张三\ud800",
        1.5,
        3,
        True,
        date(1985, 1, 13),
        datetime(2026, 1, 2, 3, 4),  # noqa: DTZ001
        moment(5, 6),
        timedelta(hours=30),
    ]
    sheets = Sheets("名册.xlsx", "0" * 64, (Sheet("名册", [row], ((0, 0, 1, 0),), True),))
    back = from_json(json.loads(to_json(sheets)))
    assert back == sheets
    assert [type(cell) for cell in back.sheets[0].rows[0]] == [type(cell) for cell in row]


def test_a_refusal_of_the_reader_is_refused_here_in_the_same_words(tmp_path):
    path = tmp_path / "名册.xlsx"
    path.write_text("%PDF-1.7")
    with pytest.raises(caps.NotASpreadsheet) as apart_says:
        read_apart(path)
    with pytest.raises(caps.NotASpreadsheet) as here_says:
        read(path)
    assert str(apart_says.value) == str(here_says.value)
    with pytest.raises(caps.NoSuchFile):
        read_apart(tmp_path / "没有.xlsx")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits no address space")
def test_threat_13_a_file_that_would_fill_the_memory_is_one_clear_line(tmp_path):
    path = one_text_in_every_cell(tmp_path / "名册.xlsx", 300_000, 10_000)
    assert path.stat().st_size < 1_000_000
    with pytest.raises((ReadingStopped, caps.UnsafeToUnpack)) as refused:
        read_apart(path)
    assert "内存过多" in str(refused.value)
    assert "名册.xlsx" in str(refused.value)


def test_threat_13_a_reader_that_crashes_is_one_clear_line(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "command", lambda path: [sys.executable, "-c", "import os; os.abort()"])
    with pytest.raises(ReadingStopped, match="无法正常读取"):
        read_apart(tmp_path / "名册.xlsx")


def test_threat_13_a_reader_that_does_not_end_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(apart, "command", lambda path: [sys.executable, "-c", "while True: pass"])
    with pytest.raises(ReadingStopped, match="读取超过"):
        read_apart(tmp_path / "名册.xlsx", seconds=0.3)


def test_cancelling_kills_the_reader(tmp_path, monkeypatch):
    started: list[subprocess.Popen[bytes]] = []
    real = subprocess.Popen

    def start(*args, **kwargs):
        started.append(real(*args, **kwargs))
        return started[-1]

    class Stop(Exception):
        pass

    def cancelled():
        raise Stop

    monkeypatch.setattr(apart, "command", lambda path: [sys.executable, "-c", "while True: pass"])
    monkeypatch.setattr(subprocess, "Popen", start)
    with pytest.raises(Stop):
        read_apart(tmp_path / "名册.xlsx", cancelled)
    assert started[0].poll() is not None


def test_the_reader_answers_without_the_command_line(tmp_path):
    path = book(tmp_path / "名册.xlsx", [HEADING])
    code = (
        "import sys; from consult_app.__main__ import main; main(); "
        "sys.exit(any(name in sys.modules for name in ('typer', 'sqlalchemy', 'PySide6')))"
    )
    done = subprocess.run([sys.executable, "-c", code, READER, str(path)], capture_output=True, check=False)
    assert done.returncode == 0
    assert done.stdout.startswith(b'{"sheets":')


def test_the_answer_names_the_refusal(tmp_path):
    assert "NoSuchFile" in reader.answer(tmp_path / "没有.xlsx")
