"""The whole story through the window: a roll from Excel, six steps, slips voted with, minutes signed, the matter filed."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from consult_app.app import App, system_clock
from consult_app.archive import bundle
from consult_app.archive.verify import verify
from consult_app.audit import chain
from consult_app.demo import pictures
from consult_app.demo.clock import at
from consult_app.documents import queries as documents
from consult_app.documents.rules import DocumentState
from consult_app.kernel import resources
from consult_app.kernel.text import legal_day
from consult_app.proposals.queries import proposal
from consult_app.voting import queries as voting
from tests.fixtures import SECRETARY, HandClock
from tests.stories.clerk import Clerk
from tests.stories.phone import Phone
from ui import outbox, theme
from ui.__main__ import start_qt
from ui.desk import Desk
from ui.memory import Memory
from ui.projector import scenes
from ui.window import Window

TITLE = "使用维修资金更换地下室消防水泵"
NOTICE_DAYS = 15


@dataclass
class Props:
    """What the secretary has at hand: a clock that can be moved, what was printed, a photo, a folder."""

    clock: HandClock
    printed: list[Path]
    photo: Path
    folder: Path


@pytest.fixture(scope="module")
def qapp():
    """The application as it is started, in its dress."""
    application = start_qt()
    theme.dress(application)
    return application


@pytest.fixture
def clock() -> HandClock:
    """Far enough back that the vote opens today: the vote server goes by the computer's own clock."""
    return HandClock(at(legal_day(system_clock()) - timedelta(days=NOTICE_DAYS + 1), 9))


@pytest.fixture
def desk(qtbot: QtBot, app: App) -> Iterator[Desk]:
    """The desk of an empty program."""
    found = Desk(app, Memory(app.settings.data / "window.json"))
    yield found
    found.close()


