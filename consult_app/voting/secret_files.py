"""涉密文件: files with the scrutineers' cards or the slips' codes. The chain tells where they were written and when destroyed.

They bear what the database never holds, so whoever finds one finds the secret: while one lies there the program says so.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from sqlalchemy.orm import Session

from consult_app.audit import chain
from consult_app.kernel.errors import Missing
from consult_app.storage.store import Work
from consult_app.voting.motions import record
from consult_app.voting.tables import Motion


class Secret(StrEnum):
    """What a file tells: the key of the box, or every slip's code and words."""

    CARDS = "cards"
    SLIPS = "slips"


SECRET_WORDS = {Secret.CARDS: "制卡文件", Secret.SLIPS: "选票文件"}


@dataclass(frozen=True)
class SecretFile:
    """A file that was written and not destroyed by the program; it may be gone, or on a stick that is not plugged in."""

    kind: Secret
    path: Path


def record_written(work: Work, motion_id: int, kind: Secret, paths: Sequence[Path]) -> None:
    """Put on record that files were written, or are about to be."""
    facts = {"kind": kind.value, "paths": [str(path) for path in paths]}
    places = "、".join(dict.fromkeys(str(path.parent) for path in paths))
    record(work, "secret.written", _motion(work.db, motion_id), what=SECRET_WORDS[kind], count=len(paths), place=places,
           **facts)  # fmt: skip


def record_destroyed(work: Work, motion_id: int, kind: Secret, erased: Sequence[Path], absent: Sequence[Path]) -> None:
    """Put on record that files were overwritten and deleted; of those that were `absent` only that they were not found."""
    rest = f"；另有 {len(absent)} 个不在原处，未经程序销毁" if absent else ""
    facts = {"kind": kind.value, "paths": [str(path) for path in erased], "absent": [str(path) for path in absent]}
    record(work, "secret.destroyed", _motion(work.db, motion_id), what=SECRET_WORDS[kind], count=len(erased), rest=rest,
           **facts)  # fmt: skip


def secret_files(db: Session, motion_id: int) -> tuple[SecretFile, ...]:
    """The files of a motion that were written and not destroyed since, whether they can be reached or not."""
    left: dict[SecretFile, None] = {}
    for entry in chain.of_events(db, ("secret.written", "secret.destroyed")):
        if entry.subject != f"motion:{motion_id}":
            continue
        named = [*entry.facts["paths"], *entry.facts.get("absent", ())]
        for file in (SecretFile(Secret(entry.facts["kind"]), Path(path)) for path in named):
            left.pop(file, None)
            if entry.event == "secret.written":
                left[file] = None
    return tuple(left)


def lying(db: Session, motion_id: int) -> tuple[SecretFile, ...]:
    """Those that lie there now."""
    return tuple(file for file in secret_files(db, motion_id) if file.path.exists())


def _motion(db: Session, motion_id: int) -> Motion:
    motion = db.get(Motion, motion_id)
    if motion is None:
        raise Missing(what="表决事项", id=motion_id)
    return motion
