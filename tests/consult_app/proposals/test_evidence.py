"""Papers made elsewhere, and the signatures under any paper."""

import pytest

from consult_app.files.queries import attachments
from consult_app.kernel.errors import Blank, Missing
from consult_app.proposals.evidence import record, sign
from consult_app.proposals.queries import proposal
from consult_app.storage.store import Store
from tests.consult_app.proposals.matters import registered
from tests.fixtures import SECRETARY

PDF = ("登记表.pdf", b"%PDF-1.7 signed")
SIGNER = "提议人或代录人"


@pytest.fixture
def matter(store: Store, owners_body: int) -> int:
    return registered(store, owners_body)


def test_a_signature_names_who_signed_and_keeps_the_paper(store: Store, matter: int) -> None:
    assert store.do(SECRETARY, sign, matter, "registration", names={SIGNER: "测试记录人"}, files=[PDF])
    signed = store.ask(proposal, matter).artefact("registration")
    assert signed is not None
    (_, last) = signed.reached
    assert last.evidence["signers"] == {SIGNER: "测试记录人"}
    (kept,) = store.ask(attachments, f"proposal:{matter}")
    assert last.evidence["files"] == [kept.id]
    assert kept.kind == "议题登记表签字件"


def test_one_who_has_to_sign_must_be_named(store: Store, matter: int) -> None:
    with pytest.raises(Blank) as refused:
        store.do(SECRETARY, sign, matter, "registration", names={SIGNER: " "})
    assert refused.value.field == SIGNER


def test_signing_the_same_twice_records_it_once(store: Store, matter: int) -> None:
    names = {SIGNER: "测试记录人"}
    assert store.do(SECRETARY, sign, matter, "registration", names=names)
    assert not store.do(SECRETARY, sign, matter, "registration", names=names)


def test_a_paper_that_says_nothing_is_refused(store: Store, matter: int) -> None:
    with pytest.raises(Blank):
        store.do(SECRETARY, record, matter, "party_opinion", what="")


def test_a_paper_the_template_does_not_know_is_refused(store: Store, matter: int) -> None:
    with pytest.raises(Missing):
        store.do(SECRETARY, record, matter, "branch_meeting", what="支部提议")


def test_a_meeting_with_a_floor_keeps_its_counts(store: Store, village_body: int) -> None:
    id = registered(store, village_body, template_id="four_discuss_two_open", source="villager")
    counts = {"expected": 30, "present": 20, "agreed": 9}
    store.do(SECRETARY, record, id, "party_meeting", what="审议", counts=counts)
    found = store.ask(proposal, id).artefact("party_meeting")
    assert found is not None
    assert "不足半数" in found.missing