@pytest.fixture
def clerk(qtbot: QtBot, desk: Desk) -> Clerk:
    """The secretary before the open window."""
    window = Window(desk)
    qtbot.addWidget(window)
    window.go("home")
    window.resize(1366, 768)
    window.show()
    qtbot.waitExposed(window)
    return Clerk(window, desk, qtbot)


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The files that would have been opened to be printed."""
    found: list[Path] = []
    monkeypatch.setattr(outbox, "show", found.append)
    return found


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    name, content = pictures.photo("现场照片")
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.fixture
def props(clock: HandClock, printed: list[Path], photo: Path, tmp_path: Path) -> Props:
    """What the secretary has at hand."""
    return Props(clock, printed, photo, tmp_path)


def test_one_matter_goes_through_all_six_steps(clerk: Clerk, props: Props) -> None:
    bring_in_the_roll(clerk)
    matter = propose(clerk)
    screen(clerk, props)
    deliberate(clerk, props, matter)
    vote(clerk, props)
    publish_the_result(clerk, props, matter)
    implement(clerk, props)
    review_and_file(clerk)
    desk = clerk.desk
    assert desk.ask(proposal, matter).outcome_words == "办结"
    assert desk.ask(chain.verify).broken is None
    assert verify(bundle.write(desk.store, SECRETARY, matter, props.folder / "档案包.zip").path).holds


def bring_in_the_roll(clerk: Clerk) -> None:
    """Found the body, take its roll from Excel."""
    clerk.press("建立")
    clerk.fill(kind="owners", name="示范小区业主大会")
    clerk.window.go("roll_import")
    clerk.page.take(resources.path("samples", "owners-small.xlsx"))
    clerk.wait(lambda: clerk.page.draft and clerk.page.accept_button.isEnabled())
    clerk.press(clerk.page.accept_button.text())
    clerk.wait(lambda: clerk.window.place[0] == "roll")


def propose(clerk: Clerk) -> int:
    """一、提事; the number of the matter."""
    clerk.window.go("register")
    clerk.page.what.fill(title=TITLE, wish="两台水泵已超过使用年限，建议更换。", affected_range="全体业主")
    clerk.page.who.fill(source="owner", proposer="练习楼栋长甲", taken_down=True)
    clerk.press("登记")
    clerk.wait(lambda: clerk.window.place[0] == "matter")
    matter: int = clerk.page.id
    clerk.take_up("registration")
    clerk.fill(提议人或代录人="练习书记")
    clerk.complete()
    return matter


def screen(clerk: Clerk, props: Props) -> None:
    """二、定题."""
    clerk.take_up("screening")
    clerk.fill(decision_body="owners_assembly", item=5, rule_reason="更换共用消防设施", participants="全体业主")
    clerk.take_up("screening")
    clerk.fill(None, **{"党组织负责人": "练习书记", "居（村）委会主任或业委会主任": "练习主任"})
    clerk.take_up("meeting_notice")
    clerk.fill(place="小区议事厅")
    issue(clerk)
    clerk.take_up("meeting_notice")
    clerk.fill({"photo": props.photo}, place="小区东门公告栏", posted_by="练习网格员")
    assert f"还需 {NOTICE_DAYS} 天" in clerk.page.complete.toolTip()
    props.clock.forward(days=NOTICE_DAYS)
    clerk.page.refresh()
    clerk.complete()


def deliberate(clerk: Clerk, props: Props, matter: int) -> None:
    """三、议事."""
    clerk.take_up("attendance")
    clerk.fill(
        place="小区议事厅",
        starts_at=props.clock(),
        chair="练习主持人",
        recorder="练习记录人",
        expected="练习代表甲\n练习代表乙",
    )
    clerk.wait(lambda: clerk.window.place[0] == "meeting")
    clerk.press("开始会议")
    for name in ("练习代表甲", "练习代表乙"):
        clerk.type(clerk.page.check_in.box, name)
    clerk.wait(lambda: clerk.page.check_in.tiles["实到"].figure.text() == "2")
    clerk.page.entry.fill(speaker="练习代表甲", capacity="业主代表", position="赞成", text="赞成更换，报价要公示。")
    clerk.press("保存")
    clerk.wait(lambda: len(clerk.page.record.entries) == 1)
    clerk.press("起草协商意见")
    clerk.fill(agreed="提请业主大会表决。", dissent="无")
    props.clock.forward(hours=1)
    clerk.press("结束会议")
    clerk.confirm()
    clerk.window.go("matter", id=matter)
    for paper in ("attendance", "record", "opinion"):
        clerk.take_up(paper)
        clerk.confirm()
    clerk.complete()


def vote(clerk: Clerk, props: Props) -> None:
    """四、决事: from the motion to its declared result, with slips read from their printed pages."""
    props.clock.now = system_clock()
    clerk.take_up("ballot_plan")
    clerk.fill(items=TITLE, legal_mode="binding", closes_at=props.clock() + timedelta(hours=3))
    clerk.wait(lambda: clerk.window.place[0] == "vote")
    motion = clerk.window.place[1]["id"]
    clerk.press("冻结")
    clerk.confirm()
    clerk.press("发放选票")
    clerk.fill(host="127.0.0.1", port=free_port())
    clerk.wait(lambda: len(props.printed) == 1)
    clerk.press("开始投票")
    clerk.wait(lambda: clerk.desk.server.address)
    clerk.desk.screen.show("voting", motion_id=motion)
    before = grabbed(clerk.desk)
    vote_with(codes_on(props.printed[0])[:80])
    clerk.wait(lambda: "80 / 100" in clerk.page.turnout.bars[0].share.figures)
    assert grabbed(clerk.desk) != before
    with pytest.raises(voting.StillOpen):
        clerk.desk.screen.show("result", motion_id=motion)
    clerk.press("截止投票")
    clerk.fill(first="练习监票人甲", second="练习监票人乙")
    clerk.press("宣布结果")
    clerk.fill(missing=20)
    assert clerk.desk.ask(voting.tally, motion).passed
    clerk.desk.screen.show("result", motion_id=motion)
    assert isinstance(clerk.desk.screen.window and clerk.desk.screen.window.scene, scenes.Result)
    clerk.press("计票表")
    clerk.wait(lambda: len(props.printed) == 2)


def publish_the_result(clerk: Clerk, props: Props, matter: int) -> None:
    """四、决事: signatures, minutes, the notice and its days for objections."""
    clerk.window.go("matter", id=matter)
    clerk.take_up("count_sheet")
    clerk.fill({"scan": signed(clerk.desk, matter, "count_sheet", props.folder)})
    clerk.take_up("resolution")
    issue(clerk)
    clerk.take_up("resolution")
    clerk.fill({"scan": signed(clerk.desk, matter, "resolution", props.folder)})
    clerk.take_up("result_notice")
    issue(clerk)
    clerk.take_up("result_notice")
    clerk.fill({"photo": props.photo}, place="小区东门公告栏", posted_by="练习网格员")
    assert "异议期 7 天" in clerk.page.complete.toolTip()
    wait_out(clerk, props.clock, matter)
    clerk.complete()


def implement(clerk: Clerk, props: Props) -> None:
    """五、办事."""
    clerk.take_up("work_order")
    clerk.fill(unit="示范物业", responsible="练习责任人", task="更换两台水泵", budget="186,000")
    clerk.take_up("work_order")
    clerk.fill(None, **{"责任人": "练习责任人", "居（村）委会主任或业委会主任": "练习主任"})
    props.clock.forward(days=10)
    clerk.take_up("progress")
    clerk.fill({"evidence": props.photo}, percent=100, text="安装完毕")
    clerk.take_up("closing")
    clerk.fill({"evidence": props.photo}, text="验收合格")
    clerk.take_up("implementation_notice")
    issue(clerk)
    clerk.take_up("implementation_notice")
    clerk.fill({"photo": props.photo}, place="小区东门公告栏", posted_by="练习网格员")
    clerk.complete()


def review_and_file(clerk: Clerk) -> None:
    """六、评事."""
    clerk.take_up("satisfaction")
    clerk.fill(reviewer="练习楼栋长甲", rating="满意")
    clerk.take_up("follow_up")
    clerk.fill(visited="练习楼栋长甲", text="没有新问题")
    clerk.take_up("filing")
    clerk.fill(fonds="Z000")
    clerk.complete()


def issue(clerk: Clerk) -> None:
    """Read the draft that is open, issue it, close it."""
    line = clerk.sheet.view.line
    clerk.press(clerk.sheet.view.issue_button.text())
    clerk.wait(lambda: clerk.desk.ask(documents.document, line.id).line.state is DocumentState.ISSUED)
    clerk.press("关闭")
    clerk.desk.look()


def signed(desk: Desk, matter: int, artefact: str, folder: Path) -> Path:
    """The newest paper of an artefact, printed, signed and scanned."""
    issued = [line for line in desk.ask(documents.documents, matter) if line.artefact == artefact]
    path = folder / f"{artefact}.pdf"
    path.write_bytes(pictures.scan(desk.ask(documents.pdf, issued[-1].id)))
    return path


def codes_on(slips: Path) -> list[str]:
    """What a camera reads on every printed page of slips."""
    document = pypdfium2.PdfDocument(slips)
    shots = [page.render(scale=150 / 72).to_pil() for page in document]
    document.close()
    return [code.text for shot in shots for code in zxingcpp.read_barcodes(shot)]


def vote_with(codes: list[str]) -> None:
    """Open each slip's address, choose, confirm."""
    phone = Phone(codes[0])
    for code, choice in zip(codes, cycle(("for", "for", "for", "against", "abstain")), strict=False):
        assert phone.vote(urlsplit(code).path, choice).status == 200
    phone.close()


def wait_out(clerk: Clerk, clock: HandClock, matter: int) -> None:
    """Let the days go by that the present step asks for."""
    opens = [one.opens_on for one in clerk.desk.ask(proposal, matter, clerk.desk.today).obstacles if one.opens_on]
    clock.now = at(max(opens), 9)
    clerk.page.refresh()


def grabbed(desk: Desk) -> QImage:
    """The big screen as a picture."""
    assert desk.screen.window
    return desk.screen.window.grab().toImage()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
