"""A paper and its document become void together."""

from consult_app.documents import actions, queries
from consult_app.documents.drafting import draft_registration
from consult_app.documents.rules import DocumentState
from consult_app.documents.voiding import void_paper
from consult_app.proposals.queries import proposal
from consult_app.storage.store import Store
from tests.consult_app.proposals.matters import registered
from tests.fixtures import SECRETARY


def test_the_issued_document_becomes_void_with_its_milestone(store: Store, owners_body: int) -> None:
    id = registered(store, owners_body)
    drafted = store.do(SECRETARY, draft_registration, id)
    line = store.ask(queries.document, drafted).line
    store.do(SECRETARY, actions.issue, drafted, b"%PDF-1.7", digest=line.digest, pages=1)
    store.do(SECRETARY, void_paper, id, "registration.issued", "内容有误")
    assert store.ask(queries.document, drafted).line.state is DocumentState.VOID
    found = store.ask(proposal, id).artefact("registration")
    assert found is not None
    assert [one.state for one in found.reached] == ["recorded"]


def test_voiding_a_signature_leaves_the_document(store: Store, owners_body: int) -> None:
    id = registered(store, owners_body)
    drafted = store.do(SECRETARY, draft_registration, id)
    store.do(SECRETARY, void_paper, id, "registration.recorded", "登记有误")
    assert store.ask(queries.document, drafted).line.state is DocumentState.DRAFT
