"""议题: what the page of a matter says, and a matter carried on by its buttons."""

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from consult_app.archive.queries import scans
from consult_app.bodies.actions import add_body
from consult_app.documents import issuing
from consult_app.documents.drafting import draft_registration
from consult_app.documents.queries import DocumentLine, document, pdf
from consult_app.documents.rules import DocumentState
from consult_app.followup.queries import work_orders
from consult_app.meetings import actions as meetings
from consult_app.notices.queries import notices_of
from consult_app.proposals.actions import end
from consult_app.proposals.queries import proposal
from consult_app.workflow.template import load, templates
from tests.consult_app.proposals.matters import complete, fulfil, lacking, registered, screened, walk_to
from tests.fixtures import HandClock
from ui.desk import Desk
from ui.dialogs.call_meeting import CallMeeting
from ui.dialogs.close_out import CloseOut
from ui.dialogs.document_edit import DocumentEdit
from ui.dialogs.filing import FileMatter
from ui.dialogs.form_sheet import FormSheet
from ui.dialogs.plan_notice import PlanNotice
from ui.dialogs.posting import Post
from ui.dialogs.progress import ReportProgress
from ui.dialogs.review import FollowUpCall, Rate
from ui.dialogs.scan import AttachScan
from ui.dialogs.screening import Screening
from ui.dialogs.send_back import SendBack
from ui.dialogs.signature import Signature
from ui.dialogs.void_paper import VoidPaper
from ui.dialogs.work_order import AssignWork
from ui.pages.matter import MatterPage
from ui.pages.matter.acts import ACTS, BY_STATE
from ui.pages.matter.more import more_of
from ui.pages.matter.ways import ways
from ui.window import Window

S = TypeVar("S", bound=QDialog)

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def body_id(desk: Desk) -> int:
    found = desk.do(add_body, "owners", "示范小区业主大会")
    desk.turn_to(found)
    return found


@pytest.fixture
def page(window: Window, desk: Desk, body_id: int) -> MatterPage:
    """The page, open at a freshly registered matter."""
    window.go("matter", id=registered(desk.store, body_id))
    found = window.page()
    assert isinstance(found, MatterPage)
    return found


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "张贴照片.png"
    path.write_bytes(PNG)
    return path


def primaries(page: MatterPage) -> list[str]:
    """The words of the primary buttons that can be seen and pressed."""
    found = page.findChildren(QPushButton)
    lead = [one for one in found if one.property("look") == "primary" and one.isVisible()]
    return [one.text() for one in lead if one.isEnabled()]


def opened(page: MatterPage, code: str, kind: type[S]) -> S:
    """The sheet that the button of an artefact opens."""
    button = page.cards.cards[code].button
    assert button is not None
    button.click()
    assert isinstance(page.bench.sheet, kind)
    return page.bench.sheet


def test_the_reason_stands_beside_the_greyed_button(page: MatterPage) -> None:
    assert not page.complete.isEnabled()
    assert "议题登记表还缺签字" in page.why_not.text()
    assert "议题登记表还缺签字" in page.complete.toolTip()


def test_every_refusal_of_the_action_is_said_on_the_page(page: MatterPage, desk: Desk) -> None:
    screened_id = page.id
    assert screened_id is not None
    said = [one.words for one in desk.ask(proposal, screened_id, desk.today).obstacles]
    assert page.complete.toolTip() == "；".join(said)


def test_there_is_one_primary_button(page: MatterPage, desk: Desk, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: primaries(page) == ["登记签字"])
    fulfil(desk.store, page.id or 0)
    page.refresh()
    qtbot.waitUntil(lambda: primaries(page) == ["完成这一步"])


