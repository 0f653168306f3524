"""What a vote prints: slips at the one moment their codes are known, filled ballots to sign, the count sheet."""

from consult_app.documents import issuing
from consult_app.documents.drafting import draft_count_sheet
from consult_app.documents.polling import draft_issue_sheet
from consult_app.documents.queries import newest
from consult_app.documents.rules import DocumentKind, DocumentState
from consult_app.documents.vote_ballots import vote_ballots
from consult_app.documents.vote_slips import vote_slips
from consult_app.voting.actions import IssuedSlip, issue_slips
from consult_app.voting.credentials import TOKEN_LENGTH, slip_url
from consult_app.voting.queries import MotionFacts, filled_ballots
from consult_app.voting.queries import motion as motion_facts
from consult_app.voting.secret_files import Secret, record_written
from ui import outbox
from ui.desk import Desk
from ui.dialogs.issue_slips import SlipWishes
from ui.task import Task


def print_slips(desk: Desk, motion: MotionFacts, wishes: SlipWishes) -> Task:
    """Issue a slip for every elector and open them as one PDF. A sheet that cannot be set is refused before any is issued."""
    address = wishes.url.removeprefix("http://")
    actor = desk.actor

    def make(task: Task) -> bytes:
        sample = IssuedSlip("0000", "", "00000000", slip_url(wishes.url, "A" * TOKEN_LENGTH), "", "", ())
        vote_slips(motion, (sample,), wifi=wishes.wifi, address=address, large=wishes.large)
        task.progress(words="正在生成二维码")
        slips = desk.store.do(actor, issue_slips, motion.id, wishes.url)
        issued = desk.store.ask(motion_facts, motion.id)  # the hall's word is drawn with the slips
        return vote_slips(issued, slips, wifi=wishes.wifi, address=address, large=wishes.large)

    def done(content: bytes) -> None:
        desk.memory.put(f"slips.{motion.id}", address)
        _put_slips(desk, motion, f"选票 {motion.title}.pdf", content)
        desk.say("选票已生成。请马上打印，印完点「销毁选票文件」；遗失的选票请用「补发」。")

    return desk.work("正在生成选票", make, done)


def print_reissued(desk: Desk, motion: MotionFacts, slip: IssuedSlip, wishes: SlipWishes) -> None:
    """Open one reissued slip as PDF."""
    content = vote_slips(motion, (slip,), wifi=wishes.wifi, address=wishes.url.removeprefix("http://"))
    _put_slips(desk, motion, f"补发选票 {slip.serial} {motion.title}.pdf", content)
    desk.say(f"已补发选票 {slip.serial}，原选票作废。印完请点「销毁选票文件」。")


def _put_slips(desk: Desk, motion: MotionFacts, name: str, content: bytes) -> None:
    """Open slips to be printed; the file bears every code and word, so the chain knows of it until it is destroyed."""
    path = outbox.put_out(desk, name, content)
    desk.do(record_written, motion.id, Secret.SLIPS, [path])


def print_filled(desk: Desk, motion: MotionFacts) -> Task:
    """Open the filled ballots that are to be signed as one PDF."""
    found = desk.ask(filled_ballots, motion.id)
    return desk.work(
        "正在生成待签选票",
        lambda _task: vote_ballots(motion, found),
        lambda content: outbox.put_out(desk, f"待签选票 {motion.title}.pdf", content),
    )


def print_issue_sheet(desk: Desk, motion: MotionFacts) -> Task:
    """Issue the register that is signed when slips are handed out, as the slips stand now, and open it."""
    store, actor = desk.store, desk.actor
    return desk.work(
        "正在生成发放登记表",
        lambda _task: issuing.issue_at_once(store, actor, draft_issue_sheet, motion.id),
        lambda made: outbox.put_out(desk, f"选票发放登记表 {motion.title}.pdf", made.content),
    )


def print_count_sheet(desk: Desk, motion: MotionFacts) -> Task:
    """Issue the count sheet of a declared vote, unless it is issued, and open it."""
    line = desk.ask(newest, motion.proposal_id, DocumentKind.COUNT_SHEET)
    if line is None or line.motion_id != motion.id:
        document_id = desk.do(draft_count_sheet, motion.id)
        drafted = True
    else:
        document_id, drafted = line.id, line.state is DocumentState.DRAFT
    actor = desk.actor

    def make(_task: Task) -> bytes:
        if drafted:
            issuing.issue(desk.store, actor, document_id)
        return issuing.preview(desk.store, document_id)

    return desk.work(
        "正在生成计票表", make, lambda content: outbox.put_out(desk, f"计票表 {motion.title}.pdf", content)
    )
