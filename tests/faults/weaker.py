"""The program with a setting that is not safe, to show that the test of power cuts can fail: `synchronous=NORMAL`."""

from typing import Any

from consult_app.cli import main
from consult_app.storage import engine

_connected = engine._sqlite_connected


def _weaker(connection: Any, _record: Any) -> None:
    _connected(connection, _record)
    connection.execute("PRAGMA synchronous=NORMAL")


engine._sqlite_connected = _weaker
main()
