"""The ways a matter can take besides straight on: changed, sent back, up, down, put off, ended, undone."""

from collections.abc import Callable

from consult_app.proposals.actions import reopen_step
from consult_app.proposals.queries import ways_back
from consult_app.proposals.rules import ProposalState
from ui.dialogs.change_matter import ChangeMatter
from ui.dialogs.end import End
from ui.dialogs.escalate import Escalate, HandDown, venue_choices
from ui.dialogs.postpone import Postpone
from ui.dialogs.send_back import SendBack
from ui.pages.matter.bench import Bench

Entry = tuple[str, Callable[[], object]]


def ways(bench: Bench) -> tuple[Entry, ...]:
    """The entries of the menu 更多: only those that are open to the matter now."""
    matter, desk = bench.matter, bench.desk
    if matter.state is not ProposalState.RUNNING:
        return ()
    entries: list[Entry] = []
    if matter.present.ordinal == 1:
        entries.append(("修改登记…", lambda: change_registration(bench)))
    entries.append(("延期…", lambda: bench.open(Postpone(desk, bench.matter, bench.parent))))
    if ways_back(matter):
        entries.append(("退回…", lambda: bench.open(SendBack(desk, bench.matter, bench.parent))))
    if venue_choices(desk, matter, higher=True):
        entries.append(("上报上级平台…", lambda: bench.open(Escalate(desk, bench.matter, bench.parent))))
    if venue_choices(desk, matter, higher=False):
        entries.append(("交下级平台办理…", lambda: bench.open(HandDown(desk, bench.matter, bench.parent))))
    if matter.present.ordinal > 1:
        entries.append(("撤销完成上一步", lambda: undo_completion(bench)))
    if matter.outcomes:
        entries.append(("结束议题…", lambda: bench.open(End(desk, bench.matter, bench.parent))))
    return tuple(entries)


def change_registration(bench: Bench) -> None:
    """Open the registration to change it."""
    bench.open(ChangeMatter(bench.desk, bench.matter, bench.parent))


def undo_completion(bench: Bench) -> None:
    """Take back the completion of the step before; refused once the present step has been worked on."""
    bench.do(reopen_step, bench.matter.id)
    bench.desk.say("已撤销，回到上一步。")
