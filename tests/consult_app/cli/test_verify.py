"""`consult verify`: alone it recomputes a list and says what it did not ask; with the chain it tells the published list from others."""

import json
from pathlib import Path

import pytest

from consult_app.documents.list_files import publish_list
from consult_app.settings import Settings
from tests.consult_app.cli.test_main import consult
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY


@pytest.fixture
def published(store, owners_body, tmp_path) -> Path:
    """The folder with the published list of a declared vote: eight for, eight against, weights alike within each class."""
    estate.owners_roll(store, tmp_path, owners_body, 16)
    vote = estate.opened(store, owners_body)
    for number in range(16):
        vote.cast(number, {"1": "for" if number % 2 else "against"})
    vote.close()
    vote.declare()
    folder = tmp_path / "公布"
    folder.mkdir()
    for name, content in publish_list(store, SECRETARY, vote.motion):
        (folder / name).write_bytes(content)
    return folder


def swapped(path: Path) -> Path:
    """The list with the choices of two voters of one class exchanged: every sum, every 零头 and the outcome still agree."""
    data = json.loads(path.read_text("utf-8"))
    lines = data["lines"]
    one, other = next(
        (a, b) for a in lines for b in lines if a[1] == b[1] and (a[2], b[2]) == ("同意", "反对")
    )  # fmt: skip
    one[2], other[2] = other[2], one[2]
    path = path.with_name("换过的清单.json")
    path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")
    return path


@pytest.mark.parametrize("name", ["逐票清单.json", "逐票清单.pdf"])
def test_the_published_list_is_known_to_the_chain(folder: Settings, published: Path, name: str) -> None:
    done = consult("--data", str(folder.data), "verify", str(published / name), "--chain")
    assert (done.returncode, done.stderr) == (0, "")
    assert "与宣布的结果一致" in done.stdout
    assert "条记有这份文件：「加装电梯资金筹集方案」" in done.stdout


def test_alone_it_needs_no_data_and_says_that_the_chain_was_not_asked(published: Path, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere"
    done = consult("--data", str(nowhere), "verify", str(published / "逐票清单.json"))
    assert done.returncode == 0
    assert "没有与存证链核对" in done.stdout
    assert not nowhere.exists()
    told = consult("--data", str(nowhere), "--json", "verify", str(published / "逐票清单.json"))
    assert json.loads(told.stdout)["chain"] is None


def test_threat_08_a_forgery_that_recomputes_is_found_by_the_chain(folder: Settings, published: Path) -> None:
    forged = swapped(published / "逐票清单.json")
    alone = consult("verify", str(forged))
    assert (alone.returncode, alone.stderr) == (0, "")
    assert "与宣布的结果一致" in alone.stdout
    begin = ("--data", str(folder.data))
    done = consult(*begin, "verify", str(forged), "--chain")
    assert done.returncode == 2
    assert "存证链没有这份文件" in done.stdout
    told = json.loads(consult(*begin, "--json", "verify", str(forged), "--chain").stdout)
    assert (told["agrees"], told["chain"]["published"], told["chain"]["entry"]) == (True, False, None)


@pytest.mark.parametrize(
    "content", [b"{}", b'{"kind": "\xe9\x80\x90\xe7\xa5\xa8\xe6\xb8\x85\xe5\x8d\x95", "format": 1}']
)
def test_what_is_no_whole_list_is_one_line(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(content)
    done = consult("verify", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("无法核对：")
    assert done.stderr.count("\n") == 1
