"""The dialogs that no other module draws, on the matter, notice, roll or vote that they are about."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from consult_app.documents import queries as documents
from consult_app.documents.roll_poster import print_poster
from consult_app.followup import queries as followup
from consult_app.followup.actions import assign
from consult_app.notices import queries as notices
from consult_app.notices.actions import receive_objection
from consult_app.proposals import queries as proposals
from consult_app.proposals.queries import ProposalFacts
from consult_app.rolls import queries as rolls
from consult_app.rolls import standing
from consult_app.rolls.actions import join_people
from consult_app.rolls.parting import keep_apart
from consult_app.voting import actions, local_rules, queries
from consult_app.voting.adopting import adopt_pack
from consult_app.voting.doubtful_list import CaseKind
from consult_app.voting.election_facts import election
from consult_app.voting.queries import MotionFacts
from tests.consult_app.proposals.matters import paper
from tests.consult_app.voting import estate
from tests.consult_app.voting.test_electing import draft as draft_election
from tests.consult_app.voting.test_proxying import give
from tests.fixtures import SECRETARY
from tests.screens import Shot, Stage
from tests.screens_of.document import noticed
from tests.screens_of.matter import at_step
from tests.screens_of.roll import _objections, _owners, _posted
from tests.ui.dialogs.test_motion import LOW
from ui.desk import Desk
from ui.dialogs.attachment import ShowAttachment
from ui.dialogs.change_matter import ChangeMatter
from ui.dialogs.close_out import CloseOut
from ui.dialogs.close_vote import CloseVote, Declare
from ui.dialogs.doubtful import SettleMajority
from ui.dialogs.election import ChangeElection
from ui.dialogs.end import End
from ui.dialogs.escalate import Escalate, HandDown
from ui.dialogs.hand_count import HandCount
from ui.dialogs.local_rules import Withdraw
from ui.dialogs.motion import ChangeMotion
from ui.dialogs.plan_notice import PlanNotice
from ui.dialogs.posting import AnswerObjection, Post, ReceiveObjection, TakeDown
from ui.dialogs.postpone import Postpone
from ui.dialogs.progress import ReportProgress
from ui.dialogs.proxy import RevokeProxy
from ui.dialogs.record_paper import RecordPaper
from ui.dialogs.reissue import Reissue
from ui.dialogs.review import FollowUpCall
from ui.dialogs.roll_amend import RenewSheet
from ui.dialogs.roll_join import AskAgainSheet, JoinSheet, SeparateSheet
from ui.dialogs.roll_publish import ObjectionSheet, PostSheet
from ui.dialogs.send_back import SendBack
from ui.dialogs.sign_ballots import SignBallots
from ui.dialogs.slip_acts import spoil_slip
from ui.dialogs.void_document import VoidDocument
from ui.dialogs.void_paper import VoidPaper
from ui.pages.meetings import ChooseMatter


def on_matter(make: Callable[[Desk, ProposalFacts], QDialog], step: str = "deliberate") -> Callable[[Stage], QWidget]:
    """A dialog on a matter at a step."""

    def draw(stage: Stage) -> QWidget:
        stage.kept = at_step(step)(stage)  # type: ignore[attr-defined]
        return make(stage.desk, stage.desk.ask(proposals.proposal, 1))

    return draw


def record_paper(desk: Desk, matter: ProposalFacts) -> QDialog:
    return RecordPaper(desk, matter, paper(desk.store, matter.id, "registration"))


def void_paper(desk: Desk, matter: ProposalFacts) -> QDialog:
    return VoidPaper(desk, matter, paper(desk.store, matter.id, "registration"))


def assigned(desk: Desk, matter: ProposalFacts) -> followup.WorkOrderFacts:
    """The work on the matter, in somebody's hands."""
    desk.do(
        assign,
        matter.id,
        unit="物业服务企业",
        responsible="示例负责人",
        task="加装电梯施工",
        due_on=desk.today,
        budget=0,
    )
    return desk.ask(followup.work_orders, matter.id)[0]


