"""What the window remembers between starts: geometry, columns, font size, last body. No data of residents."""

import json
import os
from pathlib import Path
from typing import Any


class Memory:
    """A small JSON file in the data folder; a damaged or unwritable one is as good as none."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._values: dict[str, Any] = _read(path)

    def get(self, key: str, default: Any = None) -> Any:
        """What is remembered under a key."""
        return self._values.get(key, default)

    def put(self, key: str, value: Any) -> None:
        """Remember a JSON value; None forgets it."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        if value is None:
            del self._values[key]
        partial = self._path.with_suffix(".partial")
        try:
            partial.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), encoding="utf-8")
            os.replace(partial, self._path)
        except OSError:  # a window without memory still works
            partial.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
