"""选举: an election from its draft to who is elected through the window; a sheet is told to nobody before another is in."""

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton

from consult_app.audit import chain
from consult_app.documents.queries import documents
from consult_app.voting import actions, queries
from consult_app.voting.choices import MotionState
from consult_app.voting.election_facts import election
from consult_app.voting.rules import Weight
from tests.consult_app.papers import text_of
from tests.consult_app.voting import estate
from tests.consult_app.voting.test_electing import REGISTERED, THREE, declared, draft, enter, papers, ready
from tests.consult_app.voting.test_proxying import SCAN
from tests.fixtures import SECRETARY
from ui import outbox
from ui.dialogs.election import Annul, ChangeElection, Consent, DraftElection, FixVoters, VoteAgain
from ui.dialogs.election_sheet import ElectionSheet
from ui.dialogs.proxy import RegisterProxy, RevokeProxy
from ui.dialogs.sheet import Sheet
from ui.dialogs.two_people import TwoPeople
from ui.pages.election.cards import plan_lines


@pytest.fixture(autouse=True)
def opened_files(monkeypatch):
    """The files that would have been opened with the system's viewer."""
    found: list[Path] = []
    monkeypatch.setattr(outbox, "show", found.append)
    return found


@pytest.fixture
def body(window, desk, store, village_body, tmp_path):
    """A village with six adults on its roll; the window works for it."""
    estate.village_roll(store, tmp_path, village_body)
    desk.turn_to(village_body)
    return village_body


def page_of(window, motion):
    window.go("election", id=motion)
    return window.page()


def press(qtbot, page, words):
    """Press the visible button that bears the words."""

    def found():
        return [b for b in page.findChildren(QPushButton) if b.text().startswith(words) and b.isVisible()]

    qtbot.waitUntil(lambda: bool(found()))
    qtbot.mouseClick(found()[0], Qt.MouseButton.LeftButton)


def sheet_of(qtbot, page, kind):
    qtbot.waitUntil(lambda: any(sheet.isVisible() for sheet in page.findChildren(kind)))
    return next(sheet for sheet in page.findChildren(kind) if sheet.isVisible())


def decide(qtbot, sheet):
    qtbot.mouseClick(sheet.action_button, Qt.MouseButton.LeftButton)


def said(page):
    return "\n".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def fill(sheet, teller, votes, voters=60, collected=60, invalid=0):
    sheet.form.fill(teller=teller, voters=voters, collected=collected, invalid=invalid)
    for name, number in zip(sheet.grid.heads, votes, strict=True):
        sheet.grid.heads[name].setValue(number)


def test_an_election_from_draft_to_result(qtbot, window, desk, store, body, opened_files):
    estate.matter(store, body, "村民委员会换届选举")
    window.go("votes")
    votes = window.page()
    press(qtbot, votes, "起草选举")
    sheet = sheet_of(qtbot, votes, DraftElection)
    sheet.form.fill(title="选举村民委员会主任", candidates="候选人甲\n候选人乙", seats=1)
    decide(qtbot, sheet)
    motion = sheet.made
    page = window.page()
    assert "还没有登记同意参选：候选人甲、候选人乙" in said(page)
    for _ in range(2):
        press(qtbot, page, "登记同意")
        consent = sheet_of(qtbot, page, Consent)
        decide(qtbot, consent)
        qtbot.waitUntil(lambda consent=consent: not consent.isVisible())
        page.refresh()
    press(qtbot, page, "确定名单")
    voters = sheet_of(qtbot, page, FixVoters)
    voters.form.fill(source="number", heads=100)
    decide(qtbot, voters)
    press(qtbot, page, "开始投票")
    press(qtbot, page, "结束投票")
    closing = sheet_of(qtbot, page, TwoPeople)
    closing.form.fill(first="监票人甲", second="监票人乙")
    decide(qtbot, closing)
    for teller in ("计票人甲", "计票人乙"):
        press(qtbot, page, "录入计票")
        entry = sheet_of(qtbot, page, ElectionSheet)
        assert all(box.value() == -1 for box in entry.grid.heads.values())
        fill(entry, teller, (31, 20))
        decide(qtbot, entry)
        qtbot.waitUntil(lambda entry=entry: not entry.isVisible())
    press(qtbot, page, "宣布结果")
    decide(qtbot, sheet_of(qtbot, page, Sheet))
    assert store.ask(election, motion).outcome == "候选人甲当选。"
    qtbot.waitUntil(lambda: "候选人甲当选。" in said(page))
    press(qtbot, page, "计票表")
    qtbot.waitUntil(lambda: bool(opened_files))


