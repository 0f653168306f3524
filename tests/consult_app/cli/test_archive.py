import json
import zipfile
from pathlib import Path

import pytest

from consult_app.archive import bundle
from consult_app.documents import drafting, issuing
from consult_app.settings import Settings
from consult_app.storage.store import Store
from tests.consult_app.cli.test_main import consult
from tests.consult_app.papers import Decided, decided, text_of
from tests.fixtures import SECRETARY, HandClock


@pytest.fixture
def matter(store: Store, clock: HandClock, owners_body: int, tmp_path: Path) -> Decided:
    return decided(store, clock, owners_body, tmp_path)


def test_minutes_are_exported_by_the_meeting(folder: Settings, matter: Decided, tmp_path: Path) -> None:
    out = tmp_path / "纪要.pdf"
    done = consult("--data", str(folder.data), "--json", "minutes", "export", str(matter.meeting), "--pdf", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["issued"] is False
    assert "草稿" in text_of(out.read_bytes())


def test_issued_minutes_come_before_the_draft(store: Store, folder: Settings, matter: Decided, tmp_path: Path) -> None:
    owners = store.do(SECRETARY, drafting.draft_owners_minutes, matter.motion)
    issuing.issue(store, SECRETARY, owners)
    store.do(SECRETARY, drafting.draft_minutes, matter.meeting)
    out = tmp_path / "纪要.pdf"
    done = consult("--data", str(folder.data), "--json", "minutes", "export", str(matter.meeting), "--pdf", str(out))
    assert json.loads(done.stdout) | {"issued": True, "document": owners} == json.loads(done.stdout)
    assert "业主大会" in text_of(out.read_bytes())


def test_unknown_meeting_and_bad_target_are_refused(folder: Settings, matter: Decided, tmp_path: Path) -> None:
    for words, says in (
        (("99", "--pdf", str(tmp_path / "x.pdf")), "找不到会议 99。"),
        ((str(matter.meeting), "--pdf", str(tmp_path / "没有" / "x.pdf")), "写不到"),
    ):
        done = consult("--data", str(folder.data), "minutes", "export", *words)
        assert done.returncode == 2
        assert says in done.stderr


def test_matter_is_filed_exported_and_verified(store: Store, folder: Settings, matter: Decided, tmp_path: Path) -> None:
    line = issuing.issue(store, SECRETARY, store.do(SECRETARY, drafting.draft_owners_minutes, matter.motion))
    scan = tmp_path / "签字件.pdf"
    scan.write_bytes(issuing.preview(store, line.id))
    data = ("--data", str(folder.data), "--json", "archive")
    assert json.loads(consult(*data, "scan", str(scan)).stdout)["code"] == line.code
    filed = json.loads(consult(*data, "file", str(matter.proposal), "--fonds", "Z109").stdout)
    assert filed["code"].startswith("Z109-WS·")
    path = tmp_path / "包.zip"
    assert json.loads(consult(*data, "export", str(matter.proposal), str(path)).stdout)["files"] >= 5
    done = consult(*data, "verify", str(path))
    assert (done.returncode, json.loads(done.stdout)["problems"]) == (0, [])


def test_verify_exits_2_and_lists_every_fault(store: Store, matter: Decided, tmp_path: Path) -> None:
    path = tmp_path / "包"
    bundle.write(store, SECRETARY, matter.proposal, path)
    (path / "metadata.json").unlink()
    (path / "多.txt").write_text("多")
    (path / "03过程" / "记录.json").write_text("{}")
    done = consult("archive", "verify", str(path))
    assert done.returncode == 2
    for line in ("metadata.json：缺少这份文件", "多.txt：清单中没有这份文件", "03过程/记录.json：内容被改动"):
        assert line in done.stdout
    assert done.stderr == "档案包「包」没有通过核对：3 处有问题。\n"


def test_what_is_no_bundle_is_refused_in_chinese(tmp_path: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"nothing")
    with zipfile.ZipFile(tmp_path / "empty.zip", "w"):
        pass
    for name, says in (("x.zip", "不是档案包"), ("empty.zip", "缺少清单"), ("none.zip", "找不到档案包")):
        done = consult("archive", "verify", str(tmp_path / name))
        assert (done.returncode, says in done.stdout, done.stderr.count("\n")) == (2, True, 1)