def test_a_matter_goes_through_its_first_two_steps_by_clicks(
    page: MatterPage, desk: Desk, clock: HandClock, qtbot: QtBot, photo: Path
) -> None:
    sign(page, "registration", 提议人或代录人="测试记录人")
    page.complete.click()
    assert page.bench.matter.step_code == "screen"

    screening = opened(page, "screening", Screening)
    screening.form.fill(
        decision_body="owners_assembly", item=6, rule_reason="为新增设施筹集资金", participants="1至3幢业主"
    )
    screening.action_button.click()
    desk.look()
    assert page.bench.matter.rule_id == "owners.special"
    assert "第六项" in page.decision.text
    sign(page, "screening", **{"党组织负责人": "测试书记", "居（村）委会主任或业委会主任": "测试主任"})

    plan = opened(page, "meeting_notice", PlanNotice)
    plan.form.fill(place="社区议事厅")
    plan.action_button.click()
    issue(page, desk, qtbot)

    posting = opened(page, "meeting_notice", Post)
    posting.form.fill(place="北门公告栏", posted_by="测试网格员")
    posting.pickers["photo"].take((photo,))
    posting.action_button.click()
    desk.look()
    assert "须张贴满 15 天" in page.why_not.text()
    assert desk.ask(notices_of, page.id or 0, desk.today)[0].place == "北门公告栏"
    assert "北门公告栏：已张贴 0 天，还需 15 天" in [words.text() for words in page.cards.findChildren(QLabel)]

    clock.forward(days=15)
    page.refresh()
    page.complete.click()
    assert page.bench.matter.step_code == "deliberate"


def sign(page: MatterPage, code: str, **names: str) -> None:
    """Sign a paper by clicks."""
    sheet = opened(page, code, Signature)
    sheet.form.fill(**names)
    sheet.action_button.click()
    page.desk.look()


def test_the_rule_is_never_guessed_from_the_title(window: Window, desk: Desk, body_id: int, clock: HandClock) -> None:
    id = registered(desk.store, body_id, title="筹集维修资金")
    walk_to(desk.store, clock, id, "screen")
    window.go("matter", id=id)
    page = window.page()
    assert isinstance(page, MatterPage)
    sheet = opened(page, "screening", Screening)
    assert sheet.rule.body is None
    sheet.form.fill(decision_body="owners_assembly", participants="全体业主")
    sheet.action_button.click()
    assert sheet.form.error_of("item") == "请选择民法典规定的事项。"
    sheet.form.fill(item=6)
    sheet.action_button.click()
    assert "适用规则的理由" in sheet.form.error_of("rule_reason")
    sheet.reject()


def test_what_was_typed_into_a_sheet_is_kept_when_it_is_left(page: MatterPage, qtbot: QtBot) -> None:
    sheet = opened(page, "registration", Signature)
    sheet.form.fill(提议人或代录人="张三")
    sheet.reject()
    qtbot.waitUntil(lambda: page.bench.sheet is None)
    again = opened(page, "registration", Signature)
    assert again.form.values("提议人或代录人") == {"提议人或代录人": "张三"}
    again.reject()


def test_a_missing_signer_is_said_beside_the_field(page: MatterPage) -> None:
    sheet = opened(page, "registration", Signature)
    sheet.form.fill(提议人或代录人="  ")
    sheet.action_button.click()
    assert sheet.isVisible()
    assert sheet.form.error_of("提议人或代录人") == "请填写提议人或代录人的姓名。"
    sheet.reject()


def test_an_earlier_step_is_only_read_with_its_versions(page: MatterPage, desk: Desk, clock: HandClock) -> None:
    complete(desk.store, clock, page.id or 0)
    page.refresh()
    page.track.chosen.emit(0)
    assert not page.complete.isVisible()
    assert [card.button for card in page.cards.cards.values()] == [None]
    page.back_to_present.click()
    assert page.complete.isVisible()


def test_completing_can_be_undone_at_once(page: MatterPage, desk: Desk, window: Window) -> None:
    fulfil(desk.store, page.id or 0)
    page.refresh()
    page.complete.click()
    assert page.bench.matter.step_code == "screen"
    window.message.button.click()
    assert desk.ask(proposal, page.id or 0).step_code == "propose"


def test_the_ways_are_those_open_now(page: MatterPage, desk: Desk, clock: HandClock) -> None:
    assert "修改登记…" in [words for words, _ in ways(page.bench)]
    assert "退回…" not in [words for words, _ in ways(page.bench)]
    walk_to(desk.store, clock, page.id or 0, "deliberate")
    page.refresh()
    assert {"退回…", "上报上级平台…", "结束议题…", "延期…"} <= {words for words, _ in ways(page.bench)}


