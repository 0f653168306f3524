"""委托、疑难票 and 计票说明 on the page of a vote: what a secretary does there, and what is said."""

import json
from hashlib import sha256
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QLabel, QWidget

from consult_app.audit import chain
from consult_app.bodies import queries as bodies
from consult_app.documents.list_files import publish_list
from consult_app.documents.queries import document, newest
from consult_app.documents.rules import DocumentKind
from consult_app.recount.recounting import recount
from consult_app.voting import actions, queries
from consult_app.voting.doubtful import Ground
from consult_app.voting.rules import Choice
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import ABSTAIN, AGAINST, FOR
from tests.fixtures import SECRETARY
from tests.ui.pages.test_vote import decide, page_of, press, sheet_of, words_on
from ui import outbox
from ui.dialogs.close_vote import Declare
from ui.dialogs.doubtful import DecidePair, Nominate, RaiseDoubt, SettleDoubt, SettleMajority
from ui.dialogs.proxy import PropertyStaff, RegisterProxy, RevokeProxy
from ui.dialogs.sheet import Sheet
from ui.pages.vote import exports

LINES = [
    "楼栋,单元,房号,建筑面积,业主姓名,身份证号,交付情况",
    "1,1,101,80.00,业主甲、业主乙,,已交付",
    *(f"1,1,{n}01,{80 + n}.00,业主{n:02d},,已交付" for n in range(2, 10)),
]


@pytest.fixture(autouse=True)
def opened_files(monkeypatch):
    """The files that would have been opened with the system's viewer."""
    found: list[Path] = []
    monkeypatch.setattr(outbox, "show", found.append)
    return found


@pytest.fixture
def vote(desk, store, owners_body, tmp_path):
    """An open vote of nine heads, the first co-owned; the window works for its body."""
    estate.import_roll(store, tmp_path / "shared.csv", owners_body, LINES)
    desk.turn_to(owners_body)
    return estate.opened(store, owners_body)


