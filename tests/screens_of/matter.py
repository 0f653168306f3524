"""议题: one matter at its steps, an earlier step read, ended; and the sheets it opens."""

from collections.abc import Callable

from PySide6.QtWidgets import QApplication, QDialog, QWidget

from consult_app.documents.drafting import draft_meeting_notice
from consult_app.kernel.text import legal_day
from tests.consult_app.proposals.matters import complete, fulfil, lacking, registered, screened, walk_to
from tests.screens import Shot, Stage
from ui.dialogs.document_edit import DocumentEdit
from ui.dialogs.screening import Screening

TITLE = "加装电梯资金筹集方案"


def at_step(step: str, prepare: Callable[[Stage, int], object] = lambda stage, id: None) -> Callable[[Stage], QWidget]:
    """The window with a matter at a step, after something was done to it."""

    def draw(stage: Stage) -> QWidget:
        body_id = stage.body()
        stage.clock.forward(days=-40)
        id = registered(
            stage.store, body_id, title=TITLE, wish="三号楼住户多为老人，希望加装电梯。", proposer="示例业主"
        )
        walk_to(stage.store, stage.clock, id, step)
        prepare(stage, id)
        return stage.window("matter", id=id)

    return draw


def sheet(step: str, code: str) -> Callable[[Stage], QWidget]:
    """The sheet that the button of an artefact opens at a step."""

    def draw(stage: Stage) -> QWidget:
        window = at_step(step)(stage)
        page = window.page()  # type: ignore[attr-defined]
        page.cards.cards[code].button.click()
        opened = page.bench.sheet
        assert isinstance(opened, QDialog)
        opened.setParent(None, opened.windowFlags())
        stage.kept = window  # type: ignore[attr-defined]
        return opened

    return draw


def chosen_rule(stage: Stage) -> QWidget:
    opened = sheet("screen", "screening")(stage)
    assert isinstance(opened, Screening)
    opened.form.fill(decision_body="owners_assembly", item=6, participants="三号楼全体业主\n物业服务人")
    opened.form.fill(rule_reason="本次为新增设施筹集资金，不是使用已有维修资金。")
    return opened


def draft(stage: Stage) -> QWidget:
    """The notice of a meeting, drafted and drawn."""
    window = at_step("screen", screened_only)(stage)
    page = window.page()  # type: ignore[attr-defined]
    id = stage.do(draft_meeting_notice, page.id, place="社区议事厅", starts_at=stage.clock.now)
    opened = DocumentEdit(stage.desk, id)
    opened.resize(1240, 760)
    while not opened.view.pdf:
        QApplication.processEvents()
    stage.kept = window  # type: ignore[attr-defined]
    return opened


def screened_only(stage: Stage, id: int) -> None:
    screened(stage.store, id)


def nearly(stage: Stage, id: int) -> None:
    fulfil(stage.store, id, "opinion.signed")


def notice_waits(stage: Stage, id: int) -> None:
    screened(stage.store, id)
    fulfil(stage.store, id)
    assert not lacking(stage.store, id, legal_day(stage.clock.now))


def sent_back(stage: Stage, id: int) -> None:
    from consult_app.proposals.actions import send_back

    nearly(stage, id)
    stage.do(send_back, id, "screen", "公告后表决内容有改动，须重新公告")


def ready(stage: Stage, id: int) -> None:
    fulfil(stage.store, id)


def earlier(stage: Stage) -> QWidget:
    window = at_step("decide")(stage)
    page = window.page()  # type: ignore[attr-defined]
    page.track.chosen.emit(1)
    return window


def ended(stage: Stage) -> QWidget:
    def finish(stage: Stage, id: int) -> None:
        complete(stage.store, stage.clock, id)

    return at_step("review", finish)(stage)


SHOTS = (
    Shot("matter-nothing", lambda stage: stage.window("matter")),
    Shot("matter-1-propose", at_step("propose")),
    Shot("matter-2-screen", at_step("screen", screened_only)),
    Shot("matter-2-waiting", at_step("screen", notice_waits)),
    Shot("matter-2-returned", at_step("deliberate", sent_back)),
    Shot("matter-3-ready", at_step("deliberate", ready)),
    Shot("matter-4-decide", at_step("decide")),
    Shot("matter-5-implement", at_step("implement")),
    Shot("matter-6-review", at_step("review")),
    Shot("matter-earlier", earlier),
    Shot("matter-ended", ended),
    Shot("sheet-screening", sheet("screen", "screening")),
    Shot("sheet-screening-chosen", chosen_rule),
    Shot("sheet-document", draft),
    Shot("sheet-signature", sheet("propose", "registration")),
    Shot("sheet-meeting", sheet("deliberate", "attendance")),
    Shot("sheet-ballot-plan", sheet("decide", "ballot_plan")),
    Shot("sheet-work-order", sheet("implement", "work_order")),
    Shot("sheet-review", sheet("review", "satisfaction")),
    Shot("sheet-filing", sheet("review", "filing")),
)
