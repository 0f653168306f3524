"""What an act on a matter has to hand: the desk, the way to other pages, the matter as it stands, and its sheets."""

from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from consult_app.documents.queries import DocumentLine, documents
from consult_app.documents.rules import DocumentState
from consult_app.meetings.queries import sessions
from consult_app.proposals.queries import ArtefactFacts, ProposalFacts
from consult_app.voting.queries import MotionLine, motions
from ui.desk import Desk
from ui.dialogs.form_sheet import Drafts, FormSheet
from ui.pages import Go


class Bench:
    """One for each page; `matter` is set anew at every refresh."""

    def __init__(self, desk: Desk, go: Go, parent: QWidget) -> None:
        self.desk, self.go, self.parent = desk, go, parent
        self.matter: ProposalFacts
        self.sheet: QDialog | None = None
        self._drafts: Drafts = {}

    def open(self, sheet: QDialog, *key: str) -> QDialog:
        """Open a sheet; what is typed into a form is kept when it is left."""
        if isinstance(sheet, FormSheet):
            sheet.keep_in(self._drafts, type(sheet).__name__, str(self.matter.id), *key)
        self.sheet = sheet
        sheet.destroyed.connect(self._forget)
        sheet.open()
        return sheet

    def do(self, action: Any, *args: Any, **values: Any) -> Any:
        """Run an action of the core."""
        return self.desk.do(action, *args, **values)

    def papers(self, artefact: ArtefactFacts) -> tuple[DocumentLine, ...]:
        """The documents of an artefact, oldest first, void ones too."""
        return tuple(line for line in self.desk.ask(documents, self.matter.id) if line.artefact == artefact.code)

    def paper(self, artefact: ArtefactFacts, *states: DocumentState) -> DocumentLine | None:
        """Its newest document in one of the states (draft or issued unless said otherwise)."""
        wanted = states or (DocumentState.DRAFT, DocumentState.ISSUED)
        found = [line for line in self.papers(artefact) if line.state in wanted]
        return found[-1] if found else None

    @property
    def meeting_id(self) -> int | None:
        """The matter's newest meeting."""
        held = self.desk.ask(sessions, self.matter.id)
        return held[0].id if held else None

    @property
    def motion(self) -> MotionLine | None:
        """The matter's newest motion."""
        found = self.desk.ask(motions, self.matter.body_id, self.matter.id)
        return found[0] if found else None

    def _forget(self) -> None:
        self.sheet = None
