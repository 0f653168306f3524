"""Threat 14: roll, questions or rule are changed after opening. The pages name what was opened, and the chain tells the change."""

import sqlite3
from pathlib import Path

import pytest

from consult_app.app import App, open_app
from consult_app.audit import chain
from consult_app.settings import settings
from consult_app.voting import queries, recovery, witnessing
from tests.faults import hall
from tests.faults.hall import Pristine

CHANGES = {
    "question": ("update motion_item set text = '同意由物业公司筹集资金。'", "表决方案"),
    "rule": ("update motion set rule = replace(rule, '2/3', '1/3')", "表决方案"),
    "policy": ("update motion set duplicate_policy = 'paper_prevails'", "表决方案"),
    "voters": ("delete from elector where id = (select max(id) from elector)", "票权清册"),
    "area": ("update elector set area = area * 2 where id = 1", "票权清册"),
}


def change(data: Path, statement: str) -> None:
    """Change the file behind the program's back."""
    with sqlite3.connect(data / "consult.db") as database:
        assert database.execute(statement).rowcount > 0
    database.close()


@pytest.fixture
def opened(pristine: Pristine, tmp_path: Path) -> Path:
    """A data folder with the open vote."""
    return pristine.copy(tmp_path / "data")


def test_threat_14_every_page_and_the_opening_entry_name_the_frozen_plan(pristine: Pristine, opened: Path) -> None:
    app: App = open_app(settings(opened))
    motion = app.store.ask(queries.motion, pristine.motion)
    entry = app.store.ask(chain.newest, "motion.opened")
    app.close()
    assert entry
    assert entry.facts["plan"] == motion.plan_digest
    server = hall.serve(opened, hall.free_port())
    try:
        ballot = hall.look(server.port, pristine.tokens[0])
        receipt = hall.press(server.port, pristine.tokens[0])
        used = hall.look(server.port, pristine.tokens[0])
    finally:
        server.stop()
    assert len(motion.plan_check) >= 8
    assert all(motion.plan_check in page.text for page in (ballot, receipt, used))


@pytest.mark.parametrize("what", CHANGES)
def test_threat_14_what_was_changed_after_opening_is_named(opened: Path, what: str) -> None:
    statement, words = CHANGES[what]
    change(opened, statement)
    app = open_app(settings(opened))
    try:
        broken = app.store.ask(witnessing.verify).broken
        assert broken
        assert words in broken.reason
        assert app.store.ask(recovery.examine, None).weight is recovery.Weight.GRAVE
    finally:
        app.close()
