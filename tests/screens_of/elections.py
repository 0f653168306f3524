"""选举: one election at every point, a tie, a void one, a recall, and its dialogs; made-up voters."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from consult_app.voting import actions, queries
from consult_app.voting.election_count import ElectionCount
from consult_app.voting.election_facts import election
from consult_app.voting.rules import Weight
from tests.consult_app.voting import estate
from tests.consult_app.voting.test_electing import REGISTERED, THREE, declared, draft, enter, papers, ready
from tests.consult_app.voting.test_proxying import SCAN
from tests.screens import Shot, Stage
from ui.dialogs.election import Annul, Consent, DraftElection, FixVoters, VoteAgain
from ui.dialogs.election_sheet import ElectionSheet

FIVE = (*THREE, "候选人丁", "候选人戊")


def _village(stage: Stage) -> int:
    body = stage.body("village", "示范村村民委员会")
    estate.village_roll(stage.store, Path(stage.app.settings.data), body, 28)
    return body


def _estate(stage: Stage) -> int:
    body = stage.body()
    estate.owners_roll(stage.store, Path(stage.app.settings.data), body)
    return body


def _declared(stage: Stage, *votes: int, seats: int = 3, names: tuple[str, ...] = FIVE, **more: int) -> int:
    motion = ready(stage.store, _village(stage), names=names, seats=seats)
    declared(stage.store, motion, papers(*votes, names=names, **more))
    return motion


def drafted(stage: Stage) -> QWidget:
    motion = draft(stage.store, _village(stage), names=FIVE, seats=3)
    for name in FIVE[:2]:
        stage.do(actions.record_consent, motion, name, nominated_by="党组织推荐", consent="签署同意书")
    return stage.window("election", id=motion)


def frozen(stage: Stage) -> QWidget:
    motion = draft(stage.store, _village(stage), names=THREE)
    for name in THREE:
        stage.do(actions.record_consent, motion, name, nominated_by="选民（居民、村民）推荐", consent="签署同意书")
    stage.do(actions.freeze_election, motion, REGISTERED)
    return stage.window("election", id=motion)


def mandates(stage: Stage) -> QWidget:
    motion = draft(stage.store, _village(stage), names=("村民01", "村民02"))
    for name in ("村民01", "村民02"):
        stage.do(actions.record_consent, motion, name, nominated_by="党组织推荐", consent="签署同意书")
    stage.do(actions.freeze_election, motion)
    voters = [line.id for line in stage.store.ask(queries.electors, motion)]
    for principal in voters[4:7]:
        stage.do(
            actions.register_proxy, motion, principal, agent="村民08", agent_elector_id=voters[7],
            authority="代为投票", property_staff=False, relation="兄弟姐妹", document=SCAN,
        )  # fmt: skip
    stage.do(actions.open_election, motion)
    return stage.window("election", id=motion)


def counting(stage: Stage) -> QWidget:
    motion = ready(stage.store, _village(stage), names=FIVE, seats=3)
    enter(stage.store, motion, papers(50, 40, 31, 20, 9, names=FIVE), "计票人甲")
    return stage.window("election", id=motion)


def differing(stage: Stage) -> QWidget:
    motion = ready(stage.store, _village(stage), names=FIVE, seats=3)
    enter(stage.store, motion, papers(50, 40, 31, 20, 9, names=FIVE), "计票人甲")
    enter(stage.store, motion, papers(50, 40, 30, 21, 9, invalid=1, names=FIVE), "计票人乙")
    return stage.window("election", id=motion)


def won(stage: Stage) -> QWidget:
    return stage.window("election", id=_declared(stage, 50, 40, 32, 20, 9, invalid=2, collected=59))


def runoff(stage: Stage) -> QWidget:
    names = (*FIVE, "另选人己")
    motion = ready(stage.store, _village(stage), names=FIVE, seats=3)
    declared(stage.store, motion, papers(50, 40, 30, 20, 9, 2, names=names))
    return stage.window("election", id=motion)


def tied(stage: Stage) -> QWidget:
    return stage.window("election", id=_declared(stage, 50, 35, 35, seats=2, names=THREE))


def failed(stage: Stage) -> QWidget:
    return stage.window("election", id=_declared(stage, 40, 10, 0, seats=1, names=THREE, voters=50, collected=50))


def void(stage: Stage) -> QWidget:
    motion = ready(stage.store, _village(stage))
    reason = "收回选票 64 张，多于参加投票的 60 人，重新清点后仍不一致。"
    stage.do(actions.annul_election, motion, reason, "监票人甲", "监票人乙")
    return stage.window("election", id=motion)


def committee(stage: Stage) -> QWidget:
    motion = ready(stage.store, _estate(stage), "owners.committee_election", seats=2, registered=None)
    votes = {"候选人甲": Weight(45000, 5), "候选人乙": Weight(40000, 5), "候选人丙": Weight(35000, 4)}
    declared(stage.store, motion, ElectionCount(Weight(75600, 9), Weight(60000, 7), 7, 0, votes))
    return stage.window("election", id=motion)


def recall(stage: Stage) -> QWidget:
    motion = ready(stage.store, _village(stage), "village.recall.vote", names=("主任甲",))
    declared(stage.store, motion, papers(31, names=("主任甲",)))
    return stage.window("election", id=motion)


def draft_sheet(stage: Stage) -> QWidget:
    body = _village(stage)
    sheet = DraftElection(stage.desk, estate.matter(stage.store, body, "村民委员会换届选举"))
    sheet.form.fill(title="选举村民委员会委员", candidates="候选人甲\n候选人乙\n候选人丙", seats=3)
    return sheet


def consent_sheet(stage: Stage) -> QWidget:
    facts = stage.store.ask(election, draft(stage.store, _village(stage)))
    return Consent(stage.desk, facts, facts.candidates[0])


def voters_sheet(stage: Stage) -> QWidget:
    return FixVoters(stage.desk, stage.store.ask(election, draft(stage.store, _village(stage))))


def tally_sheet(stage: Stage) -> QWidget:
    sheet = ElectionSheet(
        stage.desk, stage.store.ask(election, ready(stage.store, _village(stage), names=FIVE, seats=3))
    )
    sheet.form.fill(voters=60, collected=59, invalid=3)
    next(iter(sheet.grid.heads.values())).setValue(50)
    return sheet


def owners_tally_sheet(stage: Stage) -> QWidget:
    motion = ready(stage.store, _estate(stage), "owners.committee_election", seats=2, registered=None)
    return ElectionSheet(stage.desk, stage.store.ask(election, motion))


def again_sheet(stage: Stage) -> QWidget:
    return VoteAgain(stage.desk, stage.store.ask(election, _declared(stage, 50, 40, 30, 20, 9)))


def annul_sheet(stage: Stage) -> QWidget:
    return Annul(stage.desk, stage.store.ask(election, ready(stage.store, _village(stage))))


SHOTS = (
    Shot("election-drafted", drafted),
    Shot("election-frozen", frozen),
    Shot("election-mandates", mandates),
    Shot("election-counting", counting),
    Shot("election-differing", differing),
    Shot("election-won", won),
    Shot("election-runoff", runoff),
    Shot("election-tied", tied),
    Shot("election-failed", failed),
    Shot("election-void", void),
    Shot("election-committee", committee),
    Shot("election-recall", recall),
    Shot("election-sheet-draft", draft_sheet),
    Shot("election-sheet-consent", consent_sheet),
    Shot("election-sheet-voters", voters_sheet),
    Shot("election-sheet-tally", tally_sheet),
    Shot("election-sheet-tally-owners", owners_tally_sheet),
    Shot("election-sheet-again", again_sheet),
    Shot("election-sheet-annul", annul_sheet),
)