@pytest.fixture
def scan(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4\n%%EOF\n")
    return path


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def register(qtbot, page, scan, principal, agent, relation="neighbour", attach=True):
    page.parts.turn("委托")
    press(qtbot, page.mandates, "登记委托")
    sheet = sheet_of(qtbot, page, RegisterProxy)
    sheet.form.fill(principal=principal, agent=agent, relation=relation)
    if attach:
        sheet.pickers["document"].take([scan])
    decide(qtbot, sheet)
    return sheet


def test_a_mandate_is_registered_listed_and_revoked_on_arrival(qtbot, window, store, vote, scan, opened_files):
    page = page_of(window, vote)
    sheet = register(qtbot, page, scan, "业主02", "业主03", attach=False)
    assert "扫描件" in sheet.form.error_of("document")
    sheet.pickers["document"].take([scan])
    decide(qtbot, sheet)
    qtbot.waitUntil(lambda: page.mandates.table.rows.rowCount() == 1)
    assert page.parts.pills["委托"].text() == "委托 1"
    assert "1/3" in words_on(page.mandates)
    page.mandates.table.selectRow(0)
    page.mandates.show_scan()
    assert opened_files[0].read_bytes() == scan.read_bytes()
    press(qtbot, page.mandates, "到场撤销")
    decide(qtbot, sheet_of(qtbot, page, RevokeProxy))
    qtbot.waitUntil(lambda: "已撤销：委托人本人到场" in words_on(page.mandates))
    vote.cast(1)
    assert store.ask(queries.electors, vote.motion)[1].at is not None


def test_a_refused_mandate_says_which_limit(qtbot, window, store, vote, scan):
    page = page_of(window, vote)
    for principal in ("业主02", "业主03", "业主04"):
        register(qtbot, page, scan, principal, "业主09")
    sheet = register(qtbot, page, scan, "业主05", "业主09")
    assert "最多接受 3 人委托" in sheet.form.error_of("agent")
    sheet.reject()
    press(qtbot, page.mandates, "物业工作人员名单")
    staff = sheet_of(qtbot, page, PropertyStaff)
    staff.form.fill(names="物业员工甲\n物业员工甲\n物业员工乙")
    decide(qtbot, staff)
    assert store.ask(bodies.body, vote.body).policy["property_staff"] == ["物业员工甲", "物业员工乙"]
    sheet = register(qtbot, page, scan, "业主05", "物业员工乙")
    assert "物业服务企业的工作人员" in sheet.form.error_of("agent")


def test_the_list_of_proxies_is_published_masked(qtbot, window, desk, store, vote, scan):
    page = page_of(window, vote)
    register(qtbot, page, scan, "业主02", "业主03")
    qtbot.waitUntil(page.mandates.publish_button.isEnabled)
    press(qtbot, page.mandates, "公布名单")
    qtbot.waitUntil(lambda: window.place[0] == "notices", timeout=20_000)
    proposal = store.ask(queries.motion, vote.motion).proposal_id
    found = store.ask(newest, proposal, DocumentKind.PROXY_NOTICE)
    assert found is not None
    content = json.dumps(store.ask(document, found.id).content.to_dict(), ensure_ascii=False)
    assert "业*" in content
    assert "业主02" not in content


def test_a_doubtful_ballot_stops_the_result_until_two_decide(qtbot, window, store, vote):
    for place in range(2, 9):
        vote.cast(place)
    page = page_of(window, vote)
    page.parts.turn("疑难票")
    press(qtbot, page.cases, "登记疑难票")
    sheet = sheet_of(qtbot, page, RaiseDoubt)
    words = next(words for words, line in sheet.lines.items() if line.label == "业主09")
    sheet.form.fill(elector_id=words, ground=Ground.UNSIGNED, note="签名栏空白")
    decide(qtbot, sheet)
    qtbot.waitUntil(lambda: page.parts.pills["疑难票"].text() == "疑难票 1，待裁定")
    assert "结果" not in said(page.cases).replace("宣布结果", "")
    vote.close()
    qtbot.waitUntil(lambda: "计入" in said(page.cases.waiting))
    press(qtbot, page, "宣布结果")
    declare = sheet_of(qtbot, page, Declare)
    declare.form.fill(missing=2)
    decide(qtbot, declare)
    assert "1 张疑难票没有裁定" in said(declare)
    declare.reject()
    press(qtbot, page.cases, "裁定")
    settle = sheet_of(qtbot, page, SettleDoubt)
    settle.form.fill(outcome="excluded", reason="两人当场核对，确无签名", first="监票人甲", second="监票人乙")
    decide(qtbot, settle)
    qtbot.waitUntil(lambda: "监票人甲、监票人乙裁定" in said(page.cases.settled))
    assert store.ask(queries.tally, vote.motion).counted.heads == 6


def test_a_split_owner_is_counted_as_said_in_writing(qtbot, window, store, vote, scan):
    for place in range(2, 9):
        vote.cast(place)
    voter = store.ask(queries.electors, vote.motion)[8]
    store.do(SECRETARY, actions.raise_doubt, vote.motion, voter.id, "split_owner", "两套房屋意见不同")
    vote.close()
    page = page_of(window, vote)
    page.parts.turn("疑难票")
    press(qtbot, page.cases, "裁定")
    settle = sheet_of(qtbot, page, SettleDoubt)
    settle.form.fill(outcome="restated", reason="本人书面明确", first="监票人甲", second="监票人乙")
    settle.rows.tick("1", Choice.AGAINST)
    decide(qtbot, settle)
    assert "书面意见" in said(settle)
    settle.written.take([scan])
    decide(qtbot, settle)
    qtbot.waitUntil(lambda: store.ask(queries.tally, vote.motion).items[0].verdict.passed is True)


def test_co_owners_at_odds_are_settled_by_the_one_they_choose(qtbot, window, store, vote, scan):
    for place in range(9):
        vote.cast(place)
    for teller in ("计票人甲", "计票人乙"):
        vote.paper(0, AGAINST, teller)
    vote.close()
    page = page_of(window, vote)
    page.parts.turn("疑难票")
    press(qtbot, page.cases, "登记推选")
    choose = sheet_of(qtbot, page, Nominate)
    choose.form.fill(nominee="业主乙")
    decide(qtbot, choose)
    assert "书面材料" in choose.form.error_of("document")
    choose.pickers["document"].take([scan])
    decide(qtbot, choose)
    qtbot.waitUntil(lambda: "共有人推选：业主乙" in said(page.cases))
    press(qtbot, page.cases, "监票人确认")
    pair = sheet_of(qtbot, page, DecidePair)
    pair.form.fill(counted="paper", first="监票人甲", second="监票人乙")
    decide(qtbot, pair)
    qtbot.waitUntil(lambda: page.cases.open == 0)
    assert store.ask(queries.tally, vote.motion).items[0].counts[Choice.AGAINST].heads == 1


def test_a_split_majority_is_decided_in_the_window(qtbot, window, desk, store, owners_body, tmp_path):
    estate.import_roll(store, tmp_path / "roll.csv", owners_body, LINES)
    desk.turn_to(owners_body)
    vote = estate.opened(store, owners_body, follow_clause="议事规则第十二条。", warning_printed=True)
    for slip in vote.slips[5:]:
        store.do(SECRETARY, actions.hand_out, vote.motion, slip.human_code)
    vote.cast(1, FOR)
    vote.cast(2, AGAINST)
    vote.close()
    page = page_of(window, vote)
    page.parts.turn("疑难票")
    press(qtbot, page.cases, "裁定")
    sheet = sheet_of(qtbot, page, SettleMajority)
    sheet.form.fill(first="监票人甲", second="监票人乙")
    decide(qtbot, sheet)
    qtbot.waitUntil(lambda: page.cases.open == 0)
    assert store.ask(queries.tally, vote.motion).items[0].verdict.passed is False


def test_every_voter_is_explained_and_found(qtbot, window, store, vote):
    for place in range(2, 9):
        vote.cast(place, ABSTAIN if place == 4 else FOR)
    vote.close()
    page = page_of(window, vote)
    page.parts.turn("计票说明")
    told = page.explained
    assert "第二百七十八条" in said(told)
    assert "如果" in said(told)
    told.search.setText("1号楼1单元501")
    assert told.table.rows.rowCount() == 1
    told.table.selectRow(0)
    assert [
        label.text() for label in told.findChildren(QLabel) if label.text() in ("产权", "票权", "方式", "计票")
    ] == ["产权", "票权", "方式", "计票"]
    assert "计入弃权" in said(told)


def test_parts_come_with_their_time(qtbot, window, vote):
    page = page_of(window, vote)
    assert not page.parts.pills["计票说明"].isVisible()
    page.parts.turn("疑难票")
    vote.cast(0)
    assert "同意" not in words_on(page.cases)
    vote.close()
    qtbot.waitUntil(page.parts.pills["计票说明"].isVisible)


def test_the_second_count_agrees_and_says_so(qtbot, window, desk, store, vote):
    for place in range(2, 9):
        vote.cast(place)
    vote.close()
    page = page_of(window, vote)
    page.parts.turn("计票说明")
    press(qtbot, page.explained, "导出并复核")
    sheet = sheet_of(qtbot, page, Sheet)
    assert "完全一致" in said(sheet)
    (folder,) = desk.app.settings.exports.iterdir()
    assert recount(folder).agrees
    assert {"票权清册.xlsx", "计票表.xlsx", "ballots.csv"} <= {path.name for path in folder.iterdir()}


def test_the_published_list_is_saved_and_recorded(qtbot, window, desk, store, vote, opened_files):
    for place in range(9):
        vote.cast(place)
    vote.close()
    vote.declare()
    page = page_of(window, vote)
    page.parts.turn("计票说明")
    page.explained.publish()
    qtbot.waitUntil(lambda: len(opened_files) == 1, timeout=20_000)
    (folder,) = desk.app.settings.exports.iterdir()
    entry = store.ask(chain.newest, "motion.ballots_listed")
    assert entry.facts["digest"] == sha256((folder / "逐票清单.json").read_bytes()).hexdigest()
    assert set(entry.facts["files"].split("、")) == {path.name for path in folder.iterdir()}


@pytest.fixture
def chosen(monkeypatch) -> list[Path]:
    """The file that is chosen next."""
    paths: list[Path] = []
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(paths[-1]), ""))
    return paths


