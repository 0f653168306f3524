"""PostgreSQL for the bench: what the server itself can take, and the vote server by one or several workers on it."""

import itertools
import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg

from consult_app.voting import queries
from consult_app.web import child
from tests.bench import hall
from tests.bench.hall import Hall, Run

BATCH = 100
"""Rows of one COPY: what a full group of votes would be."""

TOKENS = itertools.count()


def row_limit(database: str, rows: int) -> float:
    """Commits of one small row in a second by one connection."""
    with _connected(database) as db:
        start = time.perf_counter()
        for _ in range(rows):
            db.execute("INSERT INTO bench_limit VALUES (%s, %s)", (_token(), "fas"))
        return rows / (time.perf_counter() - start)


def copy_limit(database: str, rows: int) -> float:
    """Rows in a second by COPY, `BATCH` of them a commit."""
    with _connected(database) as db:
        start = time.perf_counter()
        for _ in range(0, rows, BATCH):
            with db.cursor().copy("COPY bench_limit FROM STDIN") as copy:
                for _ in range(BATCH):
                    copy.write_row((_token(), "fas"))
        return rows / (time.perf_counter() - start)


@contextmanager
def serving(found: Hall, workers: int) -> Iterator[int]:
    """The vote server on a hall's database by so many workers; its port."""
    words = ["serve", "--host", "127.0.0.1", "--port", "0", "--workers", str(workers)]
    with subprocess.Popen([*child.program(found.settings), *words], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            port = int(json.loads(process.stdout.readline())["port"])
            _wait_for_all(port, workers)
            yield port
        finally:
            process.terminate()


def race(port: int, tokens: tuple[str, ...], clients: int) -> Run:
    """Each slip pressed on two phones at the same moment, with a form of its own: one of the two gets no receipt."""
    return hall.press(port, [token for token in tokens for _ in range(2)], clients)


def counted(found: Hall) -> int:
    """The voters who took part, by the books."""
    app = found.open()
    heads = app.store.ask(queries.turnout, found.motion).participating.heads
    app.close()
    return heads


def _wait_for_all(port: int, workers: int) -> None:
    """Let every worker answer a page before anything is measured."""
    for _ in range(20 * workers):
        hall.page_bytes(port, "")


@contextmanager
def _connected(database: str) -> Iterator["psycopg.Connection[tuple[object, ...]]"]:
    with psycopg.connect(database.replace("+psycopg", ""), autocommit=True) as db:
        db.execute("CREATE TABLE IF NOT EXISTS bench_limit (token TEXT PRIMARY KEY, choices TEXT)")
        yield db


def _token() -> str:
    return f"{next(TOKENS) * 0x9E3779B97F4A7C15 % 2**64:032x}"
