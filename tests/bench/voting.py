"""The speeds of voting, measured in one run on one machine and printed as one table.

    python -m tests.bench.voting [--database postgresql+psycopg://...] [--votes N] [--naive N] [--rounds N]

PostgreSQL's rows are measured on a server of the bench's own, on this disk, where one is installed, unless another is named.
Every measurement stands beside the limit and the peer it is held against, taken in the same rounds, since a machine is never
twice as quiet: the limit is what SQLite commits one row at a time on this disk, the peer a server as one would write it in an
afternoon (`naive`). Client and servers share the machine.
"""

import argparse
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from consult_app.web import child
from tests.bench import ballots, hall, stall, town
from tests.bench.hall import Run
from tests.bench.naive import RECEIVED
from tests.postgres.cluster import NotInstalled, cluster

CROWDS = (50, 500)
AT_ONCE = 2000
LIMIT_ROWS = 4000
WORKERS = (1, 2)
RACE = 1000


@dataclass
class Table:
    """What was measured, round by round, and what it is held against."""

    rows: dict[str, list[str]] = field(default_factory=dict)
    rates: dict[str, list[float]] = field(default_factory=dict)

    def note(self, name: str, rate: float) -> None:
        """Keep a rate; the median of the rounds is shown."""
        self.rates.setdefault(name, []).append(rate)

    def rate(self, name: str) -> float:
        """The median of the rounds."""
        return statistics.median(self.rates[name])

    def say(self, name: str, *figures: str) -> None:
        """Keep a finished row, and show it."""
        self.rows[name] = list(figures)
        print(f"{name:<58}{figures[0]:>16}  {'  '.join(figures[1:])}", flush=True)


def limit(folder: Path, rows: int = LIMIT_ROWS) -> float:
    """Commits of one small row in a second, WAL and `synchronous=FULL`: what one connection can put on this disk."""
    db = sqlite3.connect(folder / "limit.db", isolation_level=None)
    db.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE IF NOT EXISTS vote (token TEXT PRIMARY KEY, choices TEXT, area INTEGER, at TEXT)")
    first = db.execute("SELECT count(*) FROM vote").fetchone()[0]
    start = time.perf_counter()
    for number in range(first, first + rows):
        row = (f"{number * 0x9E3779B97F4A7C15 % 2**64:032x}", "fas", 8000, "2026-11-22 01:00:00")
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO vote VALUES (?, ?, ?, ?)", row)
        db.execute("COMMIT")
    seconds = time.perf_counter() - start
    db.close()
    return rows / seconds


