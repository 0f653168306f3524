"""The zero report."""

import pytest

from consult_app.audit import chain
from consult_app.documents import queries
from consult_app.documents.issuing import issue_at_once
from consult_app.documents.polling import draft_zero_report
from consult_app.documents.rules import DocumentKind, DocumentState
from consult_app.voting import queries as voting
from consult_app.voting.rehearsing import note_rehearsal
from consult_app.voting.zeroing import BoxNotEmpty, zero
from tests.consult_app.papers import page_count, text_of
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import FOR, SECRETARY


@pytest.fixture
def owners(store, owners_body, tmp_path):
    """An owners' assembly of nine flats."""
    estate.owners_roll(store, tmp_path, owners_body)
    return owners_body


def test_an_empty_box_is_reported_with_the_head_of_the_chain(store, owners):
    vote = estate.opened(store, owners)
    store.do(SECRETARY, note_rehearsal, vote.motion, "30 部模拟手机，收到回执 30 份，存入 30 票；演练数据已全部清除。")
    content = issue_at_once(store, SECRETARY, draft_zero_report, vote.motion).content
    assert page_count(content) == 1
    told = text_of(content)
    zeroed = store.ask(chain.newest, "room.zeroed")
    for words in (
        "零票报告",
        "9张（0001—0009）",
        f"第{zeroed.seq}条",
        zeroed.digest[:8].upper(),
        "30部模拟手机",
        "监票人",
    ):
        assert words in told, words
    assert zeroed.facts["slips"] == 9


def test_the_report_is_a_paper_of_its_matter(store, owners):
    vote = estate.opened(store, owners)
    made = issue_at_once(store, SECRETARY, draft_zero_report, vote.motion)
    (line,) = store.ask(queries.documents, store.ask(voting.motion, vote.motion).proposal_id)
    assert (line.kind, line.state, line.motion_id) == (DocumentKind.ZERO_REPORT, DocumentState.ISSUED, vote.motion)
    assert line == made.line
    assert store.ask(queries.pdf, line.id) == made.content


def test_a_box_with_a_vote_in_it_is_not_reported_empty(store, owners):
    vote = estate.opened(store, owners)
    vote.cast(0)
    with pytest.raises(BoxNotEmpty):
        issue_at_once(store, SECRETARY, draft_zero_report, vote.motion)
    assert store.ask(chain.newest, "room.zeroed") is None
    assert store.ask(queries.documents, store.ask(voting.motion, vote.motion).proposal_id) == ()


def test_a_paper_that_one_teller_entered_is_in_the_box_too(store, owners):
    vote = estate.opened(store, owners)
    vote.paper(0, FOR, "计票人甲")
    assert store.ask(zero, vote.motion).inside > 0


def test_a_sealed_ballot_of_a_secret_vote_is_in_the_box_too(store, village_body, tmp_path):
    estate.village_roll(store, tmp_path, village_body)
    vote = estate.opened(store, village_body, "village.reps", secret=True)
    assert store.ask(zero, vote.motion).inside == 0
    vote.cast(0)
    found = store.ask(zero, vote.motion)
    assert (found.participations, found.ballots, found.used) == (1, 1, 1)
