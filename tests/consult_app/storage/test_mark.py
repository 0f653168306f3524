"""The mark of a program at work: a clean end takes it away, any other end leaves it for the next start to find."""

import subprocess
import sys
from pathlib import Path

from consult_app.storage.mark import Mark

KILLED = """
import os, sys
from pathlib import Path
from consult_app.storage.mark import Mark
Mark(Path(sys.argv[1]), "serving").leave(pid=os.getpid())
os.kill(os.getpid(), 9)
"""


def test_a_clean_end_leaves_no_mark(tmp_path: Path) -> None:
    mark = Mark(tmp_path, "serving")
    assert mark.leave(port=8080) is False
    mark.take_away()
    assert Mark(tmp_path, "serving").leave() is False


def test_a_killed_process_leaves_its_mark(tmp_path: Path) -> None:
    done = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], timeout=60)
    assert done.returncode == -9
    assert Mark(tmp_path, "serving").owner() is None
    assert Mark(tmp_path, "serving").leave() is True


def test_the_facts_of_one_who_lives_can_be_read(tmp_path: Path) -> None:
    mark = Mark(tmp_path, "serving")
    mark.leave(port=8080)
    other = Mark(tmp_path, "serving")
    assert other.owner() == {"port": 8080}
    assert other.leave(port=9) is False
    other.take_away()
    assert Mark(tmp_path, "serving").owner() == {"port": 8080}
    mark.take_away()


def test_a_mark_cut_off_while_it_was_written_still_tells(tmp_path: Path) -> None:
    (tmp_path / "serving.json").write_text('{"po')
    assert Mark(tmp_path, "serving").leave() is True
