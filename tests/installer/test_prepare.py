"""Set-up: done once, done anew when what decides it changes, and clear where it cannot be done."""

import pytest

from installer import prepare as module


@pytest.fixture
def prepare(tmp_path, monkeypatch):
    """`installer/prepare.py` with a made-up project folder."""
    installer = tmp_path / "installer"
    installer.mkdir()
    for name in {*module.LOCKS.values()}:
        (installer / name).write_text("left==1.0\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "some"\n')
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(module, "PROJECT", tmp_path)
    monkeypatch.setattr(module, "ENVIRONMENT", tmp_path / ".venv")
    monkeypatch.setattr(module, "PYTHON", python)
    return module


@pytest.fixture
def done(prepare, monkeypatch):
    """What a set-up did, in order, without doing it."""
    steps = []
    monkeypatch.setattr(prepare, "missing", lambda packages: packages)
    monkeypatch.setattr(prepare, "install_system", lambda packages: steps.append("system"))
    monkeypatch.setattr(prepare, "make_environment", lambda: steps.append("environment"))
    monkeypatch.setattr(prepare, "install_python", steps.append)
    return steps


def test_a_second_set_up_does_nothing(prepare, done):
    prepare.main("test")
    first = list(done)
    prepare.main("test")
    assert first == ["system", "environment", "requirements-dev.lock"]
    assert done == first


def test_the_larger_set_up_holds_the_smaller(prepare, done):
    prepare.main("test")
    done.clear()
    prepare.main("run")
    assert done == []


def test_the_smaller_set_up_does_not_hold_the_larger(prepare, done):
    prepare.main("run")
    assert done == ["system", "environment", "requirements.lock"]
    prepare.main("test")
    assert done[3:] == ["system", "environment", "requirements-dev.lock"]


def test_a_moved_pin_sets_up_anew(prepare, done, tmp_path):
    prepare.main("run")
    (tmp_path / "installer" / "requirements.lock").write_text("left==1.1\n")
    assert not prepare.is_prepared("run")


def test_a_failed_set_up_is_not_remembered(prepare, done, monkeypatch):
    def fail(lock):
        raise SystemExit("no network")

    monkeypatch.setattr(prepare, "install_python", fail)
    with pytest.raises(SystemExit, match="no network"):
        prepare.main("run")
    assert not prepare.is_prepared("run")


def test_without_root_the_exact_command_is_said(prepare, monkeypatch):
    monkeypatch.setattr(prepare, "root_prefix", lambda: None)
    with pytest.raises(SystemExit, match=r"apt-get install -y --no-install-recommends libegl1 libgl1\n"):
        prepare.install_system(["libegl1", "libgl1"])


def test_an_environment_of_an_old_python_is_not_taken(prepare, tmp_path):
    (tmp_path / ".venv" / "pyvenv.cfg").write_text("home = somewhere\nversion = 3.10.4\n")
    assert prepare.environment_version() == (3, 10)
    assert prepare.environment_version() < prepare.OLDEST
