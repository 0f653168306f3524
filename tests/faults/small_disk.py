"""A vote on a disk that really fills up, in a process with a mount of its own: says as JSON how it went.

    unshare -Urm python -m tests.faults.small_disk PRISTINE TOKENS.json EMPTY_FOLDER yes|no

The disk is a small file system of memory, which nobody else sees and which is gone with the process. The last word says
whether room was kept back.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from consult_app.app import App, open_app
from consult_app.documents.drafting import draft_count_sheet
from consult_app.documents.issuing import issue
from consult_app.kernel.errors import Refused
from consult_app.settings import settings
from consult_app.storage import reserve
from consult_app.voting import actions, queries
from tests.faults import hall
from tests.fixtures import SECRETARY

DISK = reserve.SIZE + (40 << 20)
SPAN = 5
"""Seconds the phones go on at a full disk: the server looks at the disk once a second and tries its Store every other."""


def play(data: Path, tokens: Iterator[str], kept: bool) -> dict[str, Any]:
    """Vote, fill the disk, vote on, close, declare and print; gives what was answered and reached."""
    reserve.FULL = reserve.BRIM  # the disk is memory: only what is kept has its true size
    app = open_app(settings(data))
    if kept:
        app.make_room()
    app.close()
    server = hall.serve(data, hall.free_port())
    before = [token for token in islice(tokens, 20) if hall.press(server.port, token).status == 200]
    fill(data / "rubbish")
    answers, after = press_on(server.port, tokens)
    server.stop()
    if not kept:
        fill(data / "more rubbish")  # what the server's end gave back
    try:
        reached = close(open_app(settings(data)))
    except Refused as refused:
        reached = str(refused)
    for rubbish in data.glob("*rubbish"):
        rubbish.unlink()
    missing = hall.counted(data).missing(before + after)
    return {"before": len(before), "answers": answers, "reached": reached, "missing": len(missing)}


def press_on(port: int, tokens: Iterator[str]) -> tuple[list[int], list[str]]:
    """Vote with one slip after another, trying again what was not taken; every answer, and the slips that were taken."""
    answers, taken = [], []
    deadline = time.monotonic() + SPAN
    for token in tokens:
        while time.monotonic() < deadline and token not in taken:
            answers.append(hall.press(port, token).status)
            if answers[-1] == 200:
                taken.append(token)
            else:
                time.sleep(0.1)
    return answers, taken


def fill(path: Path) -> None:
    """Take all that is free at one stroke: a slow filler would take the room given back as well."""
    if free := reserve.free_space(path.parent):
        with path.open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, free)


def close(app: App) -> str:
    """Close, declare and issue the count sheet; their states."""
    try:
        store = app.store
        motion = store.ask(queries.motions, 1)[0].id
        store.do(SECRETARY, actions.close_vote, motion, "监票人甲", "监票人乙")
        store.do(SECRETARY, actions.declare, motion, store.ask(queries.books, motion).live)
        sheet = issue(store, SECRETARY, store.do(SECRETARY, draft_count_sheet, motion))
        return f"{store.ask(queries.motion, motion).state}, {sheet.state}"
    finally:
        app.close()


def main(pristine: str, tokens: str, place: str, kept: str) -> None:
    """Mount the disk and play on it."""
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK}", "none", place], check=True)
    data = shutil.copytree(pristine, Path(place, "data"))
    sys.stdout.write(json.dumps(play(data, iter(json.loads(Path(tokens).read_text())), kept == "yes")))


if __name__ == "__main__":
    main(*sys.argv[1:])
