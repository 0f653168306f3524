"""The papers of a vote that runs or has ended: register of slips, notice of extension, and the chain's head on results."""

from datetime import timedelta

import pypdfium2
import pytest

from consult_app.audit import chain
from consult_app.documents import drafting, issuing, polling, queries
from consult_app.documents.model import Table
from consult_app.documents.polling import NotExtended
from consult_app.documents.rules import DocumentKind
from consult_app.notices import actions as notices
from consult_app.voting import actions
from consult_app.voting import queries as voting
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import FOR, SECRETARY

PHOTO = b"\xff\xd8\xff\xe0 a photo of the board"


@pytest.fixture
def vote(store, owners_body, tmp_path):
    """An open owners' vote with nine slips."""
    estate.owners_roll(store, tmp_path, owners_body)
    return estate.opened(store, owners_body)


def issued(store, document_id):
    """The words of a document, once it is issued."""
    issuing.issue(store, SECRETARY, document_id)
    with pypdfium2.PdfDocument(store.ask(queries.pdf, document_id)) as pdf:
        return "".join("".join(page.get_textpage().get_text_range().split()) for page in pdf)


def test_threat_03_the_register_has_a_line_to_sign_for_every_slip(store, vote):
    store.do(SECRETARY, actions.hand_out, vote.motion, vote.slips[1].human_code)
    store.do(SECRETARY, actions.reissue, vote.motion, vote.slips[2].human_code, "遗失", estate.BASE)
    vote.cast(3, FOR)
    made = store.do(SECRETARY, polling.draft_issue_sheet, vote.motion)
    [table] = [block for block in store.ask(queries.document, made).content.blocks if isinstance(block, Table)]
    lines = {row[0]: row[1:] for row in table.rows}
    assert list(lines) == [f"{number:04d}" for number in range(1, 11)]
    assert lines["0001"] == ("1号楼1单元101", "业主01", "", "")
    assert lines["0002"][3] == "11月22日 09:00"
    assert lines["0003"][2] == "作废，已补发"
    assert lines["0004"][2] == ""  # that one voted is not for the register
    assert lines["0010"][1] == "业主03"
    assert "领取人签名" in issued(store, made)


def test_an_extension_is_announced_with_its_reason_and_rule(store, vote):
    with pytest.raises(NotExtended):
        store.do(SECRETARY, polling.draft_extension_notice, vote.motion)
    closes = store.ask(voting.motion, vote.motion).closes_at + timedelta(days=7)
    store.do(SECRETARY, actions.extend, vote.motion, closes, "参与人数未过三分之二", "业主大会议事规则第十条")
    made = store.do(SECRETARY, polling.draft_extension_notice, vote.motion)
    said = issued(store, made)
    for words in (
        "2026年11月22日12:00",
        "2026年11月29日12:00",
        "参与人数未过三分之二",
        "业主大会议事规则第十条",
        "继续有效",
    ):
        assert words in said
    assert store.ask(queries.document, made).line.kind is DocumentKind.EXTENSION_NOTICE
    assert store.do(SECRETARY, notices.post, made, place="小区公告栏", posted_by="社区书记", photo=("照片.jpg", PHOTO))


def test_threat_08_the_chains_head_stands_on_count_sheet_and_result(store, vote):
    vote.cast(0, FOR)
    vote.close()
    vote.declare()
    declared = store.ask(chain.newest, "motion.declared")
    sheet = issued(store, store.do(SECRETARY, drafting.draft_count_sheet, vote.motion))
    proposal = store.ask(voting.motion, vote.motion).proposal_id
    result = issued(store, store.do(SECRETARY, drafting.draft_result_notice, proposal, vote.motion))
    assert declared.digest.upper() in sheet
    assert f"第{declared.seq}条" in sheet
    assert declared.digest[:16].upper() in result
    store.do(SECRETARY, chain.append, "server.started", "server:0", address="x")
    again = issued(store, store.do(SECRETARY, drafting.draft_count_sheet, vote.motion))
    assert declared.digest.upper() in again  # what happens later does not change it
