"""Adopt a local pack of rules, or withdraw it. Motions keep their own copy: neither touches a vote that was drafted."""

import hashlib

from sqlalchemy import select

from consult_app.audit import chain
from consult_app.kernel.errors import Missing, Refused
from consult_app.kernel.text import required
from consult_app.storage.store import Work
from consult_app.voting import rulebook
from consult_app.voting.local_rules import book
from consult_app.voting.tables import RulePack


class PackTooLarge(Refused):
    """A rule pack is larger than any set of rules could be."""

    text = "规则文件「{file}」太大（{kilobytes} KB），最大 512 KB。"


class PackAdopted(Refused):
    """The same pack is in force already."""

    text = "规则文件「{file}」已经采用，内容没有变化。"


MAX_BYTES = 512 * 1024


def adopt_pack(work: Work, file: str, content: bytes) -> int:
    """Lay a local pack over the rules in force and return its number. Refused: `BadPack`, `PackTooLarge`, `PackAdopted`."""
    if len(content) > MAX_BYTES:
        raise PackTooLarge(file=file, kilobytes=len(content) // 1024)
    before = book(work.db)
    after = rulebook.lay_over(before, file, content)
    added = after.rules[len(before.rules) :]
    if not added:
        raise rulebook.BadPack(file=file, reason="没有规则")
    sha256 = hashlib.sha256(content).hexdigest()
    same = select(RulePack.id).where(RulePack.sha256 == sha256, RulePack.withdrawn_at.is_(None))
    if work.db.scalar(same):
        raise PackAdopted(file=file)
    name = required(added[-1].source, "规则包名称", 120)
    pack = RulePack(name=name, file=file[:200], text=content.decode(), sha256=sha256, adopted_at=work.now)
    work.db.add(pack)
    work.db.flush()
    rules = [rule.id for rule in added]
    chain.append(work, "rules.adopted", f"rules:{pack.id}", name=name, file=file, sha256=sha256, rules=rules)
    return pack.id


def withdraw_pack(work: Work, pack_id: int, reason: str) -> None:
    """Take a local pack out of force; it stays on record. Refused (`BadPack`) while a later pack builds on it."""
    pack = work.db.get(RulePack, pack_id)
    if pack is None or pack.withdrawn_at:
        raise Missing(what="地方规则", id=pack_id)
    reason = required(reason, "停用理由", 500, "reason")
    pack.withdrawn_at = work.now
    work.db.flush()
    book(work.db)  # refused when a later pack builds on this one
    chain.append(work, "rules.withdrawn", f"rules:{pack.id}", name=pack.name, reason=reason)
