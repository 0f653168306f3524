"""Run the tests of what is stored on a PostgreSQL server of their own.

python -m tests.postgres [what pytest is told]
"""

import os
import subprocess
import sys

from tests.postgres.cluster import NotInstalled, cluster
from tests.postgres.databases import SERVER

STORED = [
    f"tests/consult_app/{package}"
    for package in (
        *("storage", "audit", "files", "bodies", "rolls", "proposals", "meetings", "voting"),
        *("notices", "followup", "archive", "web"),
    )
] + ["tests/postgres"]


def main(words: list[str]) -> int:
    """Start the server, run pytest, stop the server; the exit code is pytest's."""
    try:
        with cluster() as server:
            command = [sys.executable, "-m", "pytest", *(words or STORED)]
            return subprocess.run(command, env={**os.environ, SERVER: server}).returncode
    except NotInstalled as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
