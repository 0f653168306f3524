"""A ballot box of a million, put together by statements: casting that many votes would take the bench minutes."""

import sqlite3
import time
from pathlib import Path

from consult_app.voting import queries
from consult_app.voting.choices import LETTERS
from tests.bench import hall

ITEMS = 10
KINDS = 400
"""Different ways in which ballots are filled in; most people fill in alike."""


def fill(folder: Path, ballots: int) -> hall.Hall:
    """A closed vote of ten questions with so many voters, all of whom voted by phone."""
    found = hall.fill(folder, 9)
    db = sqlite3.connect(folder / "consult.db", isolation_level=None)
    db.execute("PRAGMA synchronous=OFF")
    db.execute("BEGIN")
    names = [row[1] for row in db.execute("PRAGMA table_info(elector)")]
    first = dict(zip(names, db.execute("SELECT * FROM elector ORDER BY id LIMIT 1").fetchone(), strict=True))
    numbers = range(first["id"] + 1000, first["id"] + 1000 + ballots)
    places = ", ".join("?" * len(names))
    db.executemany(
        f"INSERT INTO elector VALUES ({places})",
        ([{**first, "id": n, "key": f"k{n}", "area": 8000 + n % 500}[name] for name in names] for n in numbers),
    )
    db.executemany(
        "INSERT INTO participation (motion_id, elector_id, channel, at, pending) VALUES (?, ?, 'phone', ?, 0)",
        ((found.motion, n, "2026-11-22 01:00:00.000000") for n in numbers),
    )
    db.executemany(
        "INSERT INTO ballot (id, motion_id, elector_id, choices, heads, area, needs_signature, signed, set_aside) "
        "VALUES (?, ?, ?, ?, 1, ?, 0, 0, 0)",
        ((_key(n), found.motion, n, _letters(n), 8000 + n % 500) for n in numbers),
    )
    db.executemany(
        "INSERT INTO motion_item (motion_id, code, text) VALUES (?, ?, ?)",
        ((found.motion, str(code), "同意。") for code in range(hall.ITEMS + 1, ITEMS + 1)),
    )
    db.execute(
        "UPDATE motion SET item_count = ?, state = 'closed', eligible_heads = ?, eligible_area = ?",
        (ITEMS, ballots + 9, (ballots + 9) * 8500),
    )
    db.execute("COMMIT")
    db.close()
    return found


def seconds(found: hall.Hall, ballots: int) -> float:
    """How long the product's tally takes, the best of three."""
    app = found.open()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        tally = app.store.ask(queries.tally, found.motion)
        times.append(time.perf_counter() - start)
        assert sum(count.ballots for count in tally.items[-1].counts.values()) == ballots
    app.close()
    return min(times)


def _key(number: int) -> str:
    return f"{number * 0x9E3779B97F4A7C15 % 2**64:020d}"


def _letters(number: int) -> str:
    letters = "".join(LETTERS.values())[:3]
    kind = (number * 2654435761 % 2**32) % KINDS
    return "".join(letters[(kind >> place) % 3] for place in range(ITEMS))
