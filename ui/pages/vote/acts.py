"""What can be done with the motion on the page: each opens a dialog, prints, or acts at once."""

from PySide6.QtWidgets import QWidget

from consult_app.voting.actions import freeze, open_vote
from consult_app.voting.choices import MotionState
from consult_app.voting.queries import MotionFacts, box_facts
from consult_app.voting.secret_files import Secret, lying
from ui.desk import Desk
from ui.dialogs import slip_acts
from ui.dialogs.close_vote import CloseVote, Declare
from ui.dialogs.dispute import Dispute
from ui.dialogs.extend import Extend
from ui.dialogs.hand_count import HandCount, HandVote
from ui.dialogs.issue_slips import LOOPBACK, IssueSlips, SlipWishes, kept_wishes
from ui.dialogs.kiosk import Kiosk
from ui.dialogs.motion import ChangeMotion
from ui.dialogs.paper_entry import AssistedEntry, PaperEntry
from ui.dialogs.reissue import Reissue
from ui.dialogs.secret_box import CountPapers, DestroyFiles, DropStubs, MakeCards, OpenBox
from ui.dialogs.sheet import Sheet
from ui.dialogs.sign_ballots import SignBallots
from ui.dialogs.try_phone import TryPhone
from ui.head_reminder import print_head_sheet
from ui.pages import Go
from ui.pages.vote import papers
from ui.pages.vote.slips import SlipsCard
from ui.widgets.text import Words


