"""The sheets around a hall: a dispute for one voter, and the tablet's address with its PIN."""

from pathlib import Path

import pytest

from consult_app.documents import queries as documents
from consult_app.voting import queries
from tests.consult_app.papers import text_of
from tests.consult_app.voting import estate
from ui import outbox
from ui.dialogs.dispute import Dispute
from ui.dialogs.kiosk import Kiosk


@pytest.fixture
def vote(desk, owners_body):
    """An open vote of nine."""
    estate.owners_roll(desk.store, Path(desk.app.settings.data), owners_body)
    return estate.opened(desk.store, owners_body)


def test_the_dispute_sheet_of_a_room_is_printed(qtbot, desk, vote, monkeypatch):
    kept: list[bytes] = []
    monkeypatch.setattr(outbox, "put_out", lambda _desk, _name, content: kept.append(content))
    sheet = Dispute(desk, desk.ask(queries.motion, vote.motion))
    sheet.form.fill(who="1-1-201")
    sheet.action_button.click()
    qtbot.waitUntil(lambda: bool(kept), timeout=20_000)
    assert "业主02" in text_of(kept[0])
    (line,) = desk.ask(documents.documents, sheet.motion.proposal_id)
    assert desk.ask(documents.pdf, line.id) == kept[0]


def test_a_dispute_of_several_is_refused_beside_the_field(qtbot, desk, vote):
    sheet = Dispute(desk, desk.ask(queries.motion, vote.motion))
    sheet.form.fill(who="201")
    sheet.action_button.click()
    assert "3 人" in sheet.form.error_of("who")
    sheet.reject()


def test_the_tablets_sheet_shows_address_and_pin_of_a_running_server(qtbot, desk, vote):
    desk.server.start("127.0.0.1", 0)
    sheet = Kiosk(desk.server)
    qtbot.addWidget(sheet)
    assert sheet.pin.text().replace(" ", "") == desk.server.pin
    assert len(desk.server.pin) == 6


def test_without_a_server_the_tablets_sheet_says_so(qtbot, desk):
    sheet = Kiosk(desk.server)
    qtbot.addWidget(sheet)
    assert not hasattr(sheet, "pin")
