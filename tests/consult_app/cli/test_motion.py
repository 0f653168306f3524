import json
from hashlib import sha256
from pathlib import Path

import openpyxl
import pypdfium2
import pytest

from consult_app.audit import chain
from consult_app.documents import queries as documents
from consult_app.settings import Settings
from tests.consult_app.cli.test_main import consult
from tests.consult_app.voting import estate


@pytest.fixture
def closed(store, owners_body, tmp_path) -> estate.Vote:
    estate.owners_roll(store, tmp_path, owners_body)
    vote = estate.opened(store, owners_body)
    for number in range(7):
        vote.cast(number)
    vote.close()
    return vote


def test_a_vote_is_exported_and_counted_again(folder: Settings, closed: estate.Vote, tmp_path: Path) -> None:
    out = tmp_path / "导出"
    done = consult("--data", str(folder.data), "--json", "motion", "export", str(closed.motion), "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert set(json.loads(done.stdout)["files"]) == {path.name for path in out.iterdir()}
    again = consult("recount", str(out))
    assert (again.returncode, again.stderr) == (0, "")
    assert "重新计票与原结果一致。" in again.stdout


def test_a_difference_ends_with_code_2_and_says_where(folder: Settings, closed: estate.Vote, tmp_path: Path) -> None:
    out = tmp_path / "导出"
    consult("--data", str(folder.data), "motion", "export", str(closed.motion), "--out", str(out))
    ballots = out / "ballots.csv"
    ballots.write_text(ballots.read_text("utf-8-sig").replace("同意", "反对", 1), "utf-8-sig")
    again = consult("--json", "recount", str(out))
    assert again.returncode == 2
    assert json.loads(again.stdout)["differences"][0].startswith("第 1 项同意：重新计票 6 人")


def test_a_folder_without_a_vote_is_refused(tmp_path: Path) -> None:
    done = consult("recount", str(tmp_path))
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "无法重新计票：文件夹中没有 motion.json，或者打不开。\n"


def test_the_public_export_holds_no_names(folder: Settings, closed: estate.Vote, tmp_path: Path) -> None:
    out = tmp_path / "公示"
    done = consult(
        "--data", str(folder.data), "motion", "export", str(closed.motion), "--out", str(out), "--public"
    )  # fmt: skip
    assert done.returncode == 0
    assert {path.name for path in out.iterdir()} == {"票权清册（公示版）.xlsx", "计票表（公示版）.xlsx"}
    texts = [
        str(cell.value)
        for path in out.iterdir()
        for sheet in openpyxl.load_workbook(path)
        for row in sheet
        for cell in row
    ]
    assert "业**1" in texts
    assert not any("业主01" in text or "101" in text for text in texts)


def test_the_published_list_stands_in_the_chain(folder: Settings, store, closed: estate.Vote, tmp_path: Path) -> None:
    closed.declare()
    out = tmp_path / "公布"
    done = consult("--data", str(folder.data), "motion", "ballot-list", str(closed.motion), "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    entry = store.ask(chain.newest, "motion.ballots_listed")
    assert entry.subject == f"motion:{closed.motion}"
    assert entry.facts["digest"] == sha256((out / "逐票清单.json").read_bytes()).hexdigest()
    assert set(entry.facts["files"].split("、")) == {path.name for path in out.iterdir()}
    with pypdfium2.PdfDocument(out / "逐票清单.pdf") as paper:
        assert entry.facts["code"] in paper[0].get_textpage().get_text_bounded()


def test_a_list_that_may_not_be_published_leaves_no_entry(
    folder: Settings, store, closed: estate.Vote, tmp_path: Path
) -> None:
    done = consult(
        "--data", str(folder.data), "motion", "ballot-list", str(closed.motion), "--out", str(tmp_path / "公布")
    )
    assert "宣布结果以后" in done.stderr
    assert store.ask(chain.newest, "motion.ballots_listed") is None


def test_the_dispute_sheet_is_written_with_its_path_and_stands_among_the_papers(
    folder: Settings, store, closed: estate.Vote, tmp_path: Path
) -> None:
    out = tmp_path / "核查单.pdf"
    done = consult(
        "--data", str(folder.data), "--json", "motion", "dispute", str(closed.motion), "1-1-201", "--out", str(out)
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert out.read_bytes().startswith(b"%PDF")
    assert (told["label"], told["slips"][0]["serial"]) == ("业主02", "0002")
    assert told["path"][-1] == {"seq": told["head"]["seq"], "digest": told["head"]["digest"]}
    assert out.read_bytes() == store.ask(documents.pdf, told["document"])


def test_a_dispute_needs_one_voter(folder: Settings, closed: estate.Vote, tmp_path: Path) -> None:
    done = consult(
        "--data", str(folder.data), "motion", "dispute", str(closed.motion), "201", "--out", str(tmp_path / "x.pdf")
    )  # fmt: skip
    assert done.returncode == 2
    assert "3 人" in done.stderr
