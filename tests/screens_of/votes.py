"""表决: the list and one motion at every point, with made-up voters."""

from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QScrollArea, QWidget

from consult_app.voting import actions, queries
from consult_app.voting.credentials import grouped
from consult_app.voting.facts import MotionFacts
from consult_app.voting.secret_files import Secret, record_written
from tests.consult_app.voting import estate
from tests.consult_app.voting.estate import ABSTAIN, AGAINST, FOR, Vote
from tests.screens import Shot, Stage
from ui.dialogs.hand_count import HandVote
from ui.dialogs.issue_slips import IssueSlips
from ui.dialogs.motion import DraftMotion
from ui.dialogs.paper_entry import AssistedEntry, PaperEntry
from ui.dialogs.secret_box import CountPapers, DestroyFiles, DropStubs, MakeCards, OpenBox


def _estate(stage: Stage, units: int = 84) -> int:
    body = stage.body()
    estate.owners_roll(stage.store, Path(stage.app.settings.data), body, units)
    return body


def _opened(stage: Stage, units: int = 84) -> Vote:
    vote = estate.opened(stage.store, _estate(stage, units), "owners.ordinary", legal_mode="assisted")
    for number, slip in enumerate(vote.slips):
        if number % 5 < 4:
            stage.do(actions.hand_out, vote.motion, slip.human_code)
    for number in range(0, units * 3 // 5):
        stage.clock.forward(seconds=37 if units < 200 else 11)
        if number % 4 == 1:
            vote.paper(number, FOR, "计票人甲")
            vote.paper(number, FOR, "计票人乙")
        else:
            vote.cast(number, (FOR, FOR, AGAINST, FOR, ABSTAIN)[number % 5])
    vote.paper(0, AGAINST, "计票人甲")
    vote.paper(units - 1, FOR, "计票人甲")
    vote.paper(units - 1, AGAINST, "计票人乙")
    stage.do(actions.spoil, vote.motion, vote.slips[units - 2].human_code, "污损")
    return vote


def empty(stage: Stage) -> QWidget:
    stage.body()
    return stage.window("votes")


def votes(stage: Stage) -> QWidget:
    vote = _opened(stage, 12)
    estate.draft(stage.store, vote.body)
    return stage.window("votes")


def drafted(stage: Stage) -> QWidget:
    return stage.window("vote", id=estate.draft(stage.store, _estate(stage)))


def frozen(stage: Stage) -> QWidget:
    motion = estate.draft(stage.store, _estate(stage))
    stage.do(actions.freeze, motion)
    return stage.window("vote", id=motion)


def issued(stage: Stage) -> QWidget:
    return stage.window("vote", id=estate.issued(stage.store, _estate(stage)).motion)


def opened(stage: Stage) -> QWidget:
    return stage.window("vote", id=_opened(stage).motion)


def many(stage: Stage) -> QWidget:
    return stage.window("vote", id=_opened(stage, 1000).motion)


def closed(stage: Stage) -> QWidget:
    vote = _opened(stage)
    vote.close()
    return stage.window("vote", id=vote.motion)


def declared(stage: Stage) -> QWidget:
    vote = estate.opened(stage.store, _estate(stage), "owners.ordinary")
    for number in range(70):
        vote.cast(number, (FOR, FOR, AGAINST, FOR, ABSTAIN)[number % 5])
    stage.clock.forward(hours=2)
    vote.close()
    vote.declare()
    return stage.window("vote", id=vote.motion)


def draft_sheet(stage: Stage) -> DraftMotion:
    body = _estate(stage)
    sheet = DraftMotion(stage.desk, estate.matter(stage.store, body))
    sheet.form.fill(items="更换方案一还是方案二", legal_item=5, closes_at=stage.clock.now + timedelta(days=3))
    return sheet


CLAUSE = "第十二条　表决票送达后逾期未交回的，视为同意已表决的多数意见。"
WHY = "电梯更新费用只由1号楼业主分摊，其他楼栋不使用"


def draft_terms(stage: Stage) -> QWidget:
    sheet = draft_sheet(stage)
    sheet.form.fill(items="使用维修资金更新电梯。", scope="part", scope_parts=[("1", "")], scope_reason=WHY)
    sheet.form.fill(follow=True, follow_clause=CLAUSE, delivered=True)
    area = sheet.findChild(QScrollArea)
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    bar.rangeChanged.connect(lambda _least, most: bar.setValue(most))
    return sheet


def _followed(stage: Stage) -> Vote:
    """A vote of one building, where unreturned papers follow the majority."""
    vote = estate.opened(
        stage.store, _estate(stage), items=("使用维修资金更新电梯。",), scope=(("1", ""),), scope_reason=WHY,
        follow_clause=CLAUSE, warning_printed=True, legal_item="民法典第二百七十八条第一款第五项：使用建筑物及其附属设施的维修资金",
        rule_reason="动用已经筹集的维修资金", legal_mode="binding",
    )  # fmt: skip
    for slip in vote.slips:
        stage.do(actions.hand_out, vote.motion, slip.human_code)
    for number in range(len(vote.slips) * 3 // 5):
        vote.cast(number, FOR if number % 5 < 4 else AGAINST)
    stage.clock.forward(hours=2)
    return vote


def own_terms(stage: Stage) -> QWidget:
    return stage.window("vote", id=_followed(stage).motion)


def followed(stage: Stage) -> QWidget:
    vote = _followed(stage)
    vote.close()
    return stage.window("vote", id=vote.motion)


def issue_sheet(stage: Stage) -> QWidget:
    stage.body()
    return IssueSlips(stage.desk, 84)


def paper_sheet(stage: Stage) -> QWidget:
    vote = estate.opened(stage.store, _estate(stage), items=("同意筹集资金。", "同意委托业主委员会办理。"))
    sheet = PaperEntry(stage.desk, stage.store.ask(queries.motion, vote.motion))
    sheet.code.setText(vote.slips[0].human_code)
    return sheet


def assisted_sheet(stage: Stage) -> QWidget:
    """After a vote: the codes to compare."""
    vote = estate.opened(stage.store, _estate(stage), items=("同意筹集资金。", "同意委托业主委员会办理。"))
    sheet = AssistedEntry(stage.desk, stage.store.ask(queries.motion, vote.motion))
    sheet.form.fill(name="社区工作人员", witness="见证人", human_code=vote.slips[0].human_code)
    for group in sheet.rows.groups.values():
        group.buttons()[0].click()
    sheet.action_button.click()
    return sheet


def hand_sheet(stage: Stage) -> QWidget:
    vote = estate.opened(stage.store, _estate(stage))
    return HandVote(stage.desk, stage.store.ask(queries.motion, vote.motion))


def _secret(stage: Stage, state: str) -> tuple[Vote, tuple[str, ...]]:
    body = stage.body("village", "示范村村民会议")
    estate.village_roll(stage.store, Path(stage.app.settings.data), body, 24)
    items = ("同意方案一。", "同意委托村民委员会办理。")
    vote = estate.issued(stage.store, body, "village.reps", secret=True, items=items)
    cards = stage.do(actions.make_cards, vote.motion).codes
    if state != "issued":
        stage.do(actions.open_vote, vote.motion)
        for number in range(16):
            vote.cast(number, {"1": "for", "2": "against"})
        for slip in vote.slips[16:20]:
            stage.do(actions.box_paper, vote.motion, slip.human_code)
    if state == "closed":
        vote.close()
    return vote, cards


def secret_issued(stage: Stage) -> QWidget:
    return stage.window("vote", id=_secret(stage, "issued")[0].motion)


def secret_sealed(stage: Stage) -> QWidget:
    return stage.window("vote", id=_secret(stage, "closed")[0].motion)


def cards_sheet(stage: Stage) -> QWidget:
    vote, _ = _secret(stage, "issued")
    return MakeCards(stage.desk, stage.store.ask(queries.motion, vote.motion), True)


def _carded(stage: Stage) -> MotionFacts:
    """A vote whose cards lie in three files."""
    vote, _ = _secret(stage, "issued")
    paths = [stage.app.settings.data / f"U盘{number}" / f"监票人密钥卡 1 第{number}号.pdf" for number in (1, 2, 3)]
    for path in paths[:2]:  # the third stick was pulled
        path.parent.mkdir(exist_ok=True)
        path.touch()
    stage.do(record_written, vote.motion, Secret.CARDS, paths)
    return stage.store.ask(queries.motion, vote.motion)


def cards_lying(stage: Stage) -> QWidget:
    return stage.window("vote", id=_carded(stage).id)


def destroy_sheet(stage: Stage) -> QWidget:
    return DestroyFiles(stage.desk, _carded(stage), Secret.CARDS)


def box_sheet(stage: Stage) -> QWidget:
    vote, cards = _secret(stage, "closed")
    sheet = OpenBox(stage.desk, stage.store.ask(queries.motion, vote.motion))
    sheet.form.fill(cards=grouped(cards[0]), second=grouped(cards[0]))
    sheet.action_button.click()
    return sheet


def stub_sheet(stage: Stage) -> QWidget:
    vote, _ = _secret(stage, "open")
    sheet = DropStubs(stage.desk, stage.store.ask(queries.motion, vote.motion))
    sheet.code.setText(vote.slips[20].human_code)
    return sheet


def papers_sheet(stage: Stage) -> QWidget:
    vote, cards = _secret(stage, "closed")
    stage.do(actions.open_box, vote.motion, cards[:2])
    for teller, against in (("计票人甲", 1), ("计票人乙", 2)):
        row = {"for": 4 - against, "against": against}
        stage.do(actions.enter_paper_count, vote.motion, teller, 4, {"1": row, "2": row})
    return CountPapers(stage.desk, stage.store.ask(queries.motion, vote.motion))


SHOTS = (
    Shot("votes-empty", empty),
    Shot("votes-usual", votes),
    Shot("vote-drafted", drafted),
    Shot("vote-frozen", frozen),
    Shot("vote-issued", issued),
    Shot("vote-open", opened),
    Shot("vote-many", many),
    Shot("vote-closed", closed),
    Shot("vote-declared", declared),
    Shot("vote-sheet-draft", draft_sheet),
    Shot("vote-sheet-draft-terms", draft_terms),
    Shot("vote-own-terms", own_terms),
    Shot("vote-followed", followed),
    Shot("vote-sheet-issue", issue_sheet),
    Shot("vote-sheet-paper", paper_sheet),
    Shot("vote-sheet-assisted", assisted_sheet),
    Shot("vote-sheet-hand", hand_sheet),
    Shot("vote-secret-issued", secret_issued),
    Shot("vote-secret-sealed", secret_sealed),
    Shot("vote-sheet-cards", cards_sheet),
    Shot("vote-cards-lying", cards_lying),
    Shot("vote-sheet-destroy", destroy_sheet),
    Shot("vote-sheet-box", box_sheet),
    Shot("vote-sheet-stub", stub_sheet),
    Shot("vote-sheet-secret-papers", papers_sheet),
)
