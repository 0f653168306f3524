"""The bundled fonts: unpacked once, shared by the window and the documents.

`resources/fonts` holds them as .ttf.xz; `resources/fonts/fonts.toml` names each role's file, family and digests.
"""

import hashlib
import lzma
import os
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import platformdirs

from consult_app.kernel import resources


@dataclass(frozen=True)
class Font:
    """One bundled font: its role, family name as Qt and PDF see it, and the digest of its plain bytes."""

    role: str
    file: str
    family: str
    sha256: str


@cache
def fonts() -> dict[str, Font]:
    """Every bundled font by role: body (仿宋), serif (宋体), title (小标宋), hei (黑体), kai (楷体), ui."""
    entries = tomllib.loads(resources.path("fonts", "fonts.toml").read_text(encoding="utf-8"))
    return {role: Font(role, entry["file"], entry["family"], entry["sha256"]) for role, entry in entries.items()}


def font_bytes(role: str) -> bytes:
    """The TrueType file of a role, whole: 3 to 15 MB, about 0.3 s when it is not cached on disk."""
    try:
        return font_path(role).read_bytes()
    except OSError:  # no writable cache folder: unpack into memory
        return _unpacked(fonts()[role])


def font_path(role: str) -> Path:
    """The TrueType file of a role on disk, unpacked into the user's cache folder on first use.

    A file of the right name but other bytes (cut short, tampered with) is written anew.
    """
    font = fonts()[role]
    folder = cache_folder()
    target = folder / f"{role}-{font.sha256[:16]}.ttf"
    if not _is_whole(target, font):
        folder.mkdir(parents=True, exist_ok=True)
        partial = folder / f".{target.name}.{os.getpid()}"
        partial.write_bytes(_unpacked(font))
        os.replace(partial, target)
    return target


def cache_folder() -> Path:
    """Where unpacked fonts are kept; safe to delete at any time."""
    return Path(platformdirs.user_cache_dir("consult", appauthor=False)) / "fonts"


def _is_whole(target: Path, font: Font) -> bool:
    return target.is_file() and hashlib.sha256(target.read_bytes()).hexdigest() == font.sha256


def _unpacked(font: Font) -> bytes:
    return lzma.decompress(resources.path("fonts", font.file).read_bytes())
