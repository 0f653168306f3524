"""What else can be done with an artefact: read its papers and pictures, print, post again, hear objections, make void."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog

from consult_app.archive import bundle
from consult_app.archive.queries import scans as scans_of
from consult_app.documents.queries import DocumentLine
from consult_app.documents.rules import STATE_WORDS, DocumentState
from consult_app.files.queries import AttachedFile, attachment, attachments
from consult_app.notices.queries import NoticeFacts, notices_of
from consult_app.proposals.queries import ArtefactFacts, ReachedFacts
from ui.dialogs.attachment import ShowAttachment
from ui.dialogs.posting import AnswerObjection, Post, ReceiveObjection, TakeDown
from ui.dialogs.scan import AttachScan
from ui.dialogs.void_paper import VoidPaper
from ui.pages.matter import papers
from ui.pages.matter.acts import AGAIN
from ui.pages.matter.bench import Bench

Entry = tuple[str, Callable[[], object]]


def more_of(bench: Bench, artefact: ArtefactFacts, at_present: bool) -> tuple[Entry, ...]:
    """The entries of an artefact's menu; only reading for a step that is not the present one."""
    entries = [*_reading(bench, artefact)]
    if not at_present:
        return tuple(entries)
    if artefact.reached and artefact.code in AGAIN:
        again = AGAIN[artefact.code]
        if not again.why_not(bench, artefact):
            entries.append((f"{again.words}…", partial(again.run, bench, artefact)))
    if bench.paper(artefact, DocumentState.DRAFT):
        entries.append(("重新起草", lambda: papers.redraft(bench, artefact)))
    elif not bench.paper(artefact) and artefact.reached and artefact.code in papers.DRAFTS:
        entries.append((f"打印{artefact.name}…", lambda: papers.open_paper(bench, artefact)))
    issued = bench.paper(artefact, DocumentState.ISSUED)
    if issued and "posted" not in artefact.needs:
        entries.append(("附上签字扫描件…", lambda: bench.open(AttachScan(bench.desk, issued, bench.parent))))
    entries += _posted(bench, artefact, issued)
    if artefact.reached and "filed" not in artefact.needs:
        entries.append(("作废…", lambda: bench.open(VoidPaper(bench.desk, bench.matter, artefact, bench.parent))))
    return tuple(entries)


def _reading(bench: Bench, artefact: ArtefactFacts) -> list[Entry]:
    entries: list[Entry] = []
    for line in reversed(bench.papers(artefact)):
        entries.append((f"查看{line.kind_words}（{STATE_WORDS[line.state]}）", partial(papers.show, bench, line)))
    shown = {found.id: found for one in (*artefact.reached, *artefact.versions) for found in _files(bench, one)}
    for found in shown.values():
        entries.append((f"查看{found.kind}：{found.name}", partial(_show_file, bench, found.id)))
    if artefact.code == "filing" and artefact.reached:
        entries.append(("导出档案包…", lambda: export_bundle(bench)))
    return entries


def _files(bench: Bench, one: ReachedFacts) -> list[AttachedFile]:
    """The pictures and scans that prove a milestone."""
    evidence, ask = one.evidence, bench.desk.ask
    if one.code == "registration.recorded":
        return [found for found in ask(attachments, f"proposal:{bench.matter.id}") if found.kind == "现场照片"]
    if one.code == "closing.recorded" and "order" in evidence:
        return list(ask(attachments, f"work_order:{evidence['order']}"))
    if "progress" in evidence:
        return list(ask(attachments, f"progress:{evidence['progress']}"))
    if "scan" in evidence:
        scans = ask(scans_of, bench.matter.id)
        return [ask(attachment, scan.attachment_id) for scan in scans if scan.id == evidence["scan"]]
    ids = evidence["files"] if isinstance(evidence.get("files"), list) else []
    return [ask(attachment, id) for id in (*ids, *([evidence["photo"]] if "photo" in evidence else []))]


def _posted(bench: Bench, artefact: ArtefactFacts, issued: DocumentLine | None) -> list[Entry]:
    notice = notice_of(bench, issued)
    if notice is None or issued is None:
        return []
    desk, parent = bench.desk, bench.parent
    entries: list[Entry] = [("登记异议…", lambda: bench.open(ReceiveObjection(desk, notice, parent)))]
    for objection in notice.objections:
        if objection.answered_at is None:
            sheet = partial(AnswerObjection, desk, objection, parent)
            entries.append((f"答复{objection.name}的异议…", lambda sheet=sheet: bench.open(sheet())))  # type: ignore[misc]
    if notice.taken_down_on is None:
        entries.append(("又张贴一处…", lambda: bench.open(Post(desk, issued.id, issued.title, True, parent))))
        entries.append(("登记撤下…", lambda: bench.open(TakeDown(desk, notice, parent))))
    return entries


def notice_of(bench: Bench, issued: DocumentLine | None) -> NoticeFacts | None:
    """How the issued document is posted; None while it is not."""
    if issued is None:
        return None
    found = bench.desk.ask(notices_of, bench.matter.id, bench.desk.today)
    return next((notice for notice in found if notice.document_id == issued.id), None)


def export_bundle(bench: Bench) -> None:
    """Ask where, and write the matter's bundle there in the background."""
    name = f"{bench.matter.number} {bench.matter.title[:40]}.zip"
    chosen, _ = QFileDialog.getSaveFileName(bench.parent, "导出档案包", name, "档案包 (*.zip)")
    if not chosen:
        return
    store, actor, id = bench.desk.store, bench.desk.actor, bench.matter.id
    bench.desk.work(
        "正在导出档案包",
        lambda _task: bundle.write(store, actor, id, Path(chosen)),
        lambda made: bench.desk.say(f"档案包已导出，共 {made.files} 个文件：{made.path}"),
    )


def _show_file(bench: Bench, attachment_id: int) -> None:
    bench.open(ShowAttachment(bench.desk, attachment_id, bench.parent))
