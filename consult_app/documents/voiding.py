"""Make a paper of a matter void together with the document that was issued for it."""

from consult_app.documents import actions, queries
from consult_app.documents.rules import DocumentState
from consult_app.proposals import actions as proposals
from consult_app.storage.store import Work


def void_paper(work: Work, proposal_id: int, code: str, reason: str) -> None:
    """Make a milestone void for a reason, and with `<artefact>.issued` the issued document too.

    Refused when its step has been completed: the matter must be sent back first.
    """
    proposals.void(work, proposal_id, code, reason)
    artefact, _, state = code.partition(".")
    if state != "issued":
        return
    for line in queries.documents(work.db, proposal_id):
        if line.artefact == artefact and line.state is DocumentState.ISSUED:
            actions.void(work, line.id, reason)
