"""The program as a script meets it: commands with their exit codes, and the vote server as a child."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from consult_app.settings import settings
from consult_app.web import child
from consult_app.web.child import Child


def consult(*words: str | Path, exit_code: int = 0) -> subprocess.CompletedProcess[str]:
    """Run one command and hold it to its exit code."""
    command = [sys.executable, "-X", "utf8", "-m", "consult_app", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", timeout=300)
    assert done.returncode == exit_code, done.stderr
    return done


def answer(*words: str | Path) -> Any:
    """What one command answers in JSON."""
    return json.loads(consult(*words).stdout)


@contextmanager
def serving(data: Path) -> Iterator[Child]:
    """A vote server on loopback for a data folder."""
    server = child.start(settings(data), "127.0.0.1", 0)
    try:
        yield server
    finally:
        server.stop()
