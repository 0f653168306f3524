"""What a vote's page shows of every slip and room comes in pieces, and is the same as at once."""

from dataclasses import replace

import pytest

from consult_app.voting import queries
from consult_app.voting.choices import MotionState
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import FOR
from ui.pages.vote import large


@pytest.fixture
def vote(store, owners_body, tmp_path):
    """An open vote of nine flats in three buildings."""
    estate.owners_roll(store, tmp_path, owners_body)
    return estate.opened(store, owners_body)


@pytest.mark.parametrize("piece", [1, 2, 4, 9, 200])
def test_pieces_of_any_size_come_to_the_same(store, vote, monkeypatch, piece):
    vote.cast(3, FOR)
    motion = store.ask(queries.motion, vote.motion)
    at_once = large.whole(store, motion)
    monkeypatch.setattr(large, "PIECE", piece)
    assert large.whole(store, motion) == at_once
    assert len(at_once.slips) == 9
    assert at_once.slips[0].serial == vote.slips[3].serial
    cells = [cell for building in at_once.buildings for floor in building.floors for cell in floor if cell]
    assert sum(cell.state == "voted" for cell in cells) == 1
    assert len({cell.key for cell in cells}) == 9


def test_voters_without_a_slip_have_their_rooms(store, vote, monkeypatch):
    motion = store.ask(queries.motion, vote.motion)
    monkeypatch.setattr(large, "PIECE", 2)
    monkeypatch.setattr(large, "_slips", lambda *_: iter(()))
    found = large.whole(store, motion)
    assert found.slips == []
    assert sum(cell is not None for building in found.buildings for floor in building.floors for cell in floor) == 9


def test_a_motion_without_slips_has_nothing_large(store, vote):
    motion = replace(store.ask(queries.motion, vote.motion), state=MotionState.FROZEN, opened_at=None)
    assert large.whole(store, motion) == large.Large((), (), [], [])


def test_a_vote_that_comes_while_the_log_is_read_is_read_afterwards(qtbot, window, desk, vote, monkeypatch):
    monkeypatch.setattr(large, "PIECE", 1)
    monkeypatch.setattr(large, "SLICE", 0)  # one piece a turn
    monkeypatch.setattr(large, "SETTLE", 1)
    desk.turn_to(vote.body)
    window.go("vote", id=vote.motion)
    shown = window.page()
    vote.cast(0, FOR)
    desk.look()
    qtbot.waitUntil(lambda: shown.reading.is_reading)
    vote.cast(8, FOR)
    desk.look()
    qtbot.waitUntil(lambda: [slip.serial for slip in shown.slips.table.rows.shown if slip.channel] == ["0009", "0001"])
