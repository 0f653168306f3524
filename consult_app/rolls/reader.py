"""The process that reads one spreadsheet file: it may take so much memory and no more, and answers in JSON.

A file from outside is read by much foreign code. Whatever it does there, the window and the votes are in another process.
"""

import json
import sys
from pathlib import Path

from consult_app.kernel.errors import Refused
from consult_app.rolls.caps import UnsafeToUnpack
from consult_app.rolls.sheet_json import to_json
from consult_app.rolls.workbook import read

MEMORY = 1024 * 1024 * 1024
"""Address space of the process, in bytes, where the system can limit it; a roll of 100,000 units takes a quarter of it."""


def main(words: list[str]) -> None:
    """Read the file named by the only word; its sheets or the refusal go to standard output."""
    path = Path(words[0])
    limit_memory()
    sys.stdout.write(answer(path))


def answer(path: Path) -> str:
    """The file's sheets as JSON, or the name and facts of why it is refused."""
    try:
        return f'{{"sheets":{to_json(read(path))}}}'
    except Refused as refused:
        return json.dumps({"refused": type(refused).__name__, "facts": refused.facts})
    except MemoryError:
        return json.dumps({"refused": UnsafeToUnpack.__name__, "facts": {"name": path.name, "what": "需要的内存过多"}})


def limit_memory(size: int = MEMORY) -> None:
    """Let this process take no more memory; Windows knows no such limit, there the caps of `caps` stand alone."""
    if sys.platform == "win32":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size, hard))
