"""无记名表决 through the window: cards made, stubs registered, the box opened by two cards, papers counted, declared."""

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtWidgets import QMenu

from consult_app.voting import actions, queries
from consult_app.voting.choices import MotionState
from consult_app.voting.rules import Choice
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY
from tests.ui.pages.test_vote import decide, opened_files, page_of, press, sheet_of, words_on  # noqa: F401
from ui.dialogs.close_vote import Declare
from ui.dialogs.secret_box import CountPapers, DropStubs, MakeCards, OpenBox


@pytest.fixture
def vote(window, desk, store, village_body, tmp_path) -> estate.Vote:
    """A secret vote of six with its slips; the window works for its village."""
    estate.village_roll(store, tmp_path, village_body)
    desk.turn_to(village_body)
    return estate.issued(store, village_body, "village.reps", secret=True)


def scanned(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path.read_bytes()) as pdf:
        return sorted(found.text for found in zxingcpp.read_barcodes(pdf[1].render(scale=150 / 72).to_pil()))


def test_threat_09_a_secret_vote_from_its_cards_to_its_result(qtbot, window, store, vote, opened_files):  # noqa: F811
    page = page_of(window, vote)
    press(qtbot, page, "监票人密钥")
    decide(qtbot, sheet_of(qtbot, page, MakeCards))
    cards = scanned(opened_files[0])
    store.do(SECRETARY, actions.open_vote, vote.motion)
    for number in range(3):
        vote.cast(number)
    page.drop_stubs()
    stubs = sheet_of(qtbot, page, DropStubs)
    for number in (3, 0):
        stubs.code.setText(vote.slips[number].human_code)
        decide(qtbot, stubs)
    assert "已于" in words_on(stubs), "who voted by phone cannot drop a paper"
    stubs.reject()
    vote.close()

    press(qtbot, page, "票箱开封")
    assert page.result.isHidden()
    sheet = sheet_of(qtbot, page, OpenBox)
    sheet.form.fill(cards=cards[0], second=cards[0])
    decide(qtbot, sheet)
    assert "现在只有 1 张" in words_on(sheet)
    sheet.form.fill(cards=cards[0], second=cards[2])
    decide(qtbot, sheet)
    qtbot.waitUntil(lambda: not page.result.isHidden())

    page.count_papers()
    count = sheet_of(qtbot, page, CountPapers)
    for teller in ("计票人甲", "计票人乙"):
        count.form.fill(teller=teller, papers=1)
        count.counts["1"][Choice.AGAINST].setValue(1)
        decide(qtbot, count)
    assert "两人计数一致" in words_on(count)
    count.reject()
    press(qtbot, page, "宣布结果")
    declared = sheet_of(qtbot, page, Declare)
    declared.form.fill(missing=2)
    decide(qtbot, declared)
    qtbot.waitUntil(lambda: store.ask(queries.motion, vote.motion).state is MotionState.DECLARED)
    counts = store.ask(queries.tally, vote.motion).items[0].counts
    assert (counts[Choice.FOR].heads, counts[Choice.AGAINST].heads) == (3, 1)


def test_a_secret_vote_offers_no_entry_by_slip_nor_hand(qtbot, window, store, vote):
    store.do(SECRETARY, actions.open_vote, vote.motion)
    page = page_of(window, vote)
    told = {action.text() for menu in page.findChildren(QMenu) for action in menu.actions()}
    assert {"纸质选票入箱登记…", "协助投票…"} <= told
    assert not {"录入纸质选票…", "举手表决，逐人登记…", "清点纸质选票…"} & told