def test_what_one_teller_entered_is_shown_to_nobody(qtbot, window, store, body):
    motion = ready(store, body)
    enter(store, motion, papers(47, 11, 2), "计票人甲")
    page = page_of(window, motion)
    assert "计票人甲已录入，等待另一名计票人清点后录入。" in said(page)
    assert "47" not in said(page)


def test_two_sheets_that_differ_are_shown_field_by_field(qtbot, window, store, body):
    motion = ready(store, body)
    enter(store, motion, papers(31, 20, 9), "计票人甲")
    enter(store, motion, papers(31, 19, 9), "计票人乙")
    page = page_of(window, motion)
    qtbot.waitUntil(lambda: "候选人乙得票" in said(page))
    words = said(page)
    for part in ("有 1 处不一致", "20 票", "19 票"):
        assert part in words
    assert "候选人甲得票" not in words


def test_more_papers_than_voters_stay_in_the_sheet_with_the_reason(qtbot, window, store, body):
    page = page_of(window, ready(store, body))
    press(qtbot, page, "录入计票")
    sheet = sheet_of(qtbot, page, ElectionSheet)
    fill(sheet, "计票人甲", (40, 20, 0), collected=64)
    decide(qtbot, sheet)
    assert "多 4 张" in sheet.form.error_of("collected")
    assert sheet.grid.heads["候选人甲"].value() == 40


def test_a_candidate_left_empty_is_not_taken_as_nought(qtbot, window, store, body):
    page = page_of(window, ready(store, body))
    press(qtbot, page, "录入计票")
    sheet = sheet_of(qtbot, page, ElectionSheet)
    fill(sheet, "计票人甲", (31, 20, -1))
    decide(qtbot, sheet)
    assert "没有填写「候选人丙」的得票数" in sheet.form.general.text()


def test_names_written_in_are_counted_or_refused_beside_the_field(qtbot, window, store, body):
    motion = ready(store, body)
    page = page_of(window, motion)
    press(qtbot, page, "录入计票")
    sheet = sheet_of(qtbot, page, ElectionSheet)
    fill(sheet, "计票人甲", (31, 20, 5))
    sheet.more.fill(written_in="另选人丁四票")
    decide(qtbot, sheet)
    assert "无法识别" in sheet.more.error_of("written_in")
    sheet.more.fill(written_in="另选人丁 4")
    decide(qtbot, sheet)
    assert store.ask(election, motion).sheets.tellers == ("计票人甲",)


def test_a_committee_sheet_with_more_votes_than_full_papers_is_pointed_out(qtbot, desk, store, owners_body, tmp_path):
    estate.owners_roll(store, tmp_path, owners_body)
    motion = ready(store, owners_body, "owners.committee_election", seats=1, registered=None)
    sheet = ElectionSheet(desk, store.ask(election, motion))
    qtbot.addWidget(sheet)
    fill(sheet, "计票人甲", (5, 2, 0), voters=7, collected=7)
    assert sheet.sum.text() == "有效票 7 张，每张选满 1 人共 7 票，已填 7 票"
    fill(sheet, "计票人甲", (5, 3, 0), voters=7, collected=7)
    assert sheet.sum.text().endswith("已填 8 票；只有逐人填同意、反对的选票才会更多")


def test_a_recall_says_its_own_shares(store, body):
    motion = ready(store, body, "village.recall.vote", names=("主任甲",))
    shown = dict(plan_lines(store.ask(election, motion)))
    assert shown["通过条件"] == "过半数参加投票；参加投票的人过半数同意罢免"


def test_the_run_off_is_offered_with_those_who_lead(qtbot, window, store, body):
    motion = ready(store, body)
    declared(store, motion, papers(30, 20, 10))
    page = page_of(window, motion)
    press(qtbot, page, "另行选举")
    sheet = sheet_of(qtbot, page, VoteAgain)
    assert sheet.form.values()["candidates"] == "候选人甲\n候选人乙"
    decide(qtbot, sheet)
    assert store.ask(queries.motion, sheet.made).title == "选举村民委员会主任（另行选举）"
    assert "选举村民委员会主任（另行选举）" in said(window.page())


def test_a_void_election_is_voted_again(qtbot, window, store, body):
    motion = ready(store, body)
    page = page_of(window, motion)
    page.annul()
    sheet = sheet_of(qtbot, page, Annul)
    sheet.form.fill(reason="收回选票多于投票人数", first="监票人甲", second="监票人乙")
    decide(qtbot, sheet)
    assert store.ask(queries.motion, motion).state is MotionState.VOID
    qtbot.waitUntil(lambda: "理由：收回选票多于投票人数" in said(page))
    press(qtbot, page, "重新投票")
    decide(qtbot, sheet_of(qtbot, page, VoteAgain))
    assert len(store.ask(election, motion).followed_by) == 1


