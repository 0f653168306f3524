"""首页: empty, with a body only, usual, many."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from consult_app.bodies.queries import venues
from consult_app.meetings.actions import AgendaLine, call
from consult_app.proposals.actions import complete_step, reach, register
from tests.consult_app.voting import estate
from tests.screens import Shot, Stage

TITLES = (
    "加装电梯资金筹集方案",
    "三号楼前停车位重新划线",
    "垃圾分类点位调整",
    "地下车库照明改造",
    "小区北门非机动车通道",
    "居民公约修订（第三条）",
    "楼道堆物专项整治",
    "儿童活动区地垫更换",
)


def matters(stage: Stage, count: int) -> None:
    """A body with `count` matters registered over some weeks; every other has gone on to the second step."""
    body_id = stage.body()
    venue = stage.store.ask(venues, body_id)[1]
    now = stage.clock.now
    for place in range(count):
        stage.clock.now = now
        stage.clock.forward(days=-(count - place) * 20 // count)
        title = TITLES[place % len(TITLES)] + ("" if place < len(TITLES) else f"（第 {place // len(TITLES) + 1} 期）")
        proposal_id = _registered(stage, body_id, venue.id, title)
        if place % 2 == 0:
            _gone_on(stage, proposal_id)
    stage.clock.now = now


def _registered(stage: Stage, body_id: int, venue_id: int, title: str) -> int:
    found: int = stage.do(
        register,
        body_id,
        title=title,
        source="resident",
        proposer="示例居民",
        taken_down=False,
        affected_range="全小区",
        wish="请居委会组织商量。",
        venue_id=venue_id,
    )
    return found


def _gone_on(stage: Stage, proposal_id: int) -> None:
    for code in ("registration.recorded", "registration.signed"):
        stage.do(reach, proposal_id, code)
    stage.do(complete_step, proposal_id)


_DUE_SOON = ((7, 1), (4, 0), (7, 1), (11, 1), (6, 1), (3, 0), (3, 1), (0, 0))
"""For each title: how many days ago it was registered, and whether it has gone on to the second step."""


def due_soon(stage: Stage) -> QWidget:
    """An ordinary morning: some things for today, one late, the rest under way, a meeting and a vote ahead."""
    body_id = stage.body()
    venue = stage.store.ask(venues, body_id)[1]
    stage.clock.forward(days=1)  # a Monday
    now = stage.clock.now
    for title, (days, gone_on) in zip(TITLES, _DUE_SOON, strict=True):
        stage.clock.now = now
        stage.clock.forward(days=-days)
        proposal_id = _registered(stage, body_id, venue.id, title)
        if gone_on:
            _gone_on(stage, proposal_id)
    stage.clock.now = now
    _ahead(stage)
    return stage.window("home")


def _ahead(stage: Stage) -> None:
    """A vote under way and two meetings in the days to come."""
    body_id = stage.desk.body_id
    assert body_id is not None
    estate.owners_roll(stage.store, stage.app.settings.data, body_id)
    estate.opened(stage.store, body_id, closes_at=stage.clock.now + timedelta(days=5, hours=3))
    for days, title in ((2, "第三网格议事会　第一次会议"), (6, "楼院议事会　第二次会议")):
        held = dict.fromkeys(("chair", "recorder"), "示例居民")
        starts = stage.clock.now + timedelta(days=days)
        agenda = [AgendaLine("讨论", 30)]
        stage.do(call, 1, title=title, place="社区活动室", starts_at=starts, expected=(), agenda=agenda, **held)


def empty(stage: Stage) -> QWidget:
    return stage.window("home")


def with_body(stage: Stage) -> QWidget:
    stage.body()
    return stage.window("home")


def usual(stage: Stage) -> QWidget:
    matters(stage, 8)
    _ahead(stage)
    return stage.window("home")


def many(stage: Stage) -> QWidget:
    matters(stage, 120)
    return stage.window("home")


SHOTS = (Shot("home-empty", empty), Shot("home-body", with_body), Shot("home-usual", usual), Shot("home-many", many))
