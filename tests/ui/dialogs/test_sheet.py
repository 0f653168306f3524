"""What every dialog has in common."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit

from consult_app.voting import queries
from consult_app.voting.queries import MotionFacts
from tests.consult_app.voting import estate
from ui import theme
from ui.desk import Desk
from ui.dialogs.dispute import Dispute
from ui.dialogs.kiosk import Kiosk
from ui.dialogs.rehearse import Rehearse
from ui.dialogs.secret_box import CountPapers, DropStubs, MakeCards, OpenBox
from ui.dialogs.sheet import Sheet

SHEETS: dict[str, Callable[[Desk, MotionFacts], Sheet]] = {
    "rehearse": lambda desk, motion: Rehearse(desk, motion.id),
    "kiosk": lambda desk, _motion: Kiosk(desk.server),
    "dispute": Dispute,
    "cards": lambda desk, motion: MakeCards(desk, motion, True),
    "box": OpenBox,
    "stubs": DropStubs,
    "papers": CountPapers,
}


@pytest.fixture
def large_type(qapp):
    """The program's type at 15 points."""
    theme.dress(qapp, 15)
    yield
    theme.dress(qapp)


@pytest.mark.parametrize("name", SHEETS)
def test_large_type_is_not_cut_on_a_small_screen(large_type, desk, village_body, tmp_path, qtbot, name):
    estate.village_roll(desk.store, tmp_path, village_body)
    vote = estate.opened(desk.store, village_body, "village.reps", secret=True)
    sheet = SHEETS[name](desk, desk.ask(queries.motion, vote.motion))
    qtbot.addWidget(sheet)
    sheet.show()
    qtbot.waitExposed(sheet)
    labels = [label for label in sheet.findChildren(QLabel) if label.isVisible() and label.wordWrap()]
    assert [label.text() for label in labels if label.height() < label.heightForWidth(label.width())] == []
    lines = [line for line in sheet.findChildren(QLineEdit) if line.isVisible()]
    assert [line.text() for line in lines if line.height() < line.minimumSizeHint().height()] == []
