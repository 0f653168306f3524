from dataclasses import replace
from pathlib import Path

import pytest

from consult_app.documents import actions, drafting, issuing, model, queries
from consult_app.documents.rules import DocumentState, code_words
from consult_app.kernel.errors import Blank
from consult_app.meetings import actions as meetings
from consult_app.meetings import queries as meeting_queries
from consult_app.storage.store import Store
from tests.consult_app.papers import Decided, decided, text_of
from tests.fixtures import SECRETARY, HandClock


@pytest.fixture
def matter(store: Store, clock: HandClock, owners_body: int, tmp_path: Path) -> Decided:
    return decided(store, clock, owners_body, tmp_path)


@pytest.fixture
def draft(store: Store, matter: Decided) -> int:
    return store.do(SECRETARY, drafting.draft_minutes, matter.meeting)


def retitled(store: Store, document: int, title: str) -> model.Document:
    return replace(store.ask(queries.document, document).content, title=title)


def test_draft_can_be_edited_until_it_is_issued(store: Store, draft: int) -> None:
    store.do(SECRETARY, actions.edit, draft, retitled(store, draft, "改过的纪要"))
    assert store.ask(queries.document, draft).line.title == "改过的纪要"
    issuing.issue(store, SECRETARY, draft)
    with pytest.raises(actions.NotDraft, match="已印发"):
        store.do(SECRETARY, actions.edit, draft, retitled(store, draft, "又改"))


def test_edit_during_setting_refuses_the_issue(store: Store, draft: int) -> None:
    digest = store.ask(queries.document, draft).line.digest
    pdf = issuing.preview(store, draft)
    store.do(SECRETARY, actions.edit, draft, retitled(store, draft, "排版时改的"))
    with pytest.raises(actions.ChangedMeanwhile):
        store.do(SECRETARY, actions.issue, draft, pdf, digest=digest, pages=1)
    assert store.ask(queries.document, draft).line.state is DocumentState.DRAFT


def test_only_a_pdf_is_issued(store: Store, draft: int) -> None:
    digest = store.ask(queries.document, draft).line.digest
    with pytest.raises(actions.NotPdf):
        store.do(SECRETARY, actions.issue, draft, b"PK", digest=digest, pages=1)


def test_document_is_found_by_its_code_however_it_is_typed(store: Store, draft: int) -> None:
    code = store.ask(queries.document, draft).line.code
    for typed in (code, code_words(code), f" {code_words(code).lower()} "):
        assert store.ask(queries.document_by_code, typed).id == draft
    with pytest.raises(queries.UnknownCode, match="ZZZZ"):
        store.ask(queries.document_by_code, "ZZZZ-ZZZZ")


def test_code_and_digest_stand_on_the_page(store: Store, draft: int) -> None:
    line = issuing.issue(store, SECRETARY, draft)
    text = text_of(store.ask(queries.pdf, draft))
    assert code_words(line.code) in text
    assert line.digest[:4] in text


def test_draft_has_no_pdf_but_a_preview(store: Store, draft: int) -> None:
    with pytest.raises(queries.NotIssued):
        store.ask(queries.pdf, draft)
    assert "草稿" in text_of(issuing.preview(store, draft))


def test_void_document_stays_with_its_reason(store: Store, draft: int) -> None:
    issuing.issue(store, SECRETARY, draft)
    with pytest.raises(Blank):
        store.do(SECRETARY, actions.void, draft, " ")
    store.do(SECRETARY, actions.void, draft, "人数有误")
    line = store.ask(queries.document, draft).line
    assert (line.state, line.void_reason) == (DocumentState.VOID, "人数有误")
    assert store.ask(queries.pdf, draft).startswith(b"%PDF-")


def test_every_kind_of_paper_can_be_drafted_and_set(store: Store, clock: HandClock, matter: Decided) -> None:
    day = clock.now.date()
    makers = (
        lambda work: drafting.draft_registration(work, matter.proposal),
        lambda work: drafting.draft_screening(work, matter.proposal),
        lambda work: drafting.draft_meeting_notice(
            work, matter.proposal, place="社区活动室", starts_at=clock.now, motion_id=matter.motion
        ),
        lambda work: drafting.draft_sign_in_sheet(work, matter.meeting),
        lambda work: drafting.draft_record(work, matter.meeting),
        lambda work: drafting.draft_count_sheet(work, matter.motion),
        lambda work: drafting.draft_result_notice(work, matter.proposal, matter.motion),
        lambda work: drafting.draft_result_notice(work, matter.proposal),
        lambda work: drafting.draft_work_order(
            work, matter.proposal, responsible="责任人甲", unit="物业", task="施工", due_on=day
        ),
        lambda work: drafting.draft_implementation_notice(
            work, matter.proposal, responsible="甲", task="施工", due_on=day, closed_on=day, result="已完工。"
        ),
        lambda work: drafting.draft_satisfaction_sheet(
            work, matter.proposal, counts=(3, 1, 1), lines=(("提议人", "满意", "很好"),)
        ),
        lambda work: drafting.draft_flow_sheet(work, matter.proposal),
    )
    for make in makers:
        made = store.do(SECRETARY, make)
        line = store.ask(queries.document, made).line
        assert text_of(issuing.preview(store, made)), line.kind
    assert len(store.ask(queries.documents_of_body, matter.body)) == len(makers)


def test_record_keeps_the_text_before_a_correction(store: Store, matter: Decided) -> None:
    said = store.ask(meeting_queries.meeting, matter.meeting).statements[1]
    store.do(SECRETARY, meetings.correct, said.id, text="按楼层和面积分摊。", position="建议", reason="本人核对")
    text = text_of(issuing.preview(store, store.do(SECRETARY, drafting.draft_record, matter.meeting)))
    for words in ("按楼层和面积分摊", "更正理由：本人核对", "更正前的原文", "按楼层分摊比较公平"):
        assert words in text, words
