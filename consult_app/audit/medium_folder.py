"""The folder of the second medium: a place on a stick or another disk, chosen once for a computer."""

import errno
import json
import os
import tempfile
from pathlib import Path

from consult_app.kernel.errors import Refused, reason_of

SETTING = "second-medium.json"
"""The file of the data folder that names the chosen folder: the place of a stick is a matter of this computer, not of the body."""

_REASONS = {
    errno.ENOENT: "没有插好，或已被拔出",
    errno.ENODEV: "已被拔出",
    errno.EIO: "读写出错",
    errno.ENOSPC: "已经写满",
}


class NoFolder(Refused):
    """The second medium is no folder that can be written to."""

    text = "不能写入「{place}」：{reason}。请插好 U 盘，或换一个文件夹。"
    field = "place"


class SameFolder(Refused):
    """The second place is the first."""

    text = "副本不能放在数据文件夹里，请选 U 盘或另一块磁盘上的文件夹。"
    field = "place"


def chosen(data: Path) -> Path | None:
    """The folder chosen for the second medium of a data folder; None when there is none. Asked at every commit."""
    place = f"{data}/{SETTING}"
    if not os.path.exists(place):
        return None
    try:
        return Path(json.loads(Path(place).read_text("utf-8"))["folder"])
    except (FileNotFoundError, ValueError, KeyError, TypeError):
        return None


def choose(data: Path, folder: Path | None) -> None:
    """Choose the folder of the second medium, or none. Refused: `NoFolder`, `SameFolder`."""
    if folder is None:
        (data / SETTING).unlink(missing_ok=True)
        return
    folder = check(data, folder)
    try:
        (data / SETTING).write_text(json.dumps({"folder": str(folder)}, ensure_ascii=False), "utf-8")
    except OSError as error:
        raise NoFolder(place=data, reason=reason_of(error)) from error


def check(data: Path, folder: Path) -> Path:
    """The folder, absolute, once a trial file could be written there. Refused: `NoFolder`, `SameFolder`."""
    folder = folder.expanduser().absolute()
    if folder.resolve().is_relative_to(data.resolve()):
        raise SameFolder
    try:
        with tempfile.TemporaryFile(dir=folder) as trial:
            trial.write(b"1")
            trial.flush()
            os.fsync(trial.fileno())
    except OSError as error:
        raise NoFolder(place=folder, reason=words(error)) from error
    return folder


def shares_disk(data: Path, folder: Path) -> bool:
    """Whether two folders lie on one disk, so that losing it would lose both; False where that cannot be told."""
    try:
        return data.stat().st_dev == folder.stat().st_dev
    except OSError:
        return False


def words(error: OSError) -> str:
    """Why a medium cannot be read or written to, in words."""
    return _REASONS.get(error.errno or 0) or reason_of(error)
