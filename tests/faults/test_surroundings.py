"""What lies around a vote fails: the port is taken, the folder is read-only, the second medium is pulled in mid-vote."""

import errno
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from consult_app.app import open_app
from consult_app.audit import medium
from consult_app.settings import settings
from consult_app.storage import journal
from consult_app.voting import recovery
from tests.faults import hall
from tests.faults.hall import Load, Pristine


def refused(data: Path, *words: str, environment: dict[str, str] | None = None) -> str:
    """What a server says that does not start: one line, exit code 2, within a few seconds."""
    command = [sys.executable, "-X", "utf8", "-m", "consult_app", "--data", str(data), "serve", "--host", "127.0.0.1"]
    done = subprocess.run(
        [*command, *words], capture_output=True, text=True, timeout=60, env={**os.environ, **(environment or {})}
    )
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1
    return done.stderr


def journal_of(stick: Path) -> journal.Reading:
    """The one journal on a stick."""
    (path,) = stick.glob("*.txt")
    return journal.read(path)


def until(holds: Callable[[], object]) -> None:
    """Wait for what the server brings about."""
    deadline = time.monotonic() + hall.PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it never came"
        time.sleep(0.05)


def test_a_port_that_is_taken_is_said_in_one_line_and_another_serves(pristine: Pristine, tmp_path: Path) -> None:
    data = pristine.copy(tmp_path / "data")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        assert f"端口 {port} 已被其他程序占用" in refused(data, "--port", str(port))
    server = hall.serve(data, port)
    assert hall.press(port, pristine.tokens[0]).status == 200
    server.stop()


def test_threat_17_a_folder_that_is_read_only_is_refused_before_anybody_votes(
    pristine: Pristine, tmp_path: Path, library: Path
) -> None:
    data, fault = pristine.copy(tmp_path / "data"), tmp_path / "fault"
    fault.write_text(f"open {errno.EROFS}")
    environment = {"LD_PRELOAD": str(library), "DISK_FOLDER": str(data), "DISK_FAULT": str(fault)}
    assert "打不开数据" in refused(data, "--port", "0", environment=environment)


@pytest.mark.parametrize("kept", ["yes", "no"])
def test_threat_17_on_a_full_disk_the_room_kept_back_lets_the_vote_go_on_and_end(
    pristine: Pristine, tmp_path: Path, figure: Callable[[str], None], kept: str
) -> None:
    """Without it the same disk takes neither vote nor closing; nothing that was acknowledged is lost either way."""
    apart = ["unshare", "-Urm"]
    if not shutil.which("unshare") or subprocess.run([*apart, "mount", "-t", "tmpfs", "none", tmp_path]).returncode:
        pytest.skip("needs Linux where users may mount")
    tokens, place = tmp_path / "tokens.json", tmp_path / "disk"
    tokens.write_text(json.dumps(pristine.tokens))
    place.mkdir()
    story = [sys.executable, "-X", "utf8", "-m", "tests.faults.small_disk"]
    places = [str(each) for each in (pristine.data, tokens, place)]
    done = subprocess.run([*apart, *story, *places, kept], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    went = json.loads(done.stdout)
    assert (went["before"], went["missing"]) == (20, 0)
    answers = Counter(went["answers"])
    assert set(answers) <= {200, 503}
    if kept == "yes":
        assert went["answers"][-1] == 200
        assert went["reached"] == "declared, issued"
    else:
        assert went["answers"][-1] == 503
        assert "磁盘已满" in went["reached"]
    figure(f"full disk, room kept: {kept}: {answers[200]} votes taken, {answers[503]} answered 503, {went['reached']}")


def test_threat_17_a_stick_pulled_in_mid_vote_stops_nobody_and_is_caught_up(
    pristine: Pristine, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    data, stick = pristine.copy(tmp_path / "data"), tmp_path / "stick"
    stick.mkdir()
    server = hall.serve(data, hall.free_port(), "--journal", str(stick))
    app = open_app(settings(data))
    try:
        load = Load(server.port, iter(pristine.tokens[:600])).start()
        until(lambda: len(load.answered) > 100)
        stick.rename(tmp_path / "pulled")
        load.wait()
        assert (len(load.answered), load.others) == (600, [])
        until(lambda: app.store.ask(medium.medium).fault)
        assert app.store.ask(medium.medium).fault == "没有插好，或已被拔出"
        (tmp_path / "pulled").rename(stick)
        until(lambda: not app.store.ask(medium.medium).fault)
        report = app.store.ask(recovery.examine, stick)
        assert report.weight is recovery.Weight.WELL, report.summary
        lines = [line for line in journal_of(stick).lines if line.event == "ballot.cast"]
        assert len({line.serial for line in lines}) == len(lines) == 600
    finally:
        app.close()
        server.stop()
    figure("stick pulled in mid-vote: 600 of 600 votes acknowledged, 600 lines on the stick once it was back")


def test_threat_15_whenever_the_server_is_killed_the_stick_knows_every_acknowledged_vote(
    pristine: Pristine, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    data, stick = pristine.copy(tmp_path / "data"), tmp_path / "stick"
    stick.mkdir()
    port, tokens, acknowledged = hall.free_port(), iter(pristine.tokens), dict[str, float]()
    for _ in range(3):
        server = hall.serve(data, port, "--journal", str(stick))
        load = Load(port, tokens).start()
        until(lambda: len(load.answered) > 20)  # noqa: B023
        server.kill()
        load.wait()
        acknowledged.update(load.answered)
        app = open_app(settings(data))
        known = hall.count(app.store)
        lines = [line for line in journal_of(stick).lines if line.event == "ballot.cast"]
        report = app.store.ask(recovery.examine, stick)
        app.close()
        assert known.missing(acknowledged) == []
        assert len(acknowledged) <= len(lines) <= known.participations
        assert report.weight is not recovery.Weight.GRAVE, report.summary
    figure(f"server killed 3 times with a stick: {len(acknowledged)} votes acknowledged, each on disk and on the stick")
