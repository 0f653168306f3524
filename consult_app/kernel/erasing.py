"""Files that must not come back: overwritten before they are deleted."""

import os
from pathlib import Path

from consult_app.kernel.errors import Refused, reason_of

_PIECE = 1 << 20


class NotErased(Refused):
    """A file could not be overwritten or deleted; it still lies there."""

    text = "「{path}」没有销毁：{reason}。请先关闭打开它的程序，再销毁一次。"


def erase(path: Path) -> bool:
    """Overwrite a file where it stands, and delete it; False when it is not there. Refused: `NotErased`.

    What a solid-state disk has moved elsewhere is out of any program's reach.
    """
    try:
        with path.open("r+b") as file:
            left = os.fstat(file.fileno()).st_size
            while left > 0:
                left -= file.write(bytes(min(left, _PIECE)))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as wrong:
        raise NotErased(path=path.name, reason=reason_of(wrong)) from None
    return True