def test_threat_08_a_list_that_is_brought_is_told_from_the_published_one(
    qtbot, window, store, vote, tmp_path, chosen, opened_files
):
    for place in range(9):
        vote.cast(place)
    vote.close()
    vote.declare()
    page = page_of(window, vote)
    page.parts.turn("计票说明")
    data = dict(publish_list(store, SECRETARY, vote.motion))["逐票清单.json"]
    chosen.append(tmp_path / "收到的清单.json")
    for content, known in ((data, "条记有这份文件"), (data + b"\n", "存证链没有这份文件")):
        chosen[-1].write_bytes(content)
        page.explained.choose_list()
        sheet = sheet_of(qtbot, page, Sheet)
        told = words_on(sheet)
        assert "与宣布的结果一致" in told
        assert known in told
        sheet.reject()
        qtbot.waitUntil(lambda sheet=sheet: not sheet.isVisible())


def test_a_file_that_is_no_list_is_refused_in_a_line(qtbot, window, desk, vote, tmp_path):
    vote.close()
    page = page_of(window, vote)
    page.parts.turn("计票说明")
    path = tmp_path / "名册.json"
    path.write_text("{}", "utf-8")
    heard: list[str] = []
    desk.said.connect(lambda message: heard.append(message.text))
    exports.check_list(desk, path, page)
    qtbot.waitUntil(lambda: heard == ["无法核对：名册.json 不是本程序公布的逐票清单。"], timeout=5_000)


@pytest.mark.parametrize("public", [False, True])
def test_roll_and_count_come_as_pdf_and_workbook(qtbot, window, store, vote, opened_files, public):
    for place in range(2, 9):
        vote.cast(place)
    vote.close()
    page = page_of(window, vote)
    page.parts.turn("计票说明")
    motion = store.ask(queries.motion, vote.motion)
    exports.roll_pdf(page.desk, motion, public=public)
    for count in (False, True):
        exports.workbook(page.desk, motion, count=count, public=public)
    qtbot.waitUntil(lambda: len(opened_files) == 3, timeout=20_000)
    contents = sorted(path.read_bytes()[:4] for path in opened_files)
    assert contents == [b"%PDF", b"PK\x03\x04", b"PK\x03\x04"]
