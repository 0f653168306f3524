"""The bundled fonts are whole, and are unpacked once."""

import hashlib
from pathlib import Path

import pytest

from consult_app.kernel import fonts


@pytest.fixture
def cache_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(fonts, "cache_folder", lambda: tmp_path / "fonts")
    return tmp_path / "fonts"


def test_every_role_is_bundled() -> None:
    assert {"body", "serif", "title", "hei", "kai", "ui"} <= set(fonts.fonts())


@pytest.mark.parametrize("role", ["body", "serif", "title", "hei", "kai", "ui"])
def test_bytes_are_those_recorded(role: str, cache_folder: Path) -> None:
    assert hashlib.sha256(fonts.font_bytes(role)).hexdigest() == fonts.fonts()[role].sha256


def test_damaged_cache_is_written_anew(cache_folder: Path) -> None:
    path = fonts.font_path("hei")
    path.write_bytes(b"cut short")
    assert fonts.font_path("hei") == path
    assert hashlib.sha256(path.read_bytes()).hexdigest() == fonts.fonts()["hei"].sha256


def test_unwritable_cache_is_no_obstacle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("in the way")
    monkeypatch.setattr(fonts, "cache_folder", lambda: blocked / "fonts")
    assert hashlib.sha256(fonts.font_bytes("hei")).hexdigest() == fonts.fonts()["hei"].sha256
