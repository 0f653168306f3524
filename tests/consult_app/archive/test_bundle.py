import csv
import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from consult_app.archive import bundle
from consult_app.archive.actions import attach_scan, file
from consult_app.archive.rules import RETENTION_WORDS, parts_of
from consult_app.archive.verify import CHAIN, MANIFEST, METADATA, RECORD, SEAL, Fault, Report, seal_line, verify
from consult_app.audit import chain
from consult_app.cli.archive import Faulty
from consult_app.cli.archive import app as command
from consult_app.cli.context import Context
from consult_app.documents.issuing import issue_at_once
from consult_app.documents.polling import draft_dispute_sheet, draft_zero_report
from consult_app.settings import settings
from consult_app.storage.store import Store
from consult_app.voting.arrivals import register
from consult_app.voting.rehearsing import note_rehearsal
from tests.consult_app.archive.conftest import Filed
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY


def faults(report: Report) -> list[tuple[Fault, str]]:
    return [(problem.fault, problem.file) for problem in report.problems]


def unpacked(filed: Filed, folder: Path) -> Path:
    with zipfile.ZipFile(filed.path) as found:
        found.extractall(folder)
    return folder


def paper_of(folder: Path) -> Path:
    return next((folder / "01正文").iterdir())


def test_bundle_of_a_filed_matter_holds(store: Store, filed: Filed) -> None:
    report = verify(filed.path)
    assert report.problems == ()
    assert report.code == filed.code
    assert report.files == len(zipfile.ZipFile(filed.path).namelist()) - 2


def test_chain_in_the_bundle_ends_where_the_store_stood(store: Store, filed: Filed) -> None:
    report = verify(filed.path)
    exported = store.ask(chain.history, [f"proposal:{filed.matter.proposal}"])[0]
    assert exported.event == "archive.exported"
    assert exported.facts["manifest"] == report.manifest
    assert report.entries == exported.seq - 1


