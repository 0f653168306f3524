"""无记名表决 through the window: cards made, stubs registered, the box opened by two cards, papers counted, declared."""

from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from consult_app.voting import actions, queries
from consult_app.voting.choices import MotionState
from consult_app.voting.rules import Choice
from consult_app.voting.secret_files import secret_files
from tests.consult_app.voting import estate, forensics
from tests.fixtures import SECRETARY
from tests.ui.pages.test_vote import decide, opened_files, page_of, press, sheet_of, words_on  # noqa: F401
from ui.dialogs.close_vote import Declare
from ui.dialogs.issue_slips import SlipWishes
from ui.dialogs.secret_box import CountPapers, DestroyFiles, DropStubs, MakeCards, OpenBox
from ui.dialogs.sheet import Sheet
from ui.pages.vote import papers
from ui.widgets import pdf_paper


@pytest.fixture
def vote(window, desk, store, village_body, tmp_path) -> estate.Vote:
    """A secret vote of six with its slips; the window works for its village."""
    estate.village_roll(store, tmp_path, village_body)
    desk.turn_to(village_body)
    return estate.issued(store, village_body, "village.reps", secret=True)


def scanned(path: Path, page: int = 1) -> list[str]:
    with pypdfium2.PdfDocument(path.read_bytes()) as pdf:
        return sorted(found.text for found in zxingcpp.read_barcodes(pdf[page].render(scale=150 / 72).to_pil()))


@pytest.fixture
def printer(monkeypatch, tmp_path) -> Path:
    """Where the printer of this test, chosen without being asked for, puts its pages."""
    paper = tmp_path / "printed.pdf"

    def chosen(_parent: QWidget) -> QPrinter:
        found = QPrinter(QPrinter.PrinterMode.HighResolution)
        found.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        found.setOutputFileName(str(paper))
        return found

    monkeypatch.setattr(pdf_paper, "ask_printer", chosen)
    return paper


def test_threat_09_a_secret_vote_from_its_cards_to_its_result(qtbot, window, desk, store, vote, printer, opened_files):  # noqa: F811
    page = page_of(window, vote)
    press(qtbot, page, "监票人密钥")
    decide(qtbot, sheet_of(qtbot, page, MakeCards))
    cards = scanned(printer)
    assert opened_files == []
    assert len(cards) == 3
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
    assert forensics.telling(forensics.bytes_of(desk.app.settings.data), cards) == []
    assert forensics.telling({"printed": printer.read_bytes()}, cards) == ["printed"], "so that it can be found"


def test_without_a_printer_no_cards_are_made(qtbot, window, store, vote, monkeypatch):
    monkeypatch.setattr(pdf_paper, "ask_printer", lambda _parent: None)
    page = page_of(window, vote)
    press(qtbot, page, "监票人密钥")
    sheet = sheet_of(qtbot, page, MakeCards)
    decide(qtbot, sheet)
    assert "没有选打印机，没有制卡" in words_on(sheet)
    assert store.ask(queries.box_facts, vote.motion) is None


def test_threat_09_cards_written_to_files_are_asked_for_until_they_are_destroyed(
    qtbot, window, desk, store, vote, monkeypatch, tmp_path
):
    sticks = iter(
        [str(desk.app.settings.data / "exports")] * 3 + [str(tmp_path / f"U盘{number}") for number in (1, 2, 3)]
    )
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: next(sticks))
    page = page_of(window, vote)
    press(qtbot, page, "监票人密钥")
    sheet = sheet_of(qtbot, page, MakeCards)
    press(qtbot, sheet, "写成文件")
    assert "在数据文件夹里" in words_on(sheet)
    press(qtbot, sheet, "写成文件")
    files = sorted(tmp_path.glob("U盘*/监票人密钥卡 * 第*号.pdf"))
    assert len(files) == 3
    cards = [code for path in files for code in scanned(path, page=0)]
    qtbot.waitUntil(lambda: "制卡文件还在电脑上" in page.warned.text())
    press(qtbot, page, "开始投票")
    warning = next(one for one in page.findChildren(Sheet) if one.isVisible())
    assert str(files[0]) in words_on(warning)
    warning.reject()
    assert store.ask(queries.motion, vote.motion).state is MotionState.ISSUED
    press(qtbot, page, "销毁制卡文件")
    decide(qtbot, sheet_of(qtbot, page, DestroyFiles))
    assert not any(path.exists() for path in files)
    qtbot.waitUntil(lambda: not page.warned.text())
    assert forensics.telling(forensics.bytes_of(desk.app.settings.data), cards) == []


def test_the_file_of_the_slips_is_asked_for_after_closing(qtbot, window, desk, store, vote, opened_files):  # noqa: F811
    page = page_of(window, vote)
    wishes = SlipWishes("192.168.31.20", 8080)
    papers.print_slips(desk, store.ask(queries.motion, vote.motion), wishes)
    qtbot.waitUntil(lambda: bool(opened_files))
    tokens = [url.rsplit("/", 1)[-1] for url in scanned(opened_files[0], page=0)]
    assert tokens
    store.do(SECRETARY, actions.open_vote, vote.motion)
    vote.close()
    qtbot.waitUntil(lambda: "选票文件还在电脑里" in page.warned.text())
    press(qtbot, page, "销毁选票文件")
    decide(qtbot, sheet_of(qtbot, page, DestroyFiles))
    assert not opened_files[0].exists()
    assert store.ask(secret_files, vote.motion) == ()
    assert forensics.telling(forensics.bytes_of(desk.app.settings.data), tokens) == []


def test_a_secret_vote_offers_no_entry_by_slip_nor_hand(qtbot, window, store, vote):
    store.do(SECRETARY, actions.open_vote, vote.motion)
    page = page_of(window, vote)
    told = {action.text() for menu in page.findChildren(QMenu) for action in menu.actions()}
    assert {"纸质选票入箱登记…", "协助投票…"} <= told
    assert not {"录入纸质选票…", "举手表决，逐人登记…", "清点纸质选票…"} & told
