"""An exported election is counted again from the tellers' sheets, by code that shares nothing with the first count."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult_app.recount.elections import Counted, Votes, decide
from consult_app.recount.recounting import recount
from consult_app.voting import exporting, rulebook
from consult_app.voting.election_count import ElectionCount, elected
from consult_app.voting.election_export import ElectionUntold
from consult_app.voting.rules import Weight
from tests.consult_app.voting.conftest import owners, village  # noqa: F401
from tests.consult_app.voting.test_electing import THREE, declared, papers, ready

BOOK = rulebook.load()
KINDS = ("village.election", "village.election.runoff", "urban.election.by_reps", "owners.committee_election")


def written(store, motion, folder):
    """The folder with the exported files of an election."""
    for name, content in store.ask(exporting.files, motion):
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def exported(store, village, tmp_path):  # noqa: F811
    """An election of two seats, one of them open, exported."""
    motion = ready(store, village, seats=2)
    declared(store, motion, papers(50, 30, 10, 2, voters=60, collected=59, invalid=3, names=(*THREE, "另选人丁")))
    return written(store, motion, tmp_path)


def test_both_counts_agree_on_an_election(exported):
    found = recount(exported)
    assert found.differences == ()
    assert found.found[-1] == "当选：候选人甲"


def test_an_owners_election_is_counted_again_by_both_measures(store, owners, tmp_path):  # noqa: F811
    motion = ready(store, owners, "owners.committee_election", seats=2, registered=None)
    votes = {"候选人甲": Weight(45000, 5), "候选人乙": Weight(40000, 5), "候选人丙": Weight(35000, 4)}
    declared(store, motion, ElectionCount(Weight(75600, 9), Weight(60000, 7), 7, 0, votes))
    assert recount(written(store, motion, tmp_path)).agrees


def test_a_recall_is_counted_again(store, village, tmp_path):  # noqa: F811
    motion = ready(store, village, "village.recall.vote", names=("主任甲",))
    declared(store, motion, papers(31, names=("主任甲",)))
    assert recount(written(store, motion, tmp_path)).found[-1] == "罢免：PASSED"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("候选人乙,是,30", "候选人乙,是,31", "没有两名计票人一致的计票单"),
        ("计票人乙", "计票人甲", "没有两名计票人一致的计票单"),
    ],
)
def test_a_changed_sheet_is_found(exported, old, new, says):
    path = exported / "sheets.csv"
    path.write_text(path.read_text("utf-8-sig").replace(old, new, 1 if "," in old else -1), "utf-8-sig")
    assert recount(exported).differences == (says,)


def test_a_changed_result_is_found_and_named(exported):
    path = exported / "motion.json"
    told = json.loads(path.read_text("utf-8"))
    told["result"]["verdict"]["elected"] = ["候选人乙"]
    told["result"]["votes"]["候选人乙"]["heads"] = 40
    path.write_text(json.dumps(told), "utf-8")
    assert recount(exported).differences == (
        "候选人乙得票：计票单为 30，原结果为 40", "当选：重新计票为 候选人甲，原结果为 候选人乙",
    )  # fmt: skip


def test_nothing_is_exported_before_the_result_is_declared(store, village):  # noqa: F811
    with pytest.raises(ElectionUntold):
        store.ask(exporting.files, ready(store, village))


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_both_counts_agree_on_any_sheet(data):
    """Whatever two tellers may lawfully enter, the two counters say the same."""
    rule = BOOK.rule(data.draw(st.sampled_from(KINDS)))
    registered = data.draw(st.integers(1, 40))
    voters = data.draw(st.integers(0, registered))
    collected = data.draw(st.integers(0, voters))
    seats = data.draw(st.integers(1, 3))
    heads = data.draw(st.lists(st.integers(0, collected), min_size=1, max_size=5))
    areas = data.draw(st.lists(st.integers(0, voters * 10), min_size=len(heads), max_size=len(heads)))
    votes = {f"候选人{place}": Weight(*pair) for place, pair in enumerate(zip(areas, heads, strict=True))}
    count = ElectionCount(Weight(registered * 10, registered), Weight(voters * 10, voters), collected, 0, votes)
    first = elected(rule, seats, count)
    if first.passed is None:
        return
    sheet = Counted(
        Votes(registered, registered * 10), Votes(voters, voters * 10), collected, 0,
        tuple((name, Votes(weight.heads, weight.area)) for name, weight in votes.items()),
    )  # fmt: skip
    second = decide(rule.to_dict(), seats, sheet)
    assert second.code == first.code
    assert sorted(second.elected) == sorted(first.facts["elected"])
    assert sorted(second.tied) == sorted(first.facts["tied"])
