"""`consult election`: all that the window can do with an election, and its export counted again."""

import json

import pytest

from consult_app.settings import Settings
from consult_app.storage.store import Store
from tests.consult_app.cli.test_main import consult
from tests.consult_app.voting import estate


@pytest.fixture
def run(folder: Settings, store: Store, village_body, tmp_path):
    """Runs `consult election` on a village with a matter; gives the answer, or the line it was refused with."""
    estate.village_roll(store, tmp_path, village_body)
    assert estate.matter(store, village_body, "村民委员会换届选举") == PROPOSAL

    def ran(*words: str, refused: bool = False):
        done = consult("--data", str(folder.data), "--json", *words)
        assert (done.returncode, bool(done.stderr)) == ((2, True) if refused else (0, False)), done.stderr
        return done.stderr if refused else json.loads(done.stdout)

    return ran


PROPOSAL = 1
TIME = ("--on", "2026-11-22", "--closes", "2036-11-22 18:00")
TWO = ("--first", "监票人甲", "--second", "监票人乙")
DRAFT = ("--title", "选举村民委员会主任", "--rule", "village.election", *TIME)


def entered(run, id, teller, votes, *more, refused=False):
    given = [part for name, number in zip("甲乙", votes, strict=True) for part in ("--vote", f"候选人{name}={number}")]
    return run("election", "enter", id, "--teller", teller, "--voters", "60", *given, *more, refused=refused)


def test_an_election_is_held_by_commands_alone(run, tmp_path):
    names = ("--candidate", "候选人甲", "--candidate", "候选人乙")
    id = str(run("election", "draft", "--proposal", str(PROPOSAL), *DRAFT, *names)["election"])
    assert "候选人乙" in run("election", "freeze", id, "--registered", "100", refused=True)
    run("election", "consent", id, *names, "--by", "党组织推荐")
    assert run("election", "freeze", id, "--registered", "100")["registered"] == 100
    run("election", "open", id)
    run("election", "close", id, *TWO)
    assert "选举无效" in entered(run, id, "计票人甲", (31, 29), "--collected", "61", refused=True)
    assert entered(run, id, "计票人甲", (30, 29), "--collected", "60")["entered"] == "waiting"
    second = entered(run, id, "计票人乙", (30, 28), "--collected", "60")
    assert second["differences"] == [{"field": "候选人乙得票", "first": "29 票", "second": "28 票"}]
    entered(run, id, "计票人乙", (30, 29), "--collected", "60")
    told = run("election", "declare", id)
    assert (told["verdict"]["code"], told["outcome"][:5]) == ("RUNOFF_REQUIRED", "没有人当选")
    out = tmp_path / "导出"
    assert run("motion", "export", id, "--out", str(out))["files"] == ["motion.json", "sheets.csv"]
    assert run("recount", str(out))["agrees"] is True
    again = run("election", "again", id, *TIME)
    assert run("election", "show", str(again["election"]))["rule"] == "village.election.runoff"


def test_a_void_election_is_annulled_and_held_again(run):
    names = ("--candidate", "候选人甲", "--candidate", "候选人乙")
    id = str(run("election", "draft", "--proposal", str(PROPOSAL), *DRAFT, *names)["election"])
    run("election", "consent", id, *names, "--by", "选民推荐")
    assert run("election", "freeze", id)["registered"] == 6
    run("election", "open", id)
    assert run("election", "annul", id, "--reason", "票箱损坏", *TWO)["state"] == "void"
    assert run("election", "again", id, *TIME)["follows"] == int(id)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("draft", *DRAFT, "--candidate", "候选人甲"), "候选人应当多于应选名额"),
        (("show", "99"), "99"),
    ],
)
def test_what_cannot_be_is_one_line(run, words, says):
    more = ("--proposal", str(PROPOSAL)) if words[0] == "draft" else ()
    assert says in run("election", *words, *more, refused=True)
