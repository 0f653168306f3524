"""Read the files of an exported vote."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MOTION, ROLL, JOININGS, BALLOTS, HANDS = "motion.json", "roll.csv", "joinings.csv", "ballots.csv", "hands.csv"
PAPERS = "papers.csv"
"""The tellers' counts of a secret vote's papers; a vote exported before they were counted by sums has none."""

Line = Mapping[str, str]


class Unreadable(Exception):
    """The folder holds no exported vote, or a file of it is damaged; the text says which, in Chinese."""


@dataclass(frozen=True)
class Exported:
    """An exported vote: the motion with its rule and result, and the lines of each table."""

    motion: Mapping[str, Any]
    roll: tuple[Line, ...]
    joinings: tuple[Line, ...]
    ballots: tuple[Line, ...]
    hands: tuple[Line, ...]
    papers: tuple[Line, ...] = ()


def exported(folder: Path) -> Exported:
    """The exported vote in a folder; `Unreadable` when a file is missing or damaged."""
    return Exported(
        motion=motion_of(folder),
        roll=table(folder / ROLL),
        joinings=table(folder / JOININGS),
        ballots=table(folder / BALLOTS),
        hands=table(folder / HANDS),
        papers=table(folder / PAPERS) if (folder / PAPERS).exists() else (),
    )


def motion_of(folder: Path) -> Mapping[str, Any]:
    """The motion of an exported vote, with its rule and result."""
    path = folder / MOTION
    try:
        found = json.loads(_text(path))
    except ValueError:
        raise Unreadable(f"{path.name} 不是完好的 JSON 文件") from None
    if not isinstance(found, dict) or found.get("format") != 1:
        raise Unreadable(f"{path.name} 不是本程序导出的表决文件")
    return found


def table(path: Path) -> tuple[Line, ...]:
    """The lines of one of its tables."""
    return tuple(csv.DictReader(io.StringIO(_text(path))))


def hundredths(words: str) -> int:
    """`80.50` as 8050, exactly; an empty cell is nothing."""
    if not words:
        return 0
    whole, _, part = words.partition(".")
    if not whole.isdecimal() or (part and not part.isdecimal()) or len(part) > 2:
        raise Unreadable(f"面积「{words}」无法识别")
    return int(whole) * 100 + int(part.ljust(2, "0"))


def number(words: str) -> int:
    """A whole number that is not negative."""
    if not words.isdecimal():
        raise Unreadable(f"数字「{words}」无法识别")
    return int(words)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError:
        raise Unreadable(f"文件夹中没有 {path.name}，或者打不开") from None
    except UnicodeDecodeError:
        raise Unreadable(f"{path.name} 不是 UTF-8 文本") from None
