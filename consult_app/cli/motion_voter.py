"""How the command line names one voter of a frozen roll: by number, name, room or the code of their slip; and reads scans."""

from pathlib import Path

from consult_app.kernel.errors import Refused, reason_of
from consult_app.storage.store import Store
from consult_app.voting import queries
from consult_app.voting.credentials import normalised


class VoterUnclear(Refused):
    """What was typed names nobody, or several."""

    text = "「{typed}」在票权清册里有 {count} 人，请改用编号、房号或选票代码。"
    field = "voter"


class ScanUnreadable(Refused):
    """The file to be kept with an act cannot be read."""

    text = "读不了文件「{path}」：{reason}。"
    field = "document"


def voter(store: Store, motion: int, typed: str) -> int:
    """The number of the one voter that is meant. Refused: `VoterUnclear`."""
    words = typed.strip()
    codes = {line.human_code: line.elector_id for line in store.ask(queries.slips, motion)}
    if (code := normalised(words)) in codes:
        return codes[code]
    lines = store.ask(queries.electors, motion)
    fitting = [line.id for line in lines if words == str(line.id)] or [
        line.id for line in lines if words in (line.label, *line.names, *line.rooms)
    ]
    if len(fitting) != 1:
        raise VoterUnclear(typed=words, count=len(fitting))
    return fitting[0]


def scan(path: Path | None) -> tuple[str, bytes] | None:
    """Name and content of a file to be kept; None without one. Refused: `ScanUnreadable`."""
    if path is None:
        return None
    try:
        return path.name, path.read_bytes()
    except OSError as wrong:
        raise ScanUnreadable(path=path, reason=reason_of(wrong)) from None
