"""选票发放登记表: every slip with a place to sign when it is handed out (threat 3). Pure."""

from collections.abc import Sequence

from consult_app.documents.matter import Matter
from consult_app.documents.model import Block, Column, Document, KeyValues, Note, SignatureBoxes, Signer, Table, Title
from consult_app.documents.rules import KIND_WORDS, DocumentKind
from consult_app.documents.sheets import SIGNATURE_ROW
from consult_app.documents.wording import say
from consult_app.kernel.text import clock_words, legal_day, moment_words, short_day
from consult_app.voting.choices import SLIP_WORDS, SlipState
from consult_app.voting.facts import MotionFacts, SlipLine


def issue_sheet(matter: Matter, motion: MotionFacts, slips: Sequence[SlipLine]) -> Document:
    """The register of a motion's slips by number; what was handed out before bears its time, dead ones their state."""
    title = say("sheets.issue_title", matter=motion.title)
    columns = (
        Column("编号", 0.8, "center"),
        Column("房屋", 2.2),
        Column("表决权人", 2.0),
        Column("领取人签名", 2.0),
        Column("领取时间", 1.8, "center"),
    )
    rows = tuple(_row(slip) for slip in sorted(slips, key=lambda slip: slip.serial))
    blocks: tuple[Block, ...] = (
        Title(title),
        KeyValues(
            (
                ("议题编号", matter.number),
                ("选票张数", f"{len(rows):,}"),
                ("投票截止", moment_words(motion.closes_at)),
                ("方案校验", motion.plan_check),
            )
        ),
        Table(columns, rows, row_height=SIGNATURE_ROW),
        Note(say("sheets.issue_note")),
        SignatureBoxes((Signer("发放人"), Signer("监票人"))),
    )
    return Document(KIND_WORDS[DocumentKind.ISSUE_SHEET], title, blocks)


def _row(slip: SlipLine) -> tuple[str, ...]:
    signed = "" if slip.state in (SlipState.LIVE, SlipState.USED) else SLIP_WORDS[slip.state]
    handed = f"{short_day(legal_day(slip.handed_at))} {clock_words(slip.handed_at)}" if slip.handed_at else ""
    return (slip.serial, "、".join(slip.rooms), "、".join(slip.names) or slip.label, signed, handed)
