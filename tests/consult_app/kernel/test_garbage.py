"""Work without the collector of cycles, which is as it was afterwards."""

import gc
import sys

import pytest

from consult_app.kernel.garbage import load, uncollected


@uncollected
def is_collecting() -> bool:
    return gc.isenabled()


@uncollected
def failing() -> None:
    raise LookupError


def test_the_collector_pauses_and_goes_on():
    assert gc.isenabled()
    assert is_collecting() is False
    assert gc.isenabled()


def test_the_collector_goes_on_after_an_error():
    with pytest.raises(LookupError):
        failing()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off():
    gc.disable()
    try:
        assert is_collecting() is False
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_what_is_loaded_is_never_searched(tmp_path, monkeypatch):
    (tmp_path / "loaded_once.py").write_text("KEPT = [[]]")
    monkeypatch.syspath_prepend(tmp_path)
    before = gc.get_freeze_count()
    try:
        first = load("loaded_once")
        after = gc.get_freeze_count()
        assert after > before
        assert gc.isenabled()
        assert load("loaded_once") is first
        assert gc.get_freeze_count() == after
    finally:
        gc.unfreeze()
        sys.modules.pop("loaded_once", None)
