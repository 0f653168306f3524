"""What the window remembers."""

from ui.memory import Memory


def test_what_is_put_is_there_at_the_next_start(tmp_path):
    Memory(tmp_path / "window.json").put("font", 12)
    assert Memory(tmp_path / "window.json").get("font") == 12


def test_none_forgets(tmp_path):
    memory = Memory(tmp_path / "window.json")
    memory.put("font", 12)
    memory.put("font", None)
    assert Memory(tmp_path / "window.json").get("font", 11) == 11


def test_a_damaged_file_is_as_good_as_none(tmp_path):
    (tmp_path / "window.json").write_text("{", encoding="utf-8")
    assert Memory(tmp_path / "window.json").get("font", 11) == 11


def test_an_unwritable_folder_does_not_stop_the_window(tmp_path):
    memory = Memory(tmp_path / "absent" / "window.json")
    memory.put("font", 12)
    assert memory.get("font") == 12
