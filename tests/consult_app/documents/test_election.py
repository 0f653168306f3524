"""Papers of an election say who is elected by what, never more than the law publishes, and never ask for a telephone."""

from datetime import timedelta

import pytest

from consult_app.bodies.rules import BodyKind
from consult_app.documents import drafting, gather
from consult_app.documents.election import election_notice, election_sheet
from consult_app.documents.queries import document
from consult_app.voting import queries
from consult_app.voting.election_count import ElectionCount
from consult_app.voting.election_facts import election
from consult_app.voting.rules import Weight
from tests.consult_app.voting.conftest import owners, village  # noqa: F401
from tests.consult_app.voting.estate import DAY, SECRETARY
from tests.consult_app.voting.test_electing import THREE, declared, papers, ready


def words(store, document_id):
    """All that a drafted document prints."""
    return "\n".join(store.ask(document, document_id).content.texts())


@pytest.fixture
def partly(store, village):  # noqa: F811
    """Two seats, one filled: the other is voted again."""
    motion = ready(store, village, seats=2)
    declared(store, motion, papers(50, 30, 10, 2, voters=60, collected=59, invalid=3, names=(*THREE, "另选人丁")))
    return motion


def test_the_count_sheet_holds_every_figure(store, partly):
    said = words(store, store.do(SECRETARY, drafting.draft_count_sheet, partly))
    for part in (
        "100 人",
        "60 人",
        "59 张",
        "56 张",
        "3 张",
        "83.33%",
        "另选人丁（另选他人）",
        "至少 31 票",
        "计票人甲",
    ):
        assert part in said
    assert "下列 1 人当选：候选人甲。" in said
    assert "尚缺 1 名，依法另行选举。" in said


def test_the_notice_publishes_the_result_under_its_article(store, partly):
    proposal = store.ask(queries.motion, partly).proposal_id
    said = words(store, store.do(SECRETARY, drafting.draft_result_notice, proposal, partly))
    assert "《村民委员会组织法》第十八条" in said
    assert "废票计入选票总数" in said
    assert "计票人甲" not in said


def test_the_minutes_are_the_bodys_own_kind(store, partly, owners):  # noqa: F811
    drafted = store.ask(document, store.do(SECRETARY, drafting.draft_election_minutes, partly))
    assert drafted.line.kind == "minutes"
    motion = ready(store, owners, "owners.committee_election", seats=2, registered=None)
    votes = {"候选人甲": Weight(45000, 5), "候选人乙": Weight(40000, 5), "候选人丙": Weight(35000, 4)}
    declared(store, motion, ElectionCount(Weight(75600, 9), Weight(60000, 7), 7, 0, votes))
    found = store.ask(document, store.do(SECRETARY, drafting.draft_owners_minutes, motion))
    assert found.line.kind == "owners_minutes"
    said = "\n".join(found.content.texts())
    assert "依次为候补：候选人丙。" in said
    assert "450.00" in said


def test_nothing_is_written_before_the_result_is_declared(store, village):  # noqa: F811
    motion = ready(store, village)
    with pytest.raises(gather.ElectionUndeclared):
        store.do(SECRETARY, drafting.draft_count_sheet, motion)


def test_the_call_asks_for_secret_paper_and_no_telephone(store, village):  # noqa: F811
    """村民委员会组织法18: 无记名投票, 秘密写票处, 每一村民接受委托不得超过三人."""
    motion = ready(store, village)
    proposal = store.ask(queries.motion, motion).proposal_id
    drafted = store.do(
        SECRETARY, drafting.draft_meeting_notice, proposal, place="村委会大院", motion_id=motion,
        starts_at=store.now() + timedelta(days=12),
    )  # fmt: skip
    said = words(store, drafted)
    assert "设秘密写票处" in said
    assert "每人接受委托不得超过三人，候选人不得接受委托" in said
    assert "手机扫描" not in said


def test_a_tie_a_failure_and_a_recall_are_said_for_what_they_are(store, village):  # noqa: F811
    tied = ready(store, village, seats=2)
    declared(store, tied, papers(50, 35, 35))
    assert "候选人乙、候选人丙票数相同" in "\n".join(sheet(store, tied))
    failed = ready(store, village)
    declared(store, failed, papers(40, 10, 0, voters=50, collected=50))
    assert "本次选举无效：参加投票未达到法定比例，投票无效。" in "\n".join(sheet(store, failed))
    recall = ready(store, village, "village.recall.vote", names=("主任甲",))
    declared(store, recall, papers(30, names=("主任甲",)))
    assert "罢免主任甲未获通过：同意未达到法定比例。" in "\n".join(sheet(store, recall))


def sheet(store, motion):
    """The texts of a count sheet and of the notice, not stored."""
    facts = store.ask(election, motion)
    matter = store.ask(gather.matter, facts.motion.proposal_id)
    assert matter.kind is BodyKind.VILLAGE
    return (*election_sheet(matter, facts).texts(), *election_notice(matter, facts, day=DAY).texts())
