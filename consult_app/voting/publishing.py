"""What is told to the public of a declared vote stands in the chain, before anybody has the files."""

from collections.abc import Sequence

from consult_app.audit import chain
from consult_app.storage.store import Work
from consult_app.voting.choices import MotionState
from consult_app.voting.motions import at


def record_list(work: Work, motion_id: int, code: str, digest: str, files: Sequence[str]) -> None:
    """Record that the 逐票清单 was made for publication: the code on its paper, the SHA-256 of its data, its file names.

    Whoever holds a list can be told by these whether it is one of those that were made here. Refused: `WrongState`.
    """
    at(work.db, motion_id, "公布逐票清单", MotionState.DECLARED)
    subject = f"motion:{motion_id}"
    chain.append(work, "motion.ballots_listed", subject, code=code, digest=digest, files="、".join(files))
