"""The matters that are to be filed, and those that are."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.archive.queries import FilingFacts, filings
from consult_app.proposals.queries import ProposalLine, proposals
from consult_app.proposals.tables import Proposal, TemplateCopy
from consult_app.workflow.template import from_data


@dataclass(frozen=True)
class ShelfLine:
    """One matter that has ended or has come to its last step; `filing` is None until it is filed."""

    matter: ProposalLine
    filing: FilingFacts | None

    @property
    def id(self) -> int:
        """The matter's number in the tables."""
        return self.matter.id

    @property
    def code(self) -> str:
        """The 档号; blank until it is filed."""
        return self.filing.code if self.filing else ""

    @property
    def retention_words(self) -> str:
        """永久, 定期30年, 定期10年; blank until it is filed."""
        return self.filing.retention_words if self.filing else ""


def shelf(db: Session, body_id: int) -> tuple[ShelfLine, ...]:
    """The matters of a body that are filed or can be, newest first."""
    filed = {found.proposal_id: found for found in filings(db, body_id)}
    lengths = {row.digest: len(from_data(row.data).steps) for row in db.scalars(select(TemplateCopy))}
    steps = {
        row.id: lengths[row.template_digest]
        for row in db.execute(select(Proposal.id, Proposal.template_digest).where(Proposal.body_id == body_id))
    }
    return tuple(
        ShelfLine(line, filed.get(line.id))
        for line in proposals(db, body_id)
        if line.id in filed or not line.is_running or line.ordinal >= steps[line.id]
    )