def test_folder_and_zip_hold_the_same(store: Store, filed: Filed, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    bundle.write(store, SECRETARY, filed.matter.proposal, folder)
    assert verify(folder).problems == ()
    papers = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert papers == set(zipfile.ZipFile(filed.path).namelist())


def test_another_matter_leaves_no_word_in_the_bundle(
    store: Store, filed: Filed, owners_body: int, tmp_path: Path
) -> None:
    estate.matter(store, owners_body, "不相干的议题")
    path = tmp_path / "again.zip"
    bundle.write(store, SECRETARY, filed.matter.proposal, path)
    with zipfile.ZipFile(path) as found:
        assert "不相干" not in "".join(found.read(name).decode("utf-8", "ignore") for name in (CHAIN, RECORD, METADATA))
    assert verify(path).problems == ()


def test_the_papers_around_the_vote_are_in_the_bundle_for_as_long_as_their_matter(
    store: Store, owners_body: int, tmp_path: Path
) -> None:
    estate.owners_roll(store, tmp_path, owners_body)
    vote = estate.opened(store, owners_body)
    store.do(SECRETARY, note_rehearsal, vote.motion, "30 部模拟手机，存入 30 票")
    voter = store.ask(register, vote.motion).find("1-1-201")[0].elector_id
    report = issue_at_once(store, SECRETARY, draft_zero_report, vote.motion)
    sheet = issue_at_once(store, SECRETARY, draft_dispute_sheet, vote.motion, voter)
    store.do(SECRETARY, attach_scan, report.line.code, "零票报告签字件.pdf", report.content)
    code = store.do(SECRETARY, file, report.line.proposal_id, fonds="Z109")
    path = tmp_path / "档案包.zip"
    bundle.write(store, SECRETARY, report.line.proposal_id, path)
    assert verify(path).problems == ()
    with zipfile.ZipFile(path) as found:
        texts = [name for name in found.namelist() if name.startswith("01正文/")]
        assert [found.read(name) for name in texts] == [report.content, sheet.content]
        assert any(name.startswith("02附件/") and "零票报告签字件" in name for name in found.namelist())
        assert "30 部模拟手机" in found.read(CHAIN).decode()
        assert json.loads(found.read(METADATA))["保管期限"] == RETENTION_WORDS[parts_of(code)[2]]


def test_record_tells_totals_and_no_ballot(filed: Filed) -> None:
    with zipfile.ZipFile(filed.path) as found:
        record = json.loads(found.read(RECORD))
        metadata = json.loads(found.read(METADATA))
    assert record["表决"][0]["tally"]["choices"]["1"]["for"]["heads"] == 6
    assert record["会议"][0]["counts"]["present"] == 4
    assert metadata["档号"] == filed.code
    assert metadata["保管期限"] == "永久"


def change(folder: Path) -> tuple[Fault, str]:
    paper = paper_of(folder)
    paper.write_bytes(paper.read_bytes() + b"%")
    return Fault.CHANGED, paper.relative_to(folder).as_posix()


def remove(folder: Path) -> tuple[Fault, str]:
    paper = paper_of(folder)
    paper.unlink()
    return Fault.MISSING, paper.relative_to(folder).as_posix()


def add(folder: Path) -> tuple[Fault, str]:
    (folder / "02附件" / "补充.txt").write_text("多出来的")
    return Fault.ADDED, "02附件/补充.txt"


def unlist(folder: Path) -> tuple[Fault, str]:
    (folder / MANIFEST).unlink()
    return Fault.MISSING, MANIFEST


def garble(folder: Path) -> tuple[Fault, str]:
    (folder / MANIFEST).write_text("什么都不是")
    return Fault.UNREADABLE, MANIFEST


def retitle(folder: Path) -> tuple[Fault, str]:
    text = (folder / MANIFEST).read_bytes()
    (folder / MANIFEST).write_bytes(text.replace("存证链,".encode(), "存证练,".encode()))
    return Fault.CHANGED, MANIFEST


def unseal(folder: Path) -> tuple[Fault, str]:
    (folder / SEAL).unlink()
    return Fault.MISSING, SEAL


def link(folder: Path) -> tuple[Fault, str]:
    (folder / "02附件" / "链接").symlink_to("/etc/hostname")
    return Fault.UNSAFE, "02附件/链接"


def cut_chain(folder: Path) -> tuple[Fault, str]:
    lines = (folder / CHAIN).read_text().splitlines(keepends=True)
    (folder / CHAIN).write_text("".join(lines[:5] + lines[6:]))
    return Fault.CHAIN, CHAIN


@pytest.mark.parametrize("tamper", [change, remove, add, unlist, garble, retitle, unseal, link, cut_chain])
def test_every_tampering_is_named(filed: Filed, tmp_path: Path, tamper: Callable[[Path], tuple[Fault, str]]) -> None:
    folder = unpacked(filed, tmp_path / "open")
    expected = tamper(folder)
    assert expected in faults(verify(folder))


def relist(folder: Path) -> None:
    """Forge the list so that it fits what is there."""
    rows = list(csv.reader((folder / MANIFEST).read_text("utf-8-sig").splitlines()))
    for row in rows[1:]:
        content = (folder / row[1]).read_bytes()
        row[3:] = [str(len(content)), hashlib.sha256(content).hexdigest()]
    with (folder / MANIFEST).open("w", encoding="utf-8-sig", newline="") as out:
        csv.writer(out).writerows(rows)
    (folder / SEAL).write_text(seal_line(hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()))


def test_threat_24_swapped_paper_with_a_forged_list_is_unwitnessed(filed: Filed, tmp_path: Path) -> None:
    folder = unpacked(filed, tmp_path / "open")
    _, name = change(folder)
    relist(folder)
    assert faults(verify(folder)) == [(Fault.UNWITNESSED, name)]


def test_edited_chain_with_a_forged_list_breaks(filed: Filed, tmp_path: Path) -> None:
    folder = unpacked(filed, tmp_path / "open")
    text = (folder / CHAIN).read_text()
    (folder / CHAIN).write_text(text.replace("监票人甲", "监票人丙", 1))
    relist(folder)
    assert (Fault.CHAIN, CHAIN) in faults(verify(folder))


def evil(path: Path, name: str, content: bytes = b"x", mode: int = 0o100644) -> Path:
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as found:
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        info.compress_type = zipfile.ZIP_DEFLATED
        found.writestr(info, content)
    return path


@pytest.mark.parametrize("name", ["../外面.txt", "/etc/evil", "01正文/../../x", "C:/x", "a\\..\\b"])
def test_threat_25_path_out_of_the_bundle_is_unsafe(filed: Filed, tmp_path: Path, name: str) -> None:
    path = evil(Path(shutil.copy(filed.path, tmp_path / "evil.zip")), name)
    assert Fault.UNSAFE in [fault for fault, _ in faults(verify(path))]
    assert sorted(child.name for child in tmp_path.iterdir() if child.suffix == ".txt") == []


def test_threat_25_link_in_a_zip_is_unsafe(filed: Filed, tmp_path: Path) -> None:
    path = evil(Path(shutil.copy(filed.path, tmp_path / "evil.zip")), "链接", b"/etc/passwd", stat.S_IFLNK | 0o777)
    assert (Fault.UNSAFE, "链接") in faults(verify(path))


def test_threat_25_bomb_is_not_unpacked(filed: Filed, tmp_path: Path) -> None:
    path = evil(Path(shutil.copy(filed.path, tmp_path / "evil.zip")), "02附件/炸弹", bytes(40_000_000))
    evil(path, "02附件/炸弹二", bytes(300_000_000))
    assert (Fault.UNSAFE, "02附件/炸弹二") in faults(verify(path))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip at all"])
def test_what_is_no_bundle_is_unreadable(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    assert [fault for fault, _ in faults(verify(path))] == [Fault.UNREADABLE]
    assert [fault for fault, _ in faults(verify(tmp_path / "none.zip"))] == [Fault.UNREADABLE]


def test_taken_name_is_not_overwritten(store: Store, filed: Filed) -> None:
    before = filed.path.read_bytes()
    with pytest.raises(bundle.TargetTaken):
        bundle.write(store, SECRETARY, filed.matter.proposal, filed.path)
    assert filed.path.read_bytes() == before


def test_failed_writing_leaves_nothing(
    store: Store, filed: Filed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "target"
    folder.mkdir()

    def full(*_: object) -> None:
        raise OSError(28, "设备上磁盘已满")

    monkeypatch.setattr("consult_app.archive.bundle.os.replace", full)
    with pytest.raises(bundle.CannotWrite, match="磁盘已满"):
        bundle.write(store, SECRETARY, filed.matter.proposal, folder / "x.zip")
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("damage", [False, True])
def test_command_says_what_is_wrong(filed: Filed, tmp_path: Path, damage: bool) -> None:
    folder = unpacked(filed, tmp_path / "open")
    _, name = change(folder) if damage else (None, "")
    result = CliRunner().invoke(command, ["verify", str(folder)], obj=Context(settings(tmp_path / "none"), False))
    assert isinstance(result.exception, Faulty) if damage else result.exit_code == 0
    assert (f"{name}：内容被改动" if damage else "档案包完整") in result.output
    assert not (tmp_path / "none").exists()