def on_notice(make: Callable[[Desk, notices.NoticeFacts], QDialog]) -> Callable[[Stage], QWidget]:
    """A dialog on a notice that hangs, with an objection to it."""

    def draw(stage: Stage) -> QWidget:
        noticed(stage.store, stage.clock, stage.body())
        stage.do(receive_objection, 1, name="示例业主甲", text="没有写明施工期间怎样通行。")
        return make(stage.desk, stage.desk.ask(notices.notice, 1, stage.desk.today))

    return draw


def post(desk: Desk, notice: notices.NoticeFacts) -> QDialog:
    return Post(desk, notice.document_id, notice.title, True)


def answer(desk: Desk, notice: notices.NoticeFacts) -> QDialog:
    return AnswerObjection(desk, notice.objections[0])


def on_roll(make: Callable[[Stage, int], QDialog]) -> Callable[[Stage], QWidget]:
    """A dialog on a roll that hangs, in which owners bear the same name."""

    def draw(stage: Stage) -> QWidget:
        roll = _owners(stage, "owners-estate", without_numbers=True)
        return make(stage, roll)

    return draw


def join(stage: Stage, roll: int) -> QDialog:
    return JoinSheet(stage.desk, stage.desk.ask(rolls.proposals, roll)[0])


def separate(stage: Stage, roll: int) -> QDialog:
    pair = stage.desk.ask(rolls.proposals, roll)[0]
    stage.do(join_people, pair.person, pair.same_as, "姓名相同；电话核实为同一人")
    return SeparateSheet(stage.desk, stage.desk.ask(rolls.joinings, roll)[0])


def ask_again(stage: Stage, roll: int) -> QDialog:
    pair = stage.desk.ask(rolls.proposals, roll)[0]
    stage.do(keep_apart, pair.person, pair.same_as, "两人分别到场出示证件")
    return AskAgainSheet(stage.desk, stage.desk.ask(rolls.partings, roll)[0])


def post_roll(stage: Stage, roll: int) -> QDialog:
    print_poster(stage.store, SECRETARY, roll, issuer="示范小区业主大会筹备组", contact="社区居委会")
    poster = stage.desk.ask(standing.poster, roll)
    assert poster is not None
    return PostSheet(stage.desk, poster)


def object_to_roll(stage: Stage, roll: int) -> QDialog:
    _objections(stage, _posted(stage, roll))
    return ObjectionSheet(stage.desk, stage.desk.ask(standing.notices, roll)[0], "1号楼1单元301")


def on_vote(make: Callable[[Desk, MotionFacts], QDialog], **more: Any) -> Callable[[Stage], QWidget]:
    """A dialog on an open vote with a mandate, in which one has voted."""

    def draw(stage: Stage) -> QWidget:
        body = stage.body()
        estate.owners_roll(stage.store, Path(stage.app.settings.data), body)
        vote = estate.opened(stage.store, body, **more)
        give(vote, 1, "亲属甲", relation="子女")
        vote.cast(0)
        return make(stage.desk, stage.desk.ask(queries.motion, vote.motion))

    return draw


def change_motion(stage: Stage) -> QWidget:
    body = stage.body()
    estate.owners_roll(stage.store, Path(stage.app.settings.data), body)
    return ChangeMotion(stage.desk, stage.desk.ask(queries.motion, estate.draft(stage.store, body)))


def revoke(desk: Desk, motion: MotionFacts) -> QDialog:
    return RevokeProxy(desk, desk.ask(queries.proxies, motion.id)[0])


def spoil(desk: Desk, motion: MotionFacts) -> QDialog:
    parent = QWidget()
    sheet = spoil_slip(desk, motion.id, "", parent)
    sheet.setParent(None, sheet.windowFlags())
    return sheet


