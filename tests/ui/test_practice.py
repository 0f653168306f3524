"""The practice data: beside the real ones, marked, made once."""

from consult_app.bodies import queries
from tests.screens import Stage
from ui.practice import folder, is_practice, prepare
from ui.window import Window


def test_practice_data_stand_beside_the_real_ones_and_are_made_once(desk):
    settings = desk.app.settings
    found = prepare(settings, desk.now)
    written = found.database_file.stat().st_mtime_ns
    assert found.data.is_relative_to(folder(settings))
    assert is_practice(found)
    assert not is_practice(settings)
    assert desk.ask(queries.bodies) == ()
    assert prepare(settings, desk.now).database_file.stat().st_mtime_ns == written


def test_a_window_on_practice_data_says_so_and_leads_back(qtbot, tmp_path):
    (tmp_path / "practice").touch()
    stage = Stage(tmp_path)
    window = stage.window("home")
    assert isinstance(window, Window)
    qtbot.addWidget(window)
    window.show()
    assert window.top.practice.isVisible()
    window.top.back.click()
    assert (window.left, window.next) == (True, None)
    stage.close()
