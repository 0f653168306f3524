import pypdfium2
import pytest
import zxingcpp

from consult_app.voting import actions
from tests.consult_app.cli.test_main import consult
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import SECRETARY


@pytest.fixture
def vote(store, village_body, tmp_path) -> estate.Vote:
    estate.village_roll(store, tmp_path, village_body)
    return estate.issued(store, village_body, "village.reps", secret=True)


def test_threat_09_cards_made_at_the_command_line_open_the_box(folder, store, vote, tmp_path):
    data, motion = ("--data", str(folder.data), "motion"), str(vote.motion)
    made = consult(*data, "keys", motion, "--out", str(tmp_path / "卡"))
    assert (made.returncode, made.stderr) == (0, "")
    with pypdfium2.PdfDocument((tmp_path / "卡" / f"监票人密钥卡 {motion}.pdf").read_bytes()) as pdf:
        shot = pdf[1].render(scale=150 / 72).to_pil()
    cards = sorted(found.text for found in zxingcpp.read_barcodes(shot))
    assert not any(card in made.stdout for card in cards)
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


def test_figures_that_are_none_are_refused(folder, vote):
    done = consult(
        "--data", str(folder.data), "motion", "papers", str(vote.motion), "--teller", "甲", "--count", "1", "--item", "全票"
    )  # fmt: skip
    assert done.returncode == 2
    assert "不是四个数字" in done.stderr
