"""A matter under way, and a meeting called on it."""

from datetime import timedelta

import pytest

from consult_app.bodies.queries import venues
from consult_app.meetings import actions
from consult_app.meetings.actions import AgendaLine
from consult_app.proposals.actions import register
from consult_app.storage.store import Store
from tests.fixtures import SECRETARY, HandClock

EXPECTED = ("王一", "王二", "王三", "王四", "王五")


@pytest.fixture
def matter(store: Store, owners_body: int) -> int:
    """The number of a registered matter."""
    return store.do(
        SECRETARY,
        register,
        owners_body,
        title="3 号楼加装电梯",
        source="owner",
        proposer="王一",
        taken_down=False,
        affected_range="3 号楼全体住户",
        wish="老人上下楼不便，希望加装电梯。",
        venue_id=store.ask(venues, owners_body)[0].id,
    )


@pytest.fixture
def meeting(store: Store, clock: HandClock, matter: int) -> int:
    """The number of a meeting of five called for the next day."""
    return store.do(
        SECRETARY,
        actions.call,
        matter,
        title="3 号楼楼院议事会",
        place="社区活动室",
        starts_at=clock.now + timedelta(days=1),
        chair="王一",
        recorder="王二",
        expected=EXPECTED,
        agenda=(AgendaLine("说明情况", 10, "王一"), AgendaLine("自由讨论", 30)),
    )


@pytest.fixture
def running(store: Store, clock: HandClock, meeting: int) -> int:
    """The number of a meeting that runs."""
    clock.forward(days=1)
    store.do(SECRETARY, actions.open_meeting, meeting)
    return meeting