class VoteActs(QWidget):
    """A page of one motion, as far as acting on it goes; what it shows is its heir's."""

    def __init__(self, desk: Desk, go: Go) -> None:
        super().__init__()
        self.desk, self.go = desk, go
        self.motion: MotionFacts | None = None
        self.slips = SlipsCard(desk.memory)

    def facts(self) -> MotionFacts:
        """The motion that is shown."""
        assert self.motion is not None
        return self.motion

    def change(self) -> None:
        """Change a draft."""
        ChangeMotion(self.desk, self.facts(), self).open()

    def freeze(self) -> None:
        """Freeze questions, rule and roll, after a last look."""
        motion = self.facts()
        note = "冻结后，表决内容、适用规则和票权清册都不能再改，并计算防伪码。确认无误再冻结。"

        actor = self.desk.actor

        def decide() -> None:  # ten thousand voters take seconds to copy
            self.desk.work(
                "正在冻结名册",
                lambda _task: self.desk.store.do(actor, freeze, motion.id),
                lambda _done: self.desk.say("已冻结。"),
            )

        Sheet("冻结表决方案", note, action="冻结", decide=decide, parent=self).open()

    def issue(self) -> None:
        """Issue slips, or issue them anew before voting opens, and print them."""
        motion = self.facts()
        sheet = IssueSlips(self.desk, motion.eligible.heads, motion.state is MotionState.ISSUED, self)
        sheet.accepted.connect(lambda: self._issue(sheet.wishes))
        sheet.open()

    def _issue(self, wishes: SlipWishes | None) -> None:
        if wishes is not None:
            papers.print_slips(self.desk, self.facts(), wishes)

    def open(self) -> None:
        """Open the vote, after a word of warning while a file with the scrutineers' cards lies there."""
        found = [file for file in self.desk.ask(lying, self.facts().id) if file.kind is Secret.CARDS]
        if not found:
            self._open()
            return
        note = (
            "谁拿到其中两个文件就能开票箱。请先取消，点「销毁制卡文件」；文件在监票人自己的 U 盘上的，拔下 U 盘即可。"
        )
        sheet = Sheet(
            "制卡文件还没有销毁", note, action="仍然开始投票", decide=self._open, look="danger", width=560, parent=self
        )
        sheet.add(*(Words(str(file.path), wrap=True) for file in found)).open()

    def _open(self) -> None:
        """Start the vote server where there are slips, unless a town's server takes the votes, then open the vote.

        Refused on a disk with too little room.
        """
        motion = self.facts()
        self.desk.app.make_room()
        if motion.state is MotionState.ISSUED and not kept_wishes(self.desk).site:
            self.serve()
        self.desk.do(open_vote, motion.id)
        self.desk.say(
            "投票已开始。请先用您自己的手机试一试，再请大家扫码。" if self.desk.server.address else "投票已开始。"
        )

    def serve(self) -> None:
        """Start the vote server at the address chosen for the slips."""
        wishes = kept_wishes(self.desk)
        self.desk.server.start(LOOPBACK if wishes.host == LOOPBACK else None, wishes.port)

    def try_phone(self) -> None:
        """Show the server's own page as a code."""
        TryPhone(self.desk.server, str(self.desk.memory.get("wifi.name") or ""), self).open()

    def extend(self) -> None:
        """Put the closing time later."""
        sheet = Extend(self.desk, self.facts(), self)
        sheet.accepted.connect(lambda: self.go("notices", id=sheet.notice))
        sheet.open()

    def close_vote(self) -> None:
        """Close by two people."""
        motion = self.facts()
        CloseVote(self.desk, motion, self.desk.now < motion.closes_at, self).open()

    def declare(self) -> None:
        """Declare the result."""
        Declare(self.desk, self.facts(), self).open()

    def enter_paper(self) -> None:
        """Enter paper ballots as one teller."""
        PaperEntry(self.desk, self.facts(), self).open()

    def make_cards(self) -> None:
        """Make and print the scrutineers' cards of a secret vote."""
        MakeCards(self.desk, self.facts(), self.desk.ask(box_facts, self.facts().id) is not None, self).open()

    def destroy_files(self, kind: Secret) -> None:
        """Destroy the files that hold the cards or the slips."""
        DestroyFiles(self.desk, self.facts(), kind, self).open()

    def open_box(self) -> None:
        """Open the box of a secret vote by two cards."""
        OpenBox(self.desk, self.facts(), self).open()

    def drop_stubs(self) -> None:
        """Register the stubs of papers that go into the box of a secret vote."""
        DropStubs(self.desk, self.facts(), self).open()

    def count_papers(self) -> None:
        """Enter one teller's count of a secret vote's papers."""
        CountPapers(self.desk, self.facts(), self).open()

    def assist(self) -> None:
        """Vote for someone who is helped."""
        AssistedEntry(self.desk, self.facts(), self).open()

    def open_kiosk(self) -> None:
        """Show where a tablet on the table goes and what opens it."""
        Kiosk(self.desk.server, self).open()

    def vote_by_hand(self) -> None:
        """Enter raised hands by name."""
        HandVote(self.desk, self.facts(), self).open()

    def count_hands(self) -> None:
        """Enter a count of hands."""
        HandCount(self.desk, self.facts(), self).open()

    def sign(self) -> None:
        """Tick off signed ballots."""
        SignBallots(self.desk, self.facts(), self).open()

    def print_filled(self) -> None:
        """Print the ballots that wait for a signature."""
        papers.print_filled(self.desk, self.facts())

    def issue_sheet(self) -> None:
        """Issue and open the register that is signed when slips are handed out."""
        papers.print_issue_sheet(self.desk, self.facts())

    def count_sheet(self) -> None:
        """Issue and open the count sheet."""
        papers.print_count_sheet(self.desk, self.facts())

    def open_matter(self) -> None:
        """Go to the matter of this motion."""
        self.go("matter", id=self.facts().proposal_id)

    def check_in(self) -> None:
        """Go to the table where slips are handed out and taken back."""
        self.go("hall", id=self.facts().id)

    def examine_room(self) -> None:
        """Look the room over, rehearse, and show that the box is empty."""
        self.go("room", id=self.facts().id)

    def dispute(self) -> None:
        """Print the sheet for one voter who objects."""
        Dispute(self.desk, self.facts(), self.slips.code(), self).open()

    def print_head(self) -> None:
        """Print the chain's head for the scrutineers."""
        print_head_sheet(self.desk, self.facts().id)

    def reissue(self) -> None:
        """Replace a lost slip and print the new one."""
        sheet = Reissue(self.desk, self.facts().id, self.slips.code(), self)
        sheet.accepted.connect(lambda: self._print_reissued(sheet))
        sheet.open()

    def _print_reissued(self, sheet: Reissue) -> None:
        if sheet.slip is not None:
            papers.print_reissued(self.desk, self.facts(), sheet.slip, kept_wishes(self.desk))

    def act_on_slip(self, make: slip_acts.Maker) -> None:
        """Hand out, take back or spoil the slip of the chosen line, or another."""
        make(self.desk, self.facts().id, self.slips.code(), self).open()