def settle_majority(stage: Stage) -> QWidget:
    """As many for as against: the unreturned slips have no majority to follow."""
    body = stage.body()
    estate.owners_roll(stage.store, Path(stage.app.settings.data), body)
    clause = "第十二条　表决票送达后逾期未交回的，视为同意已表决的多数意见。"
    vote = estate.opened(stage.store, body, follow_clause=clause, warning_printed=True)
    for slip in vote.slips:
        stage.do(actions.hand_out, vote.motion, slip.human_code)
    vote.cast(0, estate.FOR)
    vote.cast(1, estate.AGAINST)
    vote.close()
    case = next(one for one in stage.desk.ask(queries.doubtful_ballots, vote.motion) if one.kind is CaseKind.MAJORITY)
    return SettleMajority(stage.desk, stage.desk.ask(queries.motion, vote.motion), case)


def change_election(stage: Stage) -> QWidget:
    body = stage.body("village", "示范村村民委员会")
    estate.village_roll(stage.store, Path(stage.app.settings.data), body, 28)
    return ChangeElection(stage.desk, stage.desk.ask(election, draft_election(stage.store, body)))


def withdraw(stage: Stage) -> QWidget:
    stage.body()
    stage.do(adopt_pack, "示范市.toml", LOW.encode())
    return Withdraw(stage.desk, stage.desk.ask(local_rules.packs)[0])


SHOTS = (
    Shot("sheet-choose-matter", on_matter(lambda desk, _: ChooseMatter(desk, lambda _id: None))),
    Shot("sheet-change-matter", on_matter(ChangeMatter, "propose")),
    Shot("sheet-end", on_matter(End)),
    Shot("sheet-escalate", on_matter(Escalate)),
    Shot("sheet-hand-down", on_matter(HandDown)),
    Shot("sheet-send-back", on_matter(SendBack)),
    Shot("sheet-postpone", on_matter(Postpone, "implement")),
    Shot("sheet-progress", on_matter(lambda desk, matter: ReportProgress(desk, assigned(desk, matter)), "implement")),
    Shot("sheet-close-out", on_matter(lambda desk, matter: CloseOut(desk, assigned(desk, matter)), "implement")),
    Shot("sheet-follow-up", on_matter(FollowUpCall, "review")),
    Shot("sheet-plan-notice", on_matter(lambda desk, matter: PlanNotice(desk, matter, lambda _id: None))),
    Shot("sheet-record-paper", on_matter(record_paper)),
    Shot("sheet-void-paper", on_matter(void_paper)),
    Shot("sheet-post", on_notice(post)),
    Shot("sheet-take-down", on_notice(TakeDown)),
    Shot("sheet-objection", on_notice(ReceiveObjection)),
    Shot("sheet-answer", on_notice(answer)),
    Shot("sheet-attachment", on_notice(lambda desk, _: ShowAttachment(desk, 1))),
    Shot(
        "sheet-void-document",
        on_notice(lambda desk, notice: VoidDocument(desk, desk.ask(documents.document, notice.document_id).line)),
    ),
    Shot("roll-sheet-join", on_roll(join)),
    Shot("roll-sheet-separate", on_roll(separate)),
    Shot("roll-sheet-ask-again", on_roll(ask_again)),
    Shot("roll-sheet-post", on_roll(post_roll)),
    Shot("roll-sheet-objection", on_roll(object_to_roll)),
    Shot("roll-sheet-renew", on_roll(lambda stage, roll: RenewSheet(stage.desk, roll, 3))),
    Shot("vote-sheet-change", change_motion),
    Shot("vote-sheet-close", on_vote(lambda desk, motion: CloseVote(desk, motion, True))),
    Shot("vote-sheet-declare", on_vote(Declare)),
    Shot("vote-sheet-hand-count", on_vote(HandCount)),
    Shot("vote-sheet-sign", on_vote(SignBallots, legal_mode="assisted")),
    Shot("vote-sheet-reissue", on_vote(lambda desk, motion: Reissue(desk, motion.id))),
    Shot("vote-sheet-revoke", on_vote(revoke)),
    Shot("vote-sheet-majority", settle_majority),
    Shot("vote-sheet-spoil", on_vote(spoil)),
    Shot("election-sheet-change", change_election),
    Shot("dialog-withdraw-rules", withdraw),
)