def test_an_ended_matter_offers_nothing_to_do(page: MatterPage, desk: Desk) -> None:
    desk.do(end, page.id or 0, "withdrawn", "提议人撤回")
    page.refresh()
    assert page.outcome.text == "撤回"
    assert primaries(page) == []
    assert not page.more.isVisible()
    assert [card.button for card in page.cards.cards.values() if card.button] == []


def test_the_page_follows_another_process(page: MatterPage, desk: Desk, qtbot: QtBot) -> None:
    fulfil(desk.store, page.id or 0)
    qtbot.waitUntil(page.complete.isEnabled)
    assert page.why_not.text() == "材料已齐，可以完成这一步"


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.id)
def test_every_artefact_of_every_template_has_an_action(template) -> None:
    for artefact in (artefact for step in template.steps for artefact in step.artefacts):
        for state in artefact.needs:
            assert (artefact.code, state) in ACTS or state in BY_STATE, f"{artefact.code}.{state}"


def test_the_table_names_only_artefacts_that_exist() -> None:
    known = {
        (artefact.code, state)
        for template in templates()
        for step in template.steps
        for artefact in step.artefacts
        for state in artefact.needs
    }
    assert set(ACTS) <= known


@pytest.mark.parametrize("template_id", ["six_step_default", "four_discuss_two_open"])
def test_every_button_of_every_step_opens_without_a_bug(
    window: Window, desk: Desk, clock: HandClock, template_id: str
) -> None:
    body_id = desk.do(add_body, "village", "示范村村民会议")
    desk.turn_to(body_id)
    id = registered(desk.store, body_id, template_id=template_id, source="villager")
    pressed = set()
    for step in load(template_id).steps:
        window.go("matter", id=id)
        page = window.page()
        assert isinstance(page, MatterPage)
        page.refresh()
        for code, card in list(page.cards.cards.items()):
            if card.button and card.button.isEnabled() and "去" not in card.button.text():
                card.button.click()
                pressed.add(code)
                said = window.message.message
                assert said is None or "程序出错" not in said.text, (step.code, code)
                if page.bench.sheet:
                    page.bench.sheet.reject()
        if "screening.recorded" in lacking(desk.store, id):
            screened(
                desk.store, id, decision_body="villagers_reps_meeting", rule_id="village.reps", item="", rule_reason=""
            )
        complete(desk.store, clock, id)
    assert desk.ask(proposal, id).outcome_words == "办结"
    assert {"registration", "screening", "meeting_notice", "work_order", "satisfaction", "filing"} <= pressed


def test_the_work_is_carried_out_rated_and_filed_by_clicks(
    page: MatterPage, desk: Desk, clock: HandClock, qtbot: QtBot, photo: Path
) -> None:
    id = page.id or 0
    walk_to(desk.store, clock, id, "implement")
    page.refresh()
    fill(page, "work_order", AssignWork, unit="示范物业", responsible="测试责任人", task="划线", budget="1,200.50")
    sign(page, "work_order", **{"责任人": "测试责任人", "居（村）委会主任或业委会主任": "测试主任"})
    fill(page, "progress", ReportProgress, percent=60, text="已划一半")
    closing = opened(page, "closing", CloseOut)
    closing.form.fill(text="全部划完，验收合格")
    closing.action_button.click()
    assert "办结须附证明材料" in closing.form.error_of("evidence")
    closing.pickers["evidence"].take((photo,))
    closing.action_button.click()
    desk.look()
    press(page, "implementation_notice")
    issue(page, desk, qtbot)
    fill(page, "implementation_notice", Post, photo, place="公告栏", posted_by="测试网格员")
    page.complete.click()
    assert page.bench.matter.step_code == "review"

    fill(page, "satisfaction", Rate, reviewer="测试住户甲", rating="满意")
    fill(page, "follow_up", FollowUpCall, visited="测试住户甲", text="满意，没有新问题")
    fill(page, "filing", FileMatter, fonds="z109")
    filed = desk.ask(proposal, id).artefact("filing")
    assert filed is not None
    assert filed.reached[-1].what == "档号 Z109-WS·2026-Y-YSB-0001"
    order = desk.ask(work_orders, id)[-1]
    assert (order.budget, order.percent) == (120_050, 60)


