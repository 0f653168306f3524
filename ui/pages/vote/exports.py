"""What a counted vote is taken out as: 计票表, 票权清册, the files of the vote; and the second count that must agree."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from consult_app.documents import issuing
from consult_app.documents.drafting import draft_voting_roll
from consult_app.documents.list_files import publish_list
from consult_app.documents.rules import Audience
from consult_app.documents.vote_files import count_workbook, roll_workbook, vote_files
from consult_app.kernel.errors import Refused
from consult_app.recount.listed import verify
from consult_app.recount.reading import Unreadable
from consult_app.recount.recounting import Recount, recount
from consult_app.voting.publishing import Witness, witness
from consult_app.voting.queries import MotionFacts
from ui import outbox
from ui.desk import Desk
from ui.dialogs.sheet import Sheet
from ui.task import Task
from ui.widgets.layout import column, scrolling
from ui.widgets.text import Words, rule, small


class NotListed(Refused):
    """The chosen file is no list of ballots that can be read."""

    text = "无法核对：{why}。"


def roll_pdf(desk: Desk, motion: MotionFacts, *, public: bool) -> Task:
    """Issue the 票权清册, in full or masked, and open it."""
    document_id = desk.do(draft_voting_roll, motion.id, audience=Audience.PUBLIC if public else Audience.ARCHIVE)
    actor = desk.actor

    def make(_task: Task) -> bytes:
        issuing.issue(desk.store, actor, document_id)
        return issuing.preview(desk.store, document_id)

    name = f"票权清册{'（公示版）' if public else ''} {motion.title}.pdf"
    return desk.work("正在生成票权清册", make, lambda content: outbox.put_out(desk, name, content))


def workbook(desk: Desk, motion: MotionFacts, *, count: bool, public: bool) -> Task:
    """Write the 计票表 or the 票权清册 as xlsx, in full or masked, and open it."""
    query = count_workbook if count else roll_workbook

    def done(found: tuple[str, bytes]) -> None:
        name, content = found
        outbox.put_out(desk, f"{Path(name).stem} {motion.title}.xlsx", content)

    return desk.work("正在生成表格", lambda _task: desk.store.ask(query, motion.id, public=public), done)


def ballot_list(desk: Desk, motion: MotionFacts) -> Task:
    """Write the list of ballots for the notice board, its data and the page that checks them to a folder, and open it."""
    folder = fresh_folder(desk.app.settings.exports, f"逐票清单 {motion.title}")
    actor = desk.actor

    def make(_task: Task) -> None:
        files = publish_list(desk.store, actor, motion.id)
        folder.mkdir(parents=True)
        for name, content in files:
            (folder / name).write_bytes(content)

    def done(_made: None) -> None:
        outbox.show(folder)
        desk.say(f"已保存到「{folder.name}」：张贴 PDF，数据文件和核对网页任何人都可以拿去核对。")

    return desk.work("正在生成逐票清单", make, done)


def check_list(desk: Desk, path: Path, parent: QWidget) -> Task:
    """Recompute a list of ballots that somebody brings, and hold its file against the chain."""

    def look(_task: Task) -> tuple[Recount, Witness]:
        try:
            found = verify(path)
        except Unreadable as wrong:
            raise NotListed(why=str(wrong))
        return found, desk.store.ask(witness, path.read_bytes())

    return desk.work("正在核对清单", look, lambda found: show_list(*found, path, parent).open())


def show_list(found: Recount, told: Witness, path: Path, parent: QWidget | None = None) -> Sheet:
    """Whether a list gives the declared result, and whether the chain tells of it."""
    note = "先按清单各行重新计票，再看存证链是否记有这份文件。各行和合计一起改过的清单，只有存证链能查出来。"
    sheet = Sheet("清单核对结果", note, leave="关闭", width=560, parent=parent)
    outcome = "按清单重新计票，与宣布的结果一致。" if found.agrees else "按清单重新计票，与宣布的结果不一致："
    known, *warnings = told.words
    sheet.add(_verdict(outcome, found.agrees), _verdict(known, told.holds))
    sheet.add(*(Words(line, tone="amber", wrap=True) for line in warnings))
    sheet.add(rule(), _findings(found), small(f"文件：{path.name}", wrap=True))
    return sheet


def export_and_recount(desk: Desk, motion: MotionFacts, parent: QWidget) -> Task:
    """Write the vote's files to a folder and count them again by code that shares nothing with the first count."""
    folder = fresh_folder(desk.app.settings.exports, f"表决 {motion.id} {motion.title}")

    def make(task: Task) -> Recount:
        task.progress(0, 3, "正在导出名册和选票")
        files = desk.store.ask(vote_files, motion.id)
        task.progress(1, 3, "正在写入文件")
        folder.mkdir(parents=True)
        for name, content in files:
            (folder / name).write_bytes(content)
        task.progress(2, 3, "正在重新计票")
        return recount(folder)

    return desk.work("导出并复核", make, lambda found: show_recount(desk, found, folder, parent).open())


def show_recount(desk: Desk, found: Recount, folder: Path, parent: QWidget) -> Sheet:
    """What the second count found, and whether both agree."""
    note = "第二套计票程序只读导出的名册和选票，重新形成人数和面积，重新计票，与原结果逐项核对。"
    sheet = Sheet("复核结果", note, action="打开文件夹", decide=lambda: outbox.show(folder), leave="关闭", width=560,
                  parent=parent)  # fmt: skip
    sheet.add(_verdict("两次计票完全一致。" if found.agrees else "两次计票不一致：", found.agrees))
    sheet.add(rule(), _findings(found), small(f"文件在：{folder.name}", wrap=True))
    desk.say(
        "复核完成：两次计票一致。" if found.agrees else "复核发现不一致。", tone="pine" if found.agrees else "cinnabar"
    )
    return sheet


def _verdict(words: str, good: bool) -> Words:
    return Words(words, "strong", "pine" if good else "cinnabar", wrap=True)


def _findings(found: Recount) -> QWidget:
    """The differences, and what was counted."""
    lines = column(*(Words(line, tone="cinnabar", wrap=True) for line in found.differences),
                   *(small(line, wrap=True) for line in found.found), None, gap=6)  # fmt: skip
    return scrolling(lines, margins=(0, 0, 8, 0))


def fresh_folder(parent: Path, name: str) -> Path:
    """A folder of this name that is not there yet; a further one gets a number."""
    stem = outbox.safe(name)
    path, number = parent / stem, 1
    while path.exists():
        number += 1
        path = parent / f"{stem}（{number}）"
    return path
