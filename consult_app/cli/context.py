"""What every command is given: the settings, the opened Store, and how to answer."""

import json
import sys
from functools import cached_property
from typing import Any

from consult_app.app import App, open_app
from consult_app.settings import Settings
from consult_app.storage.store import Actor, Store

LARGEST = 2**63 - 1
"""The largest number a record can bear: what is larger names nothing, and no database takes it."""


class Context:
    """One run of the command line."""

    def __init__(self, settings: Settings, as_json: bool) -> None:
        self.settings = settings
        self.as_json = as_json
        self.actor = Actor("命令行", "command_line")

    @cached_property
    def app(self) -> App:
        """The opened program; opened when a command first needs it."""
        return open_app(self.settings)

    def store(self) -> Store:
        """The Store of the opened program."""
        return self.app.store

    def out(self, value: Any) -> None:
        """Answer with JSON, whatever was asked: for commands whose answer is a record."""
        json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=str)
        sys.stdout.write("\n")

    def say(self, words: str, value: Any) -> None:
        """Answer with a line of words, or with the value when `--json` was given."""
        if self.as_json:
            self.out(value)
        else:
            sys.stdout.write(words + "\n")
