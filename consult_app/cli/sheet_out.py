"""Where a command puts the sheet (PDF) it made."""

from pathlib import Path

from consult_app.kernel.errors import Refused, reason_of


class SheetUnwritten(Refused):
    """The sheet cannot be written where it should go."""

    text = "写不到「{path}」：{reason}。"
    field = "out"


def put_out(out: Path, content: bytes) -> None:
    """Write the sheet. Refused: `SheetUnwritten`."""
    try:
        out.write_bytes(content)
    except OSError as wrong:
        raise SheetUnwritten(path=out, reason=reason_of(wrong)) from None
