import pypdfium2
import pytest
import zxingcpp

from consult_app.voting import actions
from consult_app.voting.secret_files import Secret, record_written
from tests.consult_app.cli.test_main import consult
from tests.consult_app.voting import estate, forensics
from tests.consult_app.voting.estate import SECRETARY


@pytest.fixture
def vote(store, village_body, tmp_path) -> estate.Vote:
    estate.village_roll(store, tmp_path, village_body)
    return estate.issued(store, village_body, "village.reps", secret=True)


def test_threat_09_cards_made_at_the_command_line_open_the_box(folder, store, vote, tmp_path):
    data, motion = ("--data", str(folder.data), "motion"), str(vote.motion)
    made = consult(*data, "keys", motion, "--out", str(tmp_path / "卡"))
    assert (made.returncode, made.stderr) == (0, "")
    files = sorted((tmp_path / "卡").glob("监票人密钥卡 * 第*号.pdf"))
    cards = [code for path in files for code in scanned(path)]
    assert len(cards) == 3
    assert not any(card in made.stdout for card in cards)
    destroyed = consult(*data, "destroy", motion)
    assert destroyed.stdout == "制卡文件：已销毁 3 个文件，并记入存证链。\n"
    assert not any(path.exists() for path in files)
    store.do(SECRETARY, actions.open_vote, vote.motion)
    vote.cast(0)
    dropped = consult(*data, "drop", motion, vote.slips[1].human_code)
    assert dropped.stdout == "已登记入箱：0002。\n"
    vote.close()
    one = consult(*data, "open", motion, "--card", cards[0])
    assert one.returncode == 2
    assert "需要 2 张" in one.stderr
    two = consult(*data, "open", motion, "--card", cards[0], "--card", cards[2])
    assert two.stdout == "票箱已开封，密封选票 1 张。\n"
    first = consult(*data, "papers", motion, "--teller", "计票人甲", "--count", "1", "--item", "1,0,0,0")
    second = consult(*data, "papers", motion, "--teller", "计票人乙", "--count", "1", "--item", "1,0,0,0")
    assert (first.stdout, second.stdout) == ("计票人甲的计数已录入。\n", "两人计数一致，已采用。\n")
    assert forensics.telling(forensics.bytes_of(folder.data), cards) == []


def test_threat_09_the_command_line_writes_no_cards_among_the_data(folder, vote):
    refused = consult(
        "--data", str(folder.data), "motion", "keys", str(vote.motion), "--out", str(folder.data / "exports")
    )
    assert refused.returncode == 2
    assert "在数据文件夹里" in refused.stderr
    assert not list(folder.data.rglob("*.pdf"))


def test_two_folders_are_refused_for_three_cards(folder, vote, tmp_path):
    places = [word for name in ("甲", "乙") for word in ("--out", str(tmp_path / name))]
    refused = consult("--data", str(folder.data), "motion", "keys", str(vote.motion), *places)
    assert refused.returncode == 2
    assert "三个文件夹" in refused.stderr


def test_slips_are_destroyed_only_on_demand(folder, store, vote, tmp_path):
    slips = tmp_path / "选票.pdf"
    slips.write_bytes(b"codes")
    store.do(SECRETARY, record_written, vote.motion, Secret.SLIPS, [slips])
    command = ("--data", str(folder.data), "motion", "destroy", str(vote.motion))
    assert consult(*command).stdout == "没有文件需要销毁。\n"
    assert slips.exists()
    assert consult(*command, "--slips").stdout == "选票文件：已销毁 1 个文件，并记入存证链。\n"
    assert not slips.exists()


def scanned(path):
    with pypdfium2.PdfDocument(path.read_bytes()) as pdf:
        return [found.text for found in zxingcpp.read_barcodes(pdf[0].render(scale=150 / 72).to_pil())]


def test_figures_that_are_none_are_refused(folder, vote):
    done = consult(
        "--data", str(folder.data), "motion", "papers", str(vote.motion), "--teller", "甲", "--count", "1", "--item", "全票"
    )  # fmt: skip
    assert done.returncode == 2
    assert "不是四个数字" in done.stderr
