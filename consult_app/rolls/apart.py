"""Read a spreadsheet file in a process of its own, so that no file from outside can take the window down."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from consult_app.kernel.errors import Refused
from consult_app.rolls import READER, caps
from consult_app.rolls.sheet_json import from_json
from consult_app.rolls.sheets import Sheets

SECONDS = 90
"""How long the process may take: the largest roll on an old disk takes ten seconds."""
_LOOK = 0.05
_REFUSALS: dict[str, type[Refused]] = {
    each.__name__: each
    for each in (
        caps.NoSuchFile, caps.FileTooLarge, caps.EmptyFile, caps.NotASpreadsheet, caps.PasswordProtected,
        caps.DamagedFile, caps.UnsafeToUnpack,
    )
}  # fmt: skip


class ReadingStopped(Refused):
    """The reading process came to no end, or to a bad one."""

    text = (
        "文件“{name}”{why}，已停止读取，名册没有改变。请用 Excel 或 WPS 打开，只保留名册数据，另存为新的 .xlsx 后重试。"
    )
    field = "file"


def read_apart(path: Path, wait: Callable[[], object] = lambda: None, seconds: float = SECONDS) -> Sheets:
    """As `workbook.read`, in a process of its own. Refused as there, and `ReadingStopped` when it crashes or takes too long.

    `wait` is called some twenty times a second meanwhile; what it raises ends the process.
    """
    process = subprocess.Popen(
        command(path),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        said = _said(process, wait, seconds)
    finally:
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()
    if said is None:
        raise ReadingStopped(name=path.name, why=f"读取超过 {seconds:g} 秒")
    if process.returncode != 0:
        raise ReadingStopped(name=path.name, why="无法正常读取（可能已损坏，或需要的内存过多）")
    found: dict[str, Any] = json.loads(said)
    if "refused" in found:
        raise _REFUSALS[found["refused"]](**found["facts"])
    return from_json(found["sheets"])


def command(path: Path) -> list[str]:
    """The same program with another argument: the frozen executable itself, or this interpreter on the package."""
    own = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-X", "utf8", "-m", "consult_app"]
    return [*own, READER, str(path.absolute())]


def _said(process: "subprocess.Popen[bytes]", wait: Callable[[], object], seconds: float) -> bytes | None:
    """What the process wrote until it ended; None when it takes longer than it may."""
    for _ in range(max(1, round(seconds / _LOOK))):
        wait()
        try:
            return process.communicate(timeout=_LOOK)[0]
        except subprocess.TimeoutExpired:
            continue
    return None
