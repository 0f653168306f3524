"""Made-up matters: registering, screening and walking one through its steps, for tests that need it at some step."""

from datetime import date
from typing import Any

from consult_app.bodies import queries as bodies
from consult_app.kernel.text import legal_day
from consult_app.proposals import actions, queries, records
from consult_app.proposals.queries import ArtefactFacts
from consult_app.storage.store import Store
from tests.fixtures import SECRETARY, HandClock


def registered(store: Store, body_id: int, **given: Any) -> int:
    """A freshly registered matter of a body."""
    facts: dict[str, Any] = {
        "title": "北门非机动车通道",
        "source": "resident",
        "proposer": "测试住户甲",
        "taken_down": True,
        "affected_range": "1至3幢",
        "wish": "增设非机动车通道，人车分开。",
        "venue_id": store.ask(bodies.venues, body_id)[1].id,
    }
    return store.do(SECRETARY, actions.register, body_id, **facts | given)


def screened(store: Store, proposal_id: int, **given: Any) -> None:
    """Settle how the matter is decided: by the owners' assembly unless said otherwise."""
    venue = store.ask(lambda db: records.matter(db, proposal_id).venue_id)
    facts: dict[str, Any] = {
        "venue_id": venue,
        "decision_body": "owners_assembly",
        "rule_id": "owners.ordinary",
        "item": "民法典第二百七十八条第一款第九项",
        "rule_reason": "涉及共有部分的管理",
        "participants": ["1至3幢业主", "物业服务人"],
        "timetable": {},
        "notice_days": 15,
        "flags": {},
    }
    store.do(SECRETARY, actions.screen, proposal_id, **facts | given)


def fulfil(store: Store, proposal_id: int, *but: str, most: int = 99) -> None:
    """Reach the milestones the present step still lacks, but those named, and at most so many."""
    for _ in range(most):
        codes = [code for code in lacking(store, proposal_id) if code not in but]
        if not codes:
            return
        counts: Any = {"expected": 30, "present": 20, "agreed": 10} if codes[0] == "party_meeting.recorded" else {}
        store.do(SECRETARY, actions.reach, proposal_id, codes[0], **counts)


def lacking(store: Store, proposal_id: int, today: date | None = None) -> list[str]:
    """The codes of the milestones the present step lacks, waits left out."""
    return [one.code for one in obstacles(store, proposal_id, today) if one.opens_on is None]


def obstacles(store: Store, proposal_id: int, today: date | None = None):
    """The obstacles of the present step, today unless said otherwise."""

    def found(db):
        row = records.matter(db, proposal_id)
        template = records.template(db, row)
        reached = records.standing(records.milestones(db, proposal_id), template)
        return records.obstacles(row, template, reached, today or legal_day(store.now()))

    return store.ask(found)


def paper(store: Store, proposal_id: int, code: str, today: date | None = None) -> ArtefactFacts:
    """One artefact of a matter."""
    found = store.ask(queries.proposal, proposal_id, today).artefact(code)
    assert found, code
    return found


def complete(store: Store, clock: HandClock, proposal_id: int) -> None:
    """Fulfil the present step, wait as long as it says, and complete it."""
    if "screening.recorded" in lacking(store, proposal_id):
        screened(store, proposal_id)
    fulfil(store, proposal_id)
    waits = [one.opens_on for one in obstacles(store, proposal_id) if one.opens_on]
    for opens in waits:
        clock.forward(days=max(0, (opens - legal_day(clock.now)).days))
    store.do(SECRETARY, actions.complete_step, proposal_id)


def walk_to(store: Store, clock: HandClock, proposal_id: int, step_code: str) -> None:
    """Complete steps until the named one is present."""
    for _ in range(10):
        if store.ask(lambda db: records.matter(db, proposal_id).step_code) == step_code:
            return
        complete(store, clock, proposal_id)
    raise AssertionError(f"never came to {step_code}")
