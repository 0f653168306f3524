from pathlib import Path

import pytest

from consult_app.archive import actions as archive
from consult_app.archive.papers import PaperState, papers
from consult_app.archive.shelf import shelf
from consult_app.documents import drafting, issuing, polling, queries
from consult_app.kernel.text import legal_day
from consult_app.notices import actions as notices
from consult_app.proposals.evidence import sign
from consult_app.storage.store import Store
from consult_app.voting.arrivals import register
from tests.consult_app.papers import photo
from tests.consult_app.proposals.matters import registered, screened, walk_to
from tests.consult_app.voting import estate
from tests.fixtures import SECRETARY, HandClock


@pytest.fixture
def matter(store: Store, owners_body: int) -> int:
    """A screened matter."""
    id = registered(store, owners_body)
    screened(store, id)
    return id


def state_of(store: Store, clock: HandClock, body: int) -> PaperState:
    return store.ask(papers, body, legal_day(clock.now))[0].state


def test_notice_goes_from_draft_to_taken_down(store: Store, clock: HandClock, owners_body: int, matter: int) -> None:
    draft = store.do(SECRETARY, drafting.draft_meeting_notice, matter, place="活动室", starts_at=clock.now)
    seen = [state_of(store, clock, owners_body)]
    issuing.issue(store, SECRETARY, draft)
    seen.append(state_of(store, clock, owners_body))
    notice = store.do(SECRETARY, notices.post, draft, place="公告栏", posted_by="网格员", photo=photo())
    seen.append(state_of(store, clock, owners_body))
    clock.forward(days=14)
    seen.append(state_of(store, clock, owners_body))
    clock.forward(days=1)
    seen.append(state_of(store, clock, owners_body))
    store.do(SECRETARY, notices.take_down, notice, "网格员")
    seen.append(state_of(store, clock, owners_body))
    wanted = "draft to_post posted posted run_out taken_down".split()
    assert seen == [PaperState(word) for word in wanted]


def test_paper_to_sign_is_signed_and_taken_back(store: Store, clock: HandClock, owners_body: int, matter: int) -> None:
    line = issuing.issue(store, SECRETARY, store.do(SECRETARY, drafting.draft_registration, matter))
    assert state_of(store, clock, owners_body) is PaperState.TO_SIGN
    store.do(SECRETARY, sign, matter, "registration", names={"提议人或代录人": "测试住户甲"})
    assert state_of(store, clock, owners_body) is PaperState.SIGNED
    store.do(SECRETARY, archive.attach_scan, line.code, "签字件.pdf", store.ask(queries.pdf, line.id))
    assert state_of(store, clock, owners_body) is PaperState.SCANNED


def test_zero_report_and_dispute_sheet_wait_for_their_signers(
    store: Store, clock: HandClock, owners_body: int, tmp_path: Path
) -> None:
    estate.owners_roll(store, tmp_path, owners_body)
    vote = estate.opened(store, owners_body)
    voter = store.ask(register, vote.motion).find("1-1-201")[0].elector_id
    issuing.issue_at_once(store, SECRETARY, polling.draft_zero_report, vote.motion)
    issuing.issue_at_once(store, SECRETARY, polling.draft_dispute_sheet, vote.motion, voter)
    sheet, report = store.ask(papers, owners_body, legal_day(clock.now))
    assert (report.state, report.words) == (PaperState.TO_SIGN, "监票人、计票人")
    assert (sheet.state, sheet.words) == (PaperState.TO_SIGN, "核查人、监票人、提出异议人")
    for paper in (sheet, report):
        store.do(SECRETARY, archive.attach_scan, paper.document.code, "签字件.pdf", store.ask(queries.pdf, paper.id))
    again = store.ask(papers, owners_body, legal_day(clock.now))
    assert {paper.state for paper in again} == {PaperState.SCANNED}


def test_shelf_holds_matters_at_their_last_step_and_filed_ones(
    store: Store, clock: HandClock, owners_body: int, matter: int
) -> None:
    assert store.ask(shelf, owners_body) == ()
    walk_to(store, clock, matter, "review")
    assert [(line.id, line.code) for line in store.ask(shelf, owners_body)] == [(matter, "")]
    code = store.do(SECRETARY, archive.file, matter, fonds="Z109")
    assert [line.code for line in store.ask(shelf, owners_body)] == [code]
