"""The room that is kept on the disk: truly taken, given back when the disk is full, and taken again when there is room."""

import os
from pathlib import Path

import pytest

from consult_app.storage import reserve
from consult_app.storage.reserve import BRIM, FULL, SIZE, Reserve, TooLittleRoom, free_space

PLENTY = FULL + SIZE


@pytest.fixture
def free(monkeypatch) -> list[int]:
    """What the disk says is free; set the one number."""
    found = [PLENTY]
    monkeypatch.setattr(reserve, "free_space", lambda _folder: found[0])
    return found


def test_the_disk_of_a_folder_that_is_gone_is_unknown(tmp_path: Path) -> None:
    assert (free_space(tmp_path) or 0) > 0
    assert free_space(tmp_path / "gone") is None


@pytest.mark.parametrize("way", ["fallocate", "written"])
def test_the_room_is_truly_taken(tmp_path: Path, free, monkeypatch, way: str) -> None:
    if way == "written":
        monkeypatch.delattr(os, "posix_fallocate", raising=False)
        monkeypatch.setattr(reserve, "SIZE", 2 * reserve.BLOCK)
    kept = Reserve(tmp_path)
    kept.hold()
    assert kept.held
    assert kept.path.stat().st_blocks * 512 >= reserve.SIZE


def test_threat_17_a_vote_is_not_opened_on_a_disk_with_too_little_room(tmp_path: Path, free) -> None:
    free[0] = FULL - 1
    with pytest.raises(TooLittleRoom, match=r"只剩 499 MB.*腾出至少 500 MB"):
        Reserve(tmp_path).hold()
    assert not Reserve(tmp_path).path.exists()


def test_a_second_vote_counts_what_is_kept_already(tmp_path: Path, free) -> None:
    kept = Reserve(tmp_path)
    kept.hold()
    free[0] = FULL - SIZE
    kept.hold()
    assert kept.room == FULL


def test_threat_17_the_room_is_given_back_on_a_full_disk_and_taken_again_later(tmp_path: Path, free) -> None:
    kept = Reserve(tmp_path)
    kept.hold()
    free[0] = BRIM
    kept.give_back()
    assert kept.held
    free[0] = BRIM - 1
    kept.give_back()
    assert (kept.held, kept.used) == (False, True)
    assert kept.path.stat().st_blocks == 0
    free[0] = PLENTY - 1
    kept.take_again()
    assert kept.used
    free[0] = PLENTY
    kept.take_again()
    assert (kept.held, kept.used) == (True, False)


def test_where_no_vote_was_opened_nothing_is_kept(tmp_path: Path, free) -> None:
    kept = Reserve(tmp_path)
    kept.take_again()
    free[0] = 0
    kept.give_back()
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_cannot_keep_room_keeps_no_vote_from_opening(tmp_path: Path, free, monkeypatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(95, "not supported")

    monkeypatch.setattr(os, "posix_fallocate", refuse, raising=False)
    kept = Reserve(tmp_path)
    kept.hold()
    assert (kept.held, kept.used) == (False, False)
