"""零票报告, for the scrutineers to sign before the vote begins. Pure."""

from datetime import datetime

from consult_app.documents.matter import Matter
from consult_app.documents.model import (
    Block,
    Column,
    Document,
    KeyValues,
    Note,
    Paragraph,
    SignatureBoxes,
    Signer,
    Table,
    Title,
)
from consult_app.documents.rules import KIND_WORDS, SIGNERS, DocumentKind
from consult_app.documents.wording import say
from consult_app.kernel.text import moment_words
from consult_app.voting.facts import MotionFacts
from consult_app.voting.zeroing import Zero


def zero_report(matter: Matter, motion: MotionFacts, found: Zero, rehearsal: str, now: datetime) -> Document:
    """The report of an empty box, and what the newest rehearsal came to."""
    title = say("sheets.zero_title", matter=motion.title)
    rows = (
        ("参加表决的记录", str(found.participations), "电子票", str(found.ballots)),
        ("纸质选票录入", str(found.paper), "举手计数", str(found.hands)),
        ("重复票", str(found.conflicts), "已用选票", str(found.used)),
    )
    slips = f"{found.slips:,} 张（{found.first}—{found.last}）" if found.slips else "没有发放选票"
    digest = " ".join(found.digest[start : start + 8] for start in range(0, 64, 8)).upper()
    blocks: tuple[Block, ...] = (
        Title(title),
        KeyValues(
            (
                ("议题编号", matter.number),
                ("检查时间", moment_words(now)),
                ("有效选票", slips),
                ("方案校验", motion.plan_check or "—"),
                ("存证链", say("sheets.count_chain", seq=found.seq, digest=digest)),
            )
        ),
        Paragraph(say("sheets.zero_lead", body=matter.body)),
        Table((Column("项目", 2.0), Column("数量", 1.0, "center")) * 2, rows),
        *((Note(f"演练：{rehearsal}"),) if rehearsal else ()),
        Note(say("sheets.zero_note")),
        SignatureBoxes(tuple(Signer(role) for role in SIGNERS[DocumentKind.ZERO_REPORT])),
    )
    return Document(KIND_WORDS[DocumentKind.ZERO_REPORT], title, blocks)
