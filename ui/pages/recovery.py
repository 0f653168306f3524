"""检查与恢复: after a crash, what database, chain, ballots and second medium say of each other, and what to do about it."""

from PySide6.QtWidgets import QFrame, QWidget

from consult_app.voting import recovery
from consult_app.voting.recovery import Finding, Report, Weight
from ui.desk import Desk
from ui.dialogs.second_medium import Renew
from ui.pages import Go
from ui.task import Task
from ui.widgets.button import plain, primary, quiet
from ui.widgets.card import Card
from ui.widgets.layout import column, refill, row, scrolling
from ui.widgets.state_dot import StateDot
from ui.widgets.text import Words, muted, rule, title

DOTS = {Weight.WELL: "done", Weight.NOTE: "soon", Weight.GRAVE: "late"}
TONES = {Weight.WELL: "pine", Weight.NOTE: "amber", Weight.GRAVE: "cinnabar"}
CRASHED = "上次没有正常退出，可能是断电、死机或被强行关闭。下面是核对结果。"
ASKED = "把数据库、存证链、票箱与副本介质互相核对，只看不改。"
TOOK_OVER = "投票服务一直在运行，投票没有中断，已由本窗口接管。"


class RecoveryPage(QWidget):
    """One line for each thing that was looked at; the examination runs beside the window."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.lead, self.server = muted(wrap=True), Words(TOOK_OVER, tone="pine", wrap=True)
        self.verdict, self.last = Words("", "heading", wrap=True), muted(wrap=True)
        self.findings = column(gap=14)
        self.turn = 0
        self.again = plain("再检查一次", self.examine, icon="rotate-ccw")
        self.renew = quiet("保留旧副本，另建新副本…", lambda: Renew(self.desk, self).open())
        self.proceed = primary("继续工作", lambda: self.go("home"))
        card = Card().add(self.verdict, self.last, rule(), self.findings)
        buttons = row(self.proceed, self.again, self.renew, None, gap=8)
        self.setLayout(
            column(scrolling(column(title("检查与恢复"), self.lead, self.server, card, buttons, None, gap=12)), gap=0)
        )
        desk.watch(self.refresh, "journal.back", "journal.lost", "journal.renewed")

    def show_for(self, took_over: bool | None = None) -> None:
        """Examine; `took_over` says, after a crash, whether the vote server was still running."""
        self.lead.say(ASKED if took_over is None else CRASHED)
        self.server.setVisible(bool(took_over))
        self.examine()

    def refresh(self) -> None:
        """Examine anew."""
        self.examine()

    def examine(self) -> None:
        """Look everything through on another thread."""
        self.again.allow("正在检查")
        self.verdict.say("正在检查……", "")
        self.turn += 1
        turn, folder = self.turn, self.desk.app.medium.folder

        def look(task: Task) -> Report:
            task.progress()
            return self.desk.store.ask(recovery.examine, folder)

        def arrived(report: Report) -> None:
            if turn == self.turn:  # else it was asked anew meanwhile
                self.show_report(report)

        self.desk.work("正在检查数据", look, arrived, failed=self.again.allow, quiet=True)

    def show_report(self, report: Report) -> None:
        """Show what was found."""
        self.again.allow()
        self.verdict.say(_verdict(report), TONES[report.weight])
        self.last.say(f"最后一票：{report.last.words}" if report.last else "还没有投过票。")
        refill(self.findings, *(_line(finding) for finding in report.findings))
        lost = any(finding.part == "副本" and finding.weight is Weight.GRAVE for finding in report.findings)
        self.renew.setVisible(lost)


def _verdict(report: Report) -> str:
    if report.weight is Weight.GRAVE:
        return "发现问题，请先按下面的办法处理"
    return "数据完好，没有丢票" + ("，有一处提示" if report.weight is Weight.NOTE else "")


def _line(finding: Finding) -> QWidget:
    line = QFrame()
    said: list[QWidget] = [Words(finding.text, "strong" if finding.weight is Weight.GRAVE else "", wrap=True)]
    if finding.advice:
        said.append(muted(finding.advice, wrap=True))
    if finding.serials:
        said.append(Words("选票 " + "、".join(finding.serials), tone=TONES[finding.weight], wrap=True))
    dot, name = StateDot(DOTS[finding.weight]), muted(finding.part)
    name.setMinimumWidth(name.fontMetrics().horizontalAdvance("汉") * 4)
    across = row(column(dot, None), column(name, None), column(*said, gap=3), gap=10)
    across.setStretch(2, 1)
    line.setLayout(across)
    return line
