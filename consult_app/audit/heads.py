"""Printed heads: a number and a digest on paper or in a photo, held against the chain (threat 8)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.audit.chain import Break
from consult_app.audit.tables import Entry
from consult_app.kernel.errors import Refused

_WRITTEN = re.compile(r"(\d{1,18})[:：]([0-9a-f]{8,64})")
"""At least the eight digits that a photo of the big screen shows."""

_AIR = re.compile(r"[\s·]+")


class HeadUnclear(Refused):
    """What was typed is no number and digest."""

    text = "「{typed}」不是链头。请写“序号:校验值”，校验值可只写前 8 位，如 128:7F3A29C1。"
    field = "head"


@dataclass(frozen=True)
class PrintedHead:
    """The head of the chain at one moment: the entry's number and its digest, or the digest's first digits (hex, small)."""

    seq: int
    digest: str

    @property
    def code(self) -> str:
        """`128:7F3A…`, as the printed code holds it and `read_head` takes it."""
        return f"{self.seq}:{self.digest.upper()}"


def read_head(typed: str) -> PrintedHead:
    """A head as it was typed or scanned, in groups or not. Refused: `HeadUnclear`."""
    found = _WRITTEN.fullmatch(_AIR.sub("", typed).lower())
    if found is None:
        raise HeadUnclear(typed=typed)
    return PrintedHead(int(found[1]), found[2])


def first_unlike(db: Session, heads: Sequence[PrintedHead]) -> Break | None:
    """The first printed head that the chain does not bear out, and between which entries it was rewritten; None when all fit.

    A chain made anew from some entry on holds in itself; only a paper can tell, and the papers before it say how far back.
    """
    newest, _ = chain.head(db)
    good = 0
    for head in sorted(heads, key=lambda one: one.seq):
        if head.seq > newest:
            return Break(newest + 1, f"印出的链头是第 {head.seq} 条，现在只有 {newest} 条，后面的记录被删去")
        stands = db.scalar(select(Entry.digest).where(Entry.seq == head.seq)) or ""
        if not stands.startswith(head.digest):
            return Break(head.seq, f"与印出的链头不符，第 {good + 1} 条到第 {head.seq} 条之间有改动")
        good = head.seq
    return None
