import json
import subprocess
import sys
from pathlib import Path

import pytest

from consult_app.cli import NOUNS, VERBS


def consult(*words: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    """Run the command line as a script would."""
    return subprocess.run(
        [sys.executable, "-m", "consult_app", *words], capture_output=True, text=True, input=given, timeout=120
    )


def test_body_add_prints_the_id(tmp_path: Path) -> None:
    done = consult("--data", str(tmp_path), "body", "add", "--kind", "village", "--name", "示范村")
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "1", "")


def test_refusal_is_one_chinese_line_and_exit_code_2(tmp_path: Path) -> None:
    consult("--data", str(tmp_path), "body", "add", "--kind", "village", "--name", "示范村")
    done = consult("--data", str(tmp_path), "body", "add", "--kind", "village", "--name", "示范村")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "「示范村」已经存在，请换一个名称。\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["body", "addx"], "没有命令 addx"),
        (["body", "add", "--kind", "castle", "--name", "x"], "--kind 的值不能用"),
        (["body", "add", "--kind", "owners"], "缺少 --name"),
        (["body", "add", "--colour", "red"], "没有选项 --colour"),
    ],
)
def test_wrong_usage_is_said_in_chinese(tmp_path: Path, words: list[str], says: str) -> None:
    done = consult("--data", str(tmp_path), *words)
    assert done.returncode == 2
    assert says in done.stderr
    assert done.stderr.count("\n") == 1


def test_audit_verify_names_the_head(tmp_path: Path) -> None:
    consult("--data", str(tmp_path), "body", "add", "--kind", "owners", "--name", "示范小区")
    done = consult("--data", str(tmp_path), "--json", "audit", "verify")
    assert done.returncode == 0
    assert json.loads(done.stdout)["entries"] == 4


NEEDLESS = {
    "PIL",
    "PySide6",
    "alembic",
    "consult_app.voting.actions",
    "openpyxl",
    "pikepdf",
    "psycopg",
    "pypdfium2",
    "python_calamine",
    "qrcode",
    "reportlab",
}
"""What only a window, a document, a spreadsheet, another database or a migration needs."""


def test_a_vote_server_loads_nothing_it_does_not_need(tmp_path: Path) -> None:
    """After a crash the hall waits for what is loaded."""
    consult("--data", str(tmp_path), "body", "add", "--kind", "village", "--name", "示范村")
    start = (
        "import sys; from pathlib import Path; from consult_app.cli import serve; from consult_app.app import open_app; "
        "from consult_app.settings import settings; open_app(settings(Path(sys.argv[1]))).close(); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", start, tmp_path], capture_output=True, text=True, timeout=60, check=True
    )
    loaded = set(done.stdout.split())
    assert "consult_app.web.site" in loaded
    assert NEEDLESS & loaded == set()


def test_help_lists_every_command() -> None:
    done = consult("--help")
    assert done.returncode == 0
    assert {*NOUNS, *VERBS} <= set(done.stdout.split())
