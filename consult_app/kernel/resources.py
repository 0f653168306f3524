"""Find the read-only files the program ships: laws, rules, wording, fonts, templates."""

import sys
from pathlib import Path


def root() -> Path:
    """The folder `resources/`, in the source tree or inside a frozen application."""
    bundle = getattr(sys, "_MEIPASS", None)
    base = Path(bundle) if bundle else Path(__file__).resolve().parents[2]
    return base / "resources"


def path(*parts: str) -> Path:
    """The path of one shipped file or folder, e.g. `path("rules", "owners.toml")`."""
    return root().joinpath(*parts)
