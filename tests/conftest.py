"""What every test stands on: Qt draws into memory, and the shared fixtures are known."""

import os

os.environ["QT_QPA_PLATFORM"] = "offscreen"

pytest_plugins = ["tests.fixtures"]