def test_a_draft_is_changed_and_its_list_of_candidates_kept(qtbot, window, store, body):
    motion = draft(store, body)
    page = page_of(window, motion)
    press(qtbot, page, "修改")
    sheet = sheet_of(qtbot, page, ChangeElection)
    sheet.form.fill(candidates="候选人甲\n候选人丁")
    decide(qtbot, sheet)
    assert [one.name for one in store.ask(election, motion).candidates] == ["候选人甲", "候选人丁"]


def test_the_page_of_votes_leads_to_an_election(window, store, body):
    motion = draft(store, body, names=THREE)
    window.go("vote", id=motion)
    assert window.page().facts.motion.id == motion
    store.do(
        SECRETARY, actions.change_election, motion, title="改名后的选举", candidates=THREE, seats=1,
        closes_at=store.now() + timedelta(hours=1),
    )  # fmt: skip
    window.page().refresh()
    assert "改名后的选举" in said(window.page())


def test_mandates_of_the_roll_are_registered_and_taken_back(qtbot, window, store, body):
    """村民委员会组织法18: 书面委托; 应当公布委托人和受委托人的名单."""
    motion = draft(store, body)
    for name in THREE:
        store.do(SECRETARY, actions.record_consent, motion, name, nominated_by="党组织推荐")
    store.do(SECRETARY, actions.freeze_election, motion)
    voter = store.ask(queries.electors, motion)[0]
    store.do(
        SECRETARY, actions.register_proxy, motion, voter.id, agent="村民06", authority="代为投票", property_staff=False,
        relation="兄弟姐妹", document=SCAN,
    )  # fmt: skip
    page = page_of(window, motion)
    qtbot.waitUntil(lambda: "委托村民06（兄弟姐妹）" in said(page))
    press(qtbot, page, "到场撤销")
    decide(qtbot, sheet_of(qtbot, page, RevokeProxy))
    qtbot.waitUntil(lambda: "委托村民06" not in said(page))
    press(qtbot, page, "登记委托")
    assert sheet_of(qtbot, page, RegisterProxy).isVisible()


def test_voters_given_as_a_number_have_no_mandates_here(window, store, body):
    motion = draft(store, body, "village.recall.vote", names=("主任甲",))
    store.do(SECRETARY, actions.freeze_election, motion, Weight(heads=100))
    assert "不实行委托投票" in said(page_of(window, motion))
    motion = draft(store, body)
    for name in THREE:
        store.do(SECRETARY, actions.record_consent, motion, name, nominated_by="党组织推荐")
    store.do(SECRETARY, actions.freeze_election, motion, Weight(heads=100))
    page = page_of(window, motion)
    assert "委托投票请按公布的纸质名单登记" in said(page)


def test_notice_and_minutes_are_drafted_from_the_result(window, store, body):
    motion = ready(store, body)
    declared(store, motion, papers(31, 20, 9))
    page = page_of(window, motion)
    page.notice()
    page_of(window, motion).minutes()
    proposal = store.ask(queries.motion, motion).proposal_id
    assert [line.kind for line in store.ask(documents, proposal)] == ["result_notice", "minutes"]


def voting(store, body):
    """An election that is voted on."""
    motion = draft(store, body)
    for name in THREE:
        store.do(SECRETARY, actions.record_consent, motion, name, nominated_by="村党组织推荐")
    store.do(SECRETARY, actions.freeze_election, motion, REGISTERED)
    store.do(SECRETARY, actions.open_election, motion)
    return motion


def test_threat_08_the_head_is_printed_while_an_election_is_voted_on(qtbot, window, store, body, opened_files):
    motion = voting(store, body)
    page = page_of(window, motion)
    (entry,) = [act for menu in page.findChildren(QMenu) for act in menu.actions() if act.text() == "打印链头单"]
    entry.trigger()
    qtbot.waitUntil(lambda: bool(opened_files), timeout=20_000)
    assert store.ask(chain.newest, "head.printed").subject == f"motion:{motion}"
    told = text_of(opened_files[0].read_bytes())
    assert "应参加100人，纸质选票结束投票后清点" in told
    store.do(SECRETARY, actions.close_election, motion, "监票人甲", "监票人乙")
    qtbot.waitUntil(
        lambda: not any(act.text() == "打印链头单" for menu in page.findChildren(QMenu) for act in menu.actions())
    )
