"""Record a paper that has no package of its own (a party meeting, a delivery), and the signatures under any paper."""

from collections.abc import Mapping, Sequence
from datetime import date

from consult_app.files.actions import attach
from consult_app.kernel.errors import Blank, Missing
from consult_app.kernel.text import required
from consult_app.proposals import records
from consult_app.proposals.milestones import reach
from consult_app.storage.store import Work
from consult_app.workflow.template import Artefact

Files = Sequence[tuple[str, bytes]]
"""Pictures or PDF as (name, content)."""


def record(
    work: Work,
    proposal_id: int,
    artefact: str,
    *,
    what: str,
    on: date | None = None,
    files: Files = (),
    counts: Mapping[str, int] | None = None,
) -> bool:
    """Record that a paper exists and what it says, with pictures of it; True when it is news.

    `counts` are `expected`, `present` and `agreed` where the template asks for a floor of presence. Refused when blank.
    """
    found = _artefact(work, proposal_id, artefact)
    what = required(what, f"{found.name}的内容", 500, "what")
    evidence = _kept(work, proposal_id, found.name, files) | dict(counts or {})
    return reach(work, proposal_id, f"{artefact}.recorded", what, on=on, **evidence)


def sign(
    work: Work,
    proposal_id: int,
    artefact: str,
    *,
    names: Mapping[str, str],
    on: date | None = None,
    files: Files = (),
) -> bool:
    """Record who signed a paper, by the role the template asks for; True when it is news.

    Refused when one who has to sign is not named.
    """
    found = _artefact(work, proposal_id, artefact)
    signed = {}
    for role in found.signers:
        name = names.get(role, "")
        if not name.strip():
            raise Blank(what=f"{role}的姓名", field=role)
        signed[role] = required(name, role, 200, role)
    what = "、".join(f"{role}{name}" for role, name in signed.items())
    evidence = _kept(work, proposal_id, f"{found.name}签字件", files)
    return reach(work, proposal_id, f"{artefact}.signed", f"{what}签字"[:500], on=on, signers=signed, **evidence)


def _artefact(work: Work, proposal_id: int, code: str) -> Artefact:
    template = records.template(work.db, records.matter(work.db, proposal_id))
    found = template.artefact(code)
    if found is None:
        raise Missing(what="材料", id=code)
    return found


def _kept(work: Work, proposal_id: int, kind: str, files: Files) -> dict[str, list[int]]:
    kept = [attach(work, f"proposal:{proposal_id}", kind[:40], name, content) for name, content in files]
    return {"files": kept} if kept else {}
