"""Part of an estate, 从多 and a local rule, wherever one votes or reads the result (domain §2.4)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from consult_app.documents import gather
from consult_app.documents.count_sheet import count_sheet
from consult_app.documents.notice import meeting_notice, result_notice
from consult_app.documents.owners_minutes import owners_minutes
from consult_app.documents.pdf import render as rendered
from consult_app.documents.terms import phone_terms, slip_terms, terms
from consult_app.documents.vote_slips import vote_slips
from consult_app.voting import actions, queries
from tests.consult_app.papers import text_of
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import AGAINST, DAY, FOR, SECRETARY

CLAUSE = "第十二条 送达后逾期未交回的，视为同意已表决的多数意见"
OPENING = datetime(2026, 11, 22, 1, tzinfo=UTC)
WHY = "电梯费用只由1号楼、2号楼业主分摊"
ITEM = "民法典第二百七十八条第一款第五项：使用建筑物及其附属设施的维修资金"
TERMS: dict[str, Any] = {"scope": (("1", ""), ("2", "")), "scope_reason": WHY, "follow_clause": CLAUSE, "warning_printed": True,
         "legal_item": ITEM, "rule_reason": "动用已有资金，不是筹集"}  # fmt: skip


def words_of(document):
    return text_of(rendered(document, code="7KQ2MX9D", token=None, issued=OPENING))


@pytest.fixture
def owners(store, owners_body, tmp_path):
    """An owners' assembly of nine flats in three buildings."""
    estate.owners_roll(store, tmp_path, owners_body)
    return owners_body


@pytest.fixture
def followed(store, owners):
    """Three of six owners of two buildings voted, the others were handed their slips and kept silent."""
    vote = estate.opened(store, owners, **TERMS)
    for slip in vote.slips:
        store.do(SECRETARY, actions.hand_out, vote.motion, slip.human_code)
    for number, choice in enumerate((FOR, FOR, AGAINST)):
        vote.cast(number, choice)
    return vote


def closed(store, vote):
    vote.close()
    proposal = store.ask(queries.motion, vote.motion).proposal_id
    return store.ask(gather.matter, proposal), store.ask(gather.vote, vote.motion)


def test_a_plain_vote_has_no_terms(store, owners):
    motion = store.ask(queries.motion, estate.draft(store, owners))
    assert (terms(motion), slip_terms(motion), phone_terms(motion)) == ((), (), ())


def test_every_slip_says_who_decides_and_what_silence_means(store, followed):
    words = text_of(vote_slips(store.ask(queries.motion, followed.motion), followed.slips))
    assert words.count("本次只由1号楼、2号楼的业主表决。") == 6
    assert (
        words.count(f"特别提示：本票送达后逾期不交回的，按议事规则计入多数意见（“{CLAUSE.replace(' ', '')}”）。") == 6
    )


def test_the_call_quotes_the_clause_and_does_not_say_the_contrary(store, followed):
    motion = store.ask(queries.motion, followed.motion)
    matter, ballot = store.ask(gather.matter, motion.proposal_id), store.ask(gather.ballot, motion.id)
    words = str(meeting_notice(matter, day=DAY, place="社区议事厅", ballot=ballot).blocks)
    assert CLAUSE in words
    assert f"只由1号楼、2号楼的业主表决，面积和人数只计算这一范围。理由：{WHY}。" in words
    assert "也不视为同意多数意见" not in words


@pytest.mark.parametrize("paper", ["minutes", "notice", "count"])
def test_the_result_is_printed_with_and_without_the_silent_as_contested(store, followed, paper):
    matter, vote = closed(store, followed)
    document = {
        "minutes": lambda: owners_minutes(matter, vote, day=DAY),
        "notice": lambda: result_notice(matter, day=DAY, vote=vote),
        "count": lambda: count_sheet(matter, vote),
    }[paper]()
    words = words_of(document)
    assert "有争议：" in words
    assert "已送达、逾期没有交回而计入多数意见的：3人" in words
    assert "不计入时的结果：未通过：参与表决的专有部分面积未达到法定比例。" in words
    assert CLAUSE.replace(" ", "") in words
    assert WHY in words
    assert ITEM in words
    assert "动用已有资金，不是筹集" in words


def test_the_phone_shows_them_before_one_chooses(store, followed):
    shown = phone_terms(store.ask(queries.motion, followed.motion))
    assert [term.label for term in shown] == ["表决范围", "特别提示"]
    assert CLAUSE in shown[1].words
