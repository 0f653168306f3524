"""All the files of a closed vote: those that it is counted again from, and the workbooks of roll and count."""

from sqlalchemy.orm import Session

from consult_app.documents import gather
from consult_app.documents.workbooks import count_sheet_xlsx, voting_roll_xlsx
from consult_app.voting import exporting, queries

Files = tuple[tuple[str, bytes], ...]


def vote_files(db: Session, motion_id: int, *, public: bool = False) -> Files:
    """Name and content of each file; the public ones are the masked workbooks alone. Refused (`StillOpen`) before closing.

    Of an election its sums alone, which are public: there is no ballot and no voter to write out.
    """
    if queries.motion(db, motion_id).seats:
        return exporting.files(db, motion_id)
    plain = () if public else exporting.files(db, motion_id)
    return (*plain, roll_workbook(db, motion_id, public=public), count_workbook(db, motion_id, public=public))


def roll_workbook(db: Session, motion_id: int, *, public: bool = False) -> tuple[str, bytes]:
    """票权清册 as xlsx: name and content."""
    facts, voters = queries.motion(db, motion_id), queries.explanation(db, motion_id).voters
    content = voting_roll_xlsx(facts, voters, public=public)
    return f"票权清册{_suffix(public)}.xlsx", content


def count_workbook(db: Session, motion_id: int, *, public: bool = False) -> tuple[str, bytes]:
    """计票表 as xlsx: name and content, voter by voter unless it is public. Refused (`StillOpen`) before closing."""
    voters = () if public else queries.explanation(db, motion_id).voters
    return f"计票表{_suffix(public)}.xlsx", count_sheet_xlsx(gather.vote(db, motion_id), voters, public=public)


def _suffix(public: bool) -> str:
    return "（公示版）" if public else ""
