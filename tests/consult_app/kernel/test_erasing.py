"""A file that must not come back is overwritten before it goes."""

import os

import pytest

from consult_app.kernel.erasing import NotErased, erase


def test_the_bytes_are_overwritten_where_they_stood(tmp_path):
    """Another name of the same file, as a backup by hard link has it, holds nothing either."""
    path, other = tmp_path / "cards.pdf", tmp_path / "other"
    path.write_bytes(b"secret" * 500_000)
    os.link(path, other)
    assert erase(path)
    assert not path.exists()
    assert other.read_bytes() == bytes(3_000_000)


def test_a_file_that_is_not_there_is_not_said_to_be_erased(tmp_path):
    assert not erase(tmp_path / "gone.pdf")


def test_what_cannot_be_erased_is_refused_by_name(tmp_path):
    (tmp_path / "folder.pdf").mkdir()
    with pytest.raises(NotErased, match="没有销毁"):
        erase(tmp_path / "folder.pdf")
