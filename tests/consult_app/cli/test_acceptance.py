"""The command line as a stable interface: bad input is one Chinese line and exit code 2, never a traceback."""

import json
import socket
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from consult_app.app import lock_desk
from consult_app.settings import settings
from tests.consult_app.cli.test_main import consult

ENGLISH = ("Error", "Input", "Option", "Traceback", "file", "value")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A data folder with one owners' assembly and nothing else."""
    folder = str(tmp_path_factory.mktemp("data"))
    assert consult("--data", folder, "body", "add", "--kind", "owners", "--name", "示范小区").returncode == 0
    return folder


@pytest.fixture(scope="module")
def taken() -> Iterator[int]:
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("motion tally 9", "找不到表决事项 9"),
        ("motion tally x", "应为整数"),
        ("motion tally 99999999999999999999", "不能大于"),
        ("motion close 9", "找不到表决事项 9"),
        ("motion tally", "缺少"),
        ("minutes export 9 --pdf x.pdf", "找不到会议 9"),
        ("minutes export 9", "缺少 --pdf"),
        ("roll import /nowhere/roll.xlsx --body 1", "roll.xlsx"),
        ("roll import resources/samples/owners-small.xlsx --body 7", "找不到议事主体 7"),
        ("roll import resources/samples/owners-small.xlsx --body 1 --on 2026-13-01", "不认识「2026-13-01」"),
        ("roll import resources/samples/owners-small.xlsx --body 1 --sheet Sheet9", "没有名为“Sheet9”的工作表"),
        ("body add --kind owners --name", "--name 后面缺少内容"),
        ("body add --kind castle --name x", "应为 owners、village、residents 之一"),
        ("serve --port 99999", "端口应为"),
        ("serve --port eighty", "应为整数"),
        ("serve --host 203.0.113.7 --port 0", "本机没有地址 203.0.113.7"),
        ("serve --host 127.0.0.1 --port {taken}", "已被其他程序占用"),
        ("frobnicate", "没有命令 frobnicate"),
    ],
)
def test_bad_input_is_one_chinese_line(data: str, taken: int, words: str, says: str) -> None:
    done = consult("--data", data, *words.format(taken=taken).split())
    assert (done.returncode, done.stdout) == (2, "")
    assert says in done.stderr
    assert done.stderr.count("\n") == 1
    assert not [word for word in ENGLISH if word in done.stderr]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (("--data", "{file}"), "那里已经有同名的文件"),
        (("--data", "{file}/inner"), "路径中有一段不是文件夹"),
        (("--database", "nonsense"), "数据库地址不能用"),
        (("--database", "oracle+nothing://u:secret@h/d"), "数据库地址不能用"),
        (("--data", "{none}", "--database", "sqlite:////nowhere/at/all.db"), "文件不在，或没有权限"),
    ],
)
def test_data_that_cannot_be_opened_are_refused(tmp_path: Path, options: tuple[str, ...], says: str) -> None:
    (tmp_path / "file").touch()
    places = {"file": str(tmp_path / "file"), "none": str(tmp_path / "none")}
    done = consult(*(option.format(**places) for option in options), "body", "list")
    assert done.returncode == 2
    assert says in done.stderr
    assert "secret" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_data_of_a_newer_version_are_refused_and_left_alone(tmp_path: Path) -> None:
    consult("--data", str(tmp_path), "body", "add", "--kind", "owners", "--name", "示范小区")
    with sqlite3.connect(tmp_path / "consult.db") as db:
        db.execute("UPDATE alembic_version SET version_num = '9999'")
    db.close()
    before = (tmp_path / "consult.db").read_bytes()
    done = consult("--data", str(tmp_path), "body", "list")
    assert done.returncode == 2
    assert "版本" in done.stderr
    assert (tmp_path / "consult.db").read_bytes() == before


def test_a_refused_import_changes_nothing(data: str, tmp_path: Path) -> None:
    before = consult("--data", data, "audit", "head").stdout
    (tmp_path / "roll.xlsx").write_bytes(b"no spreadsheet at all \x00\x01")
    done = consult("--data", data, "roll", "import", str(tmp_path / "roll.xlsx"), "--body", "1", "--accept")
    assert (done.returncode, done.stdout) == (2, "")
    assert consult("--data", data, "audit", "head").stdout == before


def test_import_without_accept_only_shows(data: str) -> None:
    before = consult("--data", data, "audit", "head").stdout
    done = consult("--data", data, "roll", "import", "resources/samples/owners-small.xlsx", "--body", "1")
    found = json.loads(done.stdout)
    assert (found["units"], found["total_area"], found["heads"]) == (109, "11805.86", 100)
    assert {"sheet", "row", "column", "code", "message"} <= found["problems"][0].keys()
    assert consult("--data", data, "audit", "head").stdout == before


def test_a_second_window_on_the_same_data_is_refused(tmp_path: Path) -> None:
    lock = lock_desk(settings(tmp_path))
    done = consult("--data", str(tmp_path), "desk")
    lock.release()
    assert (done.returncode, "正由另一个窗口使用" in done.stderr) == (2, True)


def test_a_damaged_data_file_is_said_so(data: str, tmp_path: Path) -> None:
    content = bytearray((Path(data) / "consult.db").read_bytes())
    for page in range(4096 * 2, len(content), 4096):
        content[page : page + 64] = b"\xff" * 64
    (tmp_path / "consult.db").write_bytes(content)
    done = consult("--data", str(tmp_path), "body", "list")
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "损坏" in done.stderr or "不是本软件的数据文件" in done.stderr
