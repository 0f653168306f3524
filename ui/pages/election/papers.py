"""What an election prints: the list of its voters, and once declared the count sheet."""

from collections.abc import Callable

from consult_app.documents import issuing
from consult_app.documents.drafting import draft_count_sheet, draft_voting_roll
from consult_app.documents.queries import documents
from consult_app.documents.rules import DocumentKind, DocumentState
from consult_app.storage.store import Work
from consult_app.voting.queries import MotionFacts
from ui import outbox
from ui.desk import Desk
from ui.task import Task


def print_count_sheet(desk: Desk, motion: MotionFacts) -> Task:
    """Issue the count sheet of a declared election, unless it is issued, and open it."""
    return _print(desk, motion, DocumentKind.COUNT_SHEET, draft_count_sheet, "计票表")


def print_roll(desk: Desk, motion: MotionFacts) -> Task:
    """Issue the list of an election's voters, unless it is issued, and open it."""
    return _print(desk, motion, DocumentKind.VOTING_ROLL, draft_voting_roll, "选民名册")


def _print(
    desk: Desk, motion: MotionFacts, kind: DocumentKind, make_draft: Callable[[Work, int], int], words: str
) -> Task:
    found = [
        line
        for line in desk.ask(documents, motion.proposal_id)
        if line.kind is kind and line.motion_id == motion.id and line.state is not DocumentState.VOID
    ]
    document_id = found[-1].id if found else desk.do(make_draft, motion.id)
    drafted = not found or found[-1].state is DocumentState.DRAFT
    actor = desk.actor

    def make(_task: Task) -> bytes:
        if drafted:
            issuing.issue(desk.store, actor, document_id)
        return issuing.preview(desk.store, document_id)

    return desk.work(
        f"正在生成{words}", make, lambda content: outbox.put_out(desk, f"{words} {motion.title}.pdf", content)
    )
