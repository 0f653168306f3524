"""`consult audit recover` and `verify` on a played story, as a script meets them."""

from pathlib import Path

import pytest

from consult_app.app import open_app, system_clock
from consult_app.audit import medium
from consult_app.demo.player import Played, Stage, play
from consult_app.settings import settings
from consult_app.storage import journal
from tests.stories.program import answer, consult


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Played:
    """A story that has come to the open vote."""
    return play(tmp_path_factory.mktemp("story"), Stage.VOTING, 12, system_clock())


def test_recover_answers_in_json_what_it_found(story: Played) -> None:
    found = answer("--data", story.data, "--json", "audit", "recover")
    assert (found["ok"], [finding["part"] for finding in found["findings"]][:2]) == (True, ["数据库", "存证链"])


def test_recover_ends_with_2_when_the_journal_knows_of_a_lost_vote(story: Played, tmp_path: Path) -> None:
    head = answer("--data", story.data, "--json", "audit", "recover")["head"]
    assert len(head) == 64
    app_database = _first_digest(story)
    path = journal.path_of(tmp_path, app_database)
    tail = journal.begin(path, app_database)
    journal.append(path, tail, [journal.Line(10**6, "", "ballot.cast", "motion:1", "f" * 64, "0009", "手机")])
    done = consult("--data", story.data, "audit", "recover", "--journal", tmp_path, exit_code=2)
    assert "选票 0009" in done.stdout
    assert "重新投票" in done.stdout


def test_verify_still_passes_the_story(story: Played) -> None:
    assert answer("--data", story.data, "--json", "audit", "verify")["ok"] is True


def _first_digest(story: Played) -> str:
    app = open_app(settings(story.data))
    found = app.store.ask(medium.digests, [1])[1]
    app.close()
    return found
