"""Where the window puts what is printed: a PDF in the folder of exports, opened with the system's viewer."""

import os
import re
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from consult_app.documents.issuing import Issued
from consult_app.documents.rules import code_words
from ui.desk import Desk

_BARRED = re.compile(r'[\\/:*?"<>|\s]+')


def safe(name: str) -> str:
    """A name that every system takes for a file or folder."""
    return _BARRED.sub(" ", name).strip(" .")[:80] or "文件"


def put(folder: Path, name: str, content: bytes) -> Path:
    """Write a file under a name made safe for every system; an older file of that name stays, the new one gets a number."""
    stem, _, ending = name.rpartition(".")
    stem = safe(stem)
    folder.mkdir(parents=True, exist_ok=True)
    path, number = folder / f"{stem}.{ending}", 1
    while path.exists():
        number += 1
        path = folder / f"{stem}（{number}）.{ending}"
    partial = path.with_suffix(".partial")
    partial.write_bytes(content)
    os.replace(partial, path)
    return path


def put_out(desk: Desk, name: str, content: bytes) -> Path:
    """Save a file among the exports, open it to be printed, and say where it is."""
    path = put(desk.app.settings.exports, name, content)
    show(path)
    desk.say(f"已保存：{path.name}")
    return path


def put_out_paper(desk: Desk, name: str, made: Issued) -> Path:
    """Save and open a paper that was issued to be signed, and say under which number it stands among the matter's papers."""
    path = put_out(desk, name, made.content)
    desk.say(f"已列入议题的文件，编号 {code_words(made.line.code)}。签字后请扫描，附到这份文件上。")
    return path


def show(path: Path) -> None:
    """Open a file with the system's viewer."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