@contextmanager
def naive(folder: Path, votes: int) -> Iterator[tuple[int, list[str]]]:
    """The peer's server: its port and its tokens."""
    command = [sys.executable, "-m", "tests.bench.naive", str(folder), "0", str(votes)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout is not None
        try:
            *tokens, port = [process.stdout.readline().strip() for _ in range(votes + 1)]
            yield int(port), tokens
        finally:
            process.kill()


def main() -> None:
    """Measure everything and print the table."""
    wishes = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wishes.add_argument("--database", help="an empty PostgreSQL database instead of the bench's own")
    wishes.add_argument("--votes", type=int, default=8000, help="votes a crowd casts in a round")
    wishes.add_argument("--naive", type=int, default=600, help="votes the peer is given in a round")
    wishes.add_argument("--rounds", type=int, default=3)
    wishes.add_argument("--ballots", type=int, default=1_000_000, help="ballots in the box that is counted")
    asked = wishes.parse_args()
    table = Table()
    with tempfile.TemporaryDirectory() as folder:
        crowds(table, Path(folder), asked.votes, asked.naive, asked.rounds)
        at_once(table, Path(folder))
        page(table, Path(folder))
        box = ballots.fill(Path(folder) / "box", asked.ballots)
        table.say(
            f"tally of {asked.ballots:,} ballots x {ballots.ITEMS} items",
            f"{ballots.seconds(box, asked.ballots):.2f} s",
            "aim 1 s for 1,000,000",
        )
        try:
            with nullcontext(asked.database) if asked.database else cluster(on_disk=True) as database:
                on_postgres(table, Path(folder), database, asked.votes)
        except NotInstalled as error:
            table.say("PostgreSQL", "not measured", str(error))


def crowds(table: Table, folder: Path, votes: int, peers: int, rounds: int) -> None:
    """Votes a second by so many phones, in rounds of limit, peer and ours."""
    found = hall.fill(folder / "hall", votes * rounds * len(CROWDS))
    tokens = iter(found.tokens)
    runs: dict[str, list[Run]] = {}
    with naive(folder, peers * rounds * len(CROWDS)) as (port, slips), serving(found) as server:
        for _ in range(rounds):
            table.note("limit", limit(folder))
            for clients in CROWDS:
                some = [slips.pop() for _ in range(peers)]
                runs.setdefault(f"naive {clients}", []).append(
                    hall.press(port, some, clients, expect=RECEIVED.encode())
                )
                some = [next(tokens) for _ in range(votes)]
                runs.setdefault(f"ours {clients}", []).append(hall.press(server.port, some, clients))
    raw = table.rate("limit")
    table.say("raw SQLite commits of one row, WAL FULL", f"{raw:,.0f}/s")
    for clients in CROWDS:
        peer, ours = runs[f"naive {clients}"], runs[f"ours {clients}"]
        base = statistics.median(run.rate for run in peer)
        rate = statistics.median(run.rate for run in ours)
        table.say(f"naive Flask + ORM, {clients} phones", f"{base:,.0f}/s", latency(peer), troubles(peer))
        held = f"{rate / base:.1f} x naive (aim 20, never below 10), {rate / raw:.2f} x raw commits (aim 1)"
        table.say(f"ours, {clients} phones", f"{rate:,.0f}/s", latency(ours), held, troubles(ours))


def on_postgres(table: Table, folder: Path, database: str, votes: int) -> None:
    """The same on PostgreSQL by one and by two workers, beside what the server takes row by row and by COPY."""
    found = hall.fill(folder / "town", len(WORKERS) * (len(CROWDS) * votes + RACE), database)
    table.say("PostgreSQL, commits of one row, one connection", f"{town.row_limit(database, LIMIT_ROWS):,.0f}/s")
    copied = town.copy_limit(database, 10 * LIMIT_ROWS)
    table.say(f"PostgreSQL, COPY of {town.BATCH} rows a commit", f"{copied:,.0f}/s")
    tokens, received = iter(found.tokens), 0
    for workers in WORKERS:
        with town.serving(found, workers) as port:
            for clients in CROWDS:
                run = hall.press(port, [next(tokens) for _ in range(votes)], clients)
                received += run.votes
                name = f"ours on PostgreSQL, {workers} workers, {clients} phones"
                table.say(name, f"{run.rate:,.0f}/s", latency([run]), troubles([run]))
            run = town.race(port, tuple(next(tokens) for _ in range(RACE)), CROWDS[0])
            received += run.votes
            lost = "none lost" if run.votes == RACE == run.errors else "RACE LOST"
            table.say(f"{RACE:,} slips pressed twice at once, {workers} workers", f"{run.votes:,} receipts", lost)
    table.say("counted of the receipts on PostgreSQL", f"{town.counted(found):,} of {received:,}")


def at_once(table: Table, folder: Path) -> None:
    """Two thousand phones press in the same moment, with the window open beside the server."""
    found = hall.fill(folder / "once", 2 * AT_ONCE)
    with serving(found) as server, stall.window(found) as window:
        hall.press(server.port, found.tokens[:50], 50)
        window.behind(50)
        run = hall.press(server.port, found.tokens[50 : AT_ONCE + 50], AT_ONCE)
        gap, _ = window.ask()
        hall.press(server.port, found.tokens[-1:], 1)
        lag = window.behind(AT_ONCE + 51)
    slowest = f"slowest phone {max(run.waits, default=0) * 1000:.0f} ms"
    table.say(f"{AT_ONCE:,} phones press at once", f"{run.seconds:.2f} s", slowest, "aim 1 s", troubles([run]))
    table.say("longest stall of the window meanwhile", f"{gap:.0f} ms", "aim 33 ms")
    table.say("big screen behind a vote", f"{lag * 1000:.0f} ms", "aim 300 ms")


def page(table: Table, folder: Path) -> None:
    """What a phone loads before it can vote, on the wire with the heads of the answers."""
    found = hall.fill(folder / "page", 9)
    with serving(found) as server:
        size = hall.page_bytes(server.port, found.tokens[0])
    table.say("page load", f"{size:,} bytes", "one request, gzipped, heads included", "aim 6,144")


@contextmanager
def serving(found: hall.Hall) -> Iterator[child.Child]:
    """The vote server on a hall's data, a process of its own."""
    server = child.start(found.settings, "127.0.0.1", 0)
    try:
        yield server
    finally:
        server.stop()


def latency(runs: list[Run]) -> str:
    """The median of the rounds' p99."""
    return f"p99 {statistics.median(run.p99 for run in runs) * 1000:.0f} ms"


def troubles(runs: list[Run]) -> str:
    """Answers that were no receipt."""
    return f"{sum(run.errors for run in runs)} errors"


if __name__ == "__main__":
    main()
