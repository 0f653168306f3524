"""The desktop as a process to be killed: opens the window on a data folder, starts the vote server on a port unless one is
taken over, says which page is open, and stays.

    python -m tests.faults.desktop DATA PORT
"""

import json
import sys

from PySide6.QtCore import QTimer

from consult_app.settings import settings
from ui import __main__ as desktop
from ui.desk import Desk
from ui.window import Window


class Watched(Window):
    """The window, which starts the server as soon as it stands."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.painted.connect(lambda: QTimer.singleShot(0, self.serve))

    def serve(self) -> None:
        """Start the server where none was taken over, and say what is there."""
        taken = bool(self.desk.server.address)
        self.desk.server.start("127.0.0.1", int(sys.argv[2]))
        said = {"taken_over": taken, "address": self.desk.server.address, "page": self.place[0]}
        sys.stdout.write(json.dumps(said) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    desktop.Window = Watched  # type: ignore[attr-defined]
    sys.exit(desktop.run(settings(sys.argv[1])))