def test_a_scan_of_another_paper_is_refused(page: MatterPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    mine, other = (issued_registration(desk, page.id or 0) for _ in range(2))
    path = tmp_path / "扫描件.pdf"
    path.write_bytes(desk.ask(pdf, other.id))
    sheet = AttachScan(desk, mine, page)
    sheet.open()
    sheet.pickers["scan"].take((path,))
    qtbot.waitUntil(lambda: "不是「议题登记表」" in sheet.form.error_of("scan"))
    sheet.action_button.click()
    assert desk.ask(scans, page.id or 0) == ()
    sheet.reject()


def test_the_code_on_a_scan_says_which_paper_it_is(page: MatterPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    line = issued_registration(desk, page.id or 0)
    path = tmp_path / "扫描件.pdf"
    path.write_bytes(desk.ask(pdf, line.id))
    sheet = AttachScan(desk, None, page)
    sheet.open()
    sheet.pickers["scan"].take((path,))
    qtbot.waitUntil(lambda: "1 页齐全" in sheet.found.text())
    sheet.action_button.click()
    found = desk.ask(proposal, page.id or 0).artefact("registration")
    assert found is not None
    assert [one.state for one in found.reached] == ["recorded", "issued", "signed"]


def issued_registration(desk: Desk, id: int) -> DocumentLine:
    """A registration sheet of a matter, issued."""
    return issuing.issue(desk.store, desk.actor, desk.do(draft_registration, id))


def press(page: MatterPage, code: str) -> None:
    """Press the button of an artefact."""
    button = page.cards.cards[code].button
    assert button is not None
    button.click()


def fill(page: MatterPage, code: str, kind: type[FormSheet], photo: Path | None = None, **values: object) -> None:
    """Fill in the sheet an artefact's button opens, and decide."""
    sheet = opened(page, code, kind)
    sheet.form.fill(**values)
    if photo is not None:
        sheet.pickers["photo"].take((photo,))
    sheet.action_button.click()
    assert sheet.form.general.isHidden(), sheet.form.general.text()
    assert not [name for name in sheet.form.fields if sheet.form.error_of(name)]
    page.desk.look()


def issue(page: MatterPage, desk: Desk, qtbot: QtBot) -> None:
    """Issue the draft that is open, and close it."""
    paper = page.bench.sheet
    assert isinstance(paper, DocumentEdit)
    assert paper.view.line is not None
    id, button = paper.view.line.id, paper.view.issue_button
    button.click()
    qtbot.waitUntil(lambda: desk.ask(document, id).line.state is DocumentState.ISSUED, timeout=20_000)
    qtbot.waitUntil(lambda: not button.isVisibleTo(paper), timeout=20_000)
    paper.leave_button.click()
    desk.look()


def test_a_matter_settled_by_consensus_is_discussed_resolved_and_posted(
    page: MatterPage, window: Window, desk: Desk, clock: HandClock, qtbot: QtBot, photo: Path, tmp_path: Path
) -> None:
    id = page.id or 0
    walk_to(desk.store, clock, id, "screen")
    screened(desk.store, id, decision_body="consensus", rule_id=None, item="", rule_reason="")
    complete(desk.store, clock, id)
    page.refresh()
    assert "ballot_plan" not in page.cards.cards
    fill(
        page,
        "attendance",
        CallMeeting,
        place="社区议事厅",
        chair="测试主持人",
        recorder="测试记录人",
        expected="甲\n乙",
    )
    assert window.place[0] == "meeting"
    hold(desk, window.place[1]["id"])
    window.go("matter", id=id)
    for code in ("attendance", "record", "opinion"):
        sheet = opened(page, code, Signature)
        sheet.action_button.click()
        desk.look()
    page.complete.click()
    assert page.bench.matter.step_code == "decide"

    press(page, "resolution")
    issue(page, desk, qtbot)
    resolution = page.bench.matter.artefact("resolution")
    assert resolution is not None
    line = page.bench.paper(resolution)
    assert line is not None
    signed = tmp_path / "签字件.pdf"
    signed.write_bytes(desk.ask(pdf, line.id))
    scan = opened(page, "resolution", AttachScan)
    scan.pickers["scan"].take((signed,))
    qtbot.waitUntil(scan.action_button.isEnabled)
    scan.action_button.click()
    desk.look()
    press(page, "result_notice")
    issue(page, desk, qtbot)
    fill(page, "result_notice", Post, photo, place="公告栏", posted_by="测试网格员")
    assert "异议期 7 天" in page.why_not.text()
    objection(page, "登记异议…", name="测试住户乙", text="方案没有写明费用")
    objection(page, "答复测试住户乙的异议…", answer="费用见附件", upheld=False)
    (notice,) = [one for one in desk.ask(notices_of, id, desk.today) if one.document_id != line.id][:1]
    assert [one.upheld for one in notice.objections] == [False]
    minutes = page.bench.matter.artefact("signed_minutes")
    assert minutes is not None
    assert [one.state for one in minutes.reached] == ["scanned"]


def test_every_way_opens_without_a_bug(page: MatterPage, desk: Desk, clock: HandClock, window: Window) -> None:
    walk_to(desk.store, clock, page.id or 0, "deliberate")
    fulfil(desk.store, page.id or 0, "opinion.signed")
    page.refresh()
    for words, act in ways(page.bench):
        if words != "撤销完成上一步":
            act()
            assert page.bench.sheet is not None, words
            page.bench.sheet.reject()
    assert {words.text() for words in page.ways_menu().actions()} == {words for words, _ in ways(page.bench)}
    assert window.message.message is None


def test_a_matter_is_sent_back_for_a_reason(page: MatterPage, desk: Desk, clock: HandClock) -> None:
    walk_to(desk.store, clock, page.id or 0, "deliberate")
    page.refresh()
    sheet = SendBack(desk, page.bench.matter, page)
    sheet.open()
    sheet.action_button.click()
    assert sheet.form.error_of("reason") == "请填写退回理由。"
    sheet.form.fill(reason="公告内容有误")
    sheet.action_button.click()
    desk.look()
    assert page.bench.matter.step_code == "screen"
    assert "有 2 条作废的旧版本" in [words.text() for words in page.cards.findChildren(QLabel)]


def test_a_signature_recorded_by_mistake_is_made_void(page: MatterPage, desk: Desk) -> None:
    sign(page, "registration", 提议人或代录人="测试记录人")
    artefact = page.bench.matter.artefact("registration")
    assert artefact is not None
    sheet = VoidPaper(desk, page.bench.matter, artefact, page)
    sheet.open()
    sheet.form.fill(code="registration.signed", reason="签字人不符")
    sheet.action_button.click()
    desk.look()
    assert page.cards.cards["registration"].artefact.missing.startswith("议题登记表还缺签字")
    assert not page.complete.isEnabled()


def hold(desk: Desk, meeting_id: int) -> None:
    """Hold a meeting at which two people agree."""
    desk.do(meetings.open_meeting, meeting_id)
    for name in ("甲", "乙"):
        desk.do(meetings.check_in, meeting_id, name=name)
    desk.do(meetings.record_opinion, meeting_id, agreed="同意增设通道。", dissent="")
    desk.do(meetings.close_meeting, meeting_id)


def objection(page: MatterPage, entry: str, **values: object) -> None:
    """Choose an entry of the result notice's menu, fill in its sheet, and decide."""
    artefact = page.bench.matter.artefact("result_notice")
    assert artefact is not None
    dict(more_of(page.bench, artefact, at_present=True))[entry]()
    sheet = page.bench.sheet
    assert isinstance(sheet, FormSheet)
    sheet.form.fill(**values)
    sheet.action_button.click()
    page.desk.look()
