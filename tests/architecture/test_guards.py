"""What no linter asks: pins that matter, sizes of files, names that must not leak into the project."""

import ast
import importlib.metadata
import re
import subprocess
import sys
import tomllib
from pathlib import Path

from packaging.markers import Marker

PROJECT = Path(__file__).resolve().parents[2]
SOURCE_FOLDERS = ("consult_app", "ui", "tests", "installer")
PYTHON_FILES = sorted(path for folder in SOURCE_FOLDERS for path in (PROJECT / folder).rglob("*.py"))
LONGEST_FILE = 500  # lines
TOP_LEVEL = {
    *("pyproject.toml", "consult_app", "ui", "resources", "tests", "installer"),
    *("README.md", "README.zh-CN.md", "ARCHITECTURE.md", "CHANGELOG.md", "LICENSE", "Makefile"),
}
TEXT_SUFFIXES = {"", ".cfg", ".css", ".csv", ".html", ".ini", ".json", ".lock", ".md", ".py", ".sh", ".spec", ".svg"}
TEXT_SUFFIXES |= {".toml", ".txt", ".yaml", ".yml"}
# Places that exist on one machine only, and the hosts that packages come from. Written so as not to match themselves.
ONE_MACHINE = re.compile(r"(?<![\w.}])/(?:work|root|home|Users)/[\w.]|\b[C-Z]:\\Users\b")
PACKAGE_HOSTS = re.compile(r"pypi\.(?:org)|pythonhosted\.(?:org)|npmjs\.(?:org|com)|(?:deb|security)\.debian\.(?:org)")


def test_qt_keeps_its_references_to_none(qtbot):
    """PySide6 6.12.0 drops one at every call that returns None; before Python 3.12 the process dies of it, late."""
    from PySide6.QtWidgets import QLabel

    label = QLabel()
    qtbot.addWidget(label)
    if sys.version_info >= (3, 12):
        assert importlib.metadata.version("PySide6-Essentials") == "6.11.3"
        return
    before = sys.getrefcount(None)
    for _ in range(1000):
        label.setText("议")
    assert abs(sys.getrefcount(None) - before) < 100


def test_installed_packages_are_those_of_the_lock():
    for name, version in _locked("requirements-dev.lock").items():
        assert importlib.metadata.version(name) == version, name


def test_everything_the_project_asks_for_is_locked():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    run, dev = _locked("requirements.lock"), _locked("requirements-dev.lock")
    assert {_name(wish) for wish in project["project"]["dependencies"]} <= run.keys()
    assert {_name(wish) for wish in project["dependency-groups"]["dev"]} <= dev.keys()


def test_no_python_file_is_too_long():
    written = [path for path in PYTHON_FILES if path.parent.name != "versions"]  # a migration lists tables, one by one
    lengths = {str(path): len(path.read_text("utf-8").splitlines()) for path in written}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


def test_every_package_says_what_it_is():
    packages = [path for path in PYTHON_FILES if path.name == "__init__.py" and "tests" not in path.parts]
    assert [str(path) for path in packages if not ast.get_docstring(ast.parse(path.read_text("utf-8")))] == []


def test_every_source_folder_is_a_package():
    folders = {path.parent for path in PYTHON_FILES if path.relative_to(PROJECT).parts[0] in ("consult_app", "ui")}
    migrations = PROJECT / "consult_app" / "storage" / "migrations"  # read by Alembic as files
    assert [str(f) for f in folders if not (f / "__init__.py").exists() and not f.is_relative_to(migrations)] == []


def test_no_text_names_one_machine_or_a_package_host():
    found = []
    for path in _tracked():
        if path.suffix in TEXT_SUFFIXES and "licences" not in path.parts:
            text = path.read_text("utf-8", errors="replace")
            found += [f"{path}: {hit[0]}" for pattern in (ONE_MACHINE, PACKAGE_HOSTS) for hit in pattern.finditer(text)]
    assert found == []


def test_the_top_level_holds_only_what_was_agreed():
    names = {path.relative_to(PROJECT).parts[0] for path in _tracked()}
    assert {name for name in names if not name.startswith(".")} <= TOP_LEVEL


def _tracked() -> list[Path]:
    """The files git knows, as they lie in the work tree."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True)
    paths = [PROJECT / name for name in listed.stdout.split("\0") if name]
    assert paths
    return [path for path in paths if path.is_file()]


def _locked(lock: str) -> dict[str, str]:
    """Normal name and exact version of each package of a lock file that fits this system."""
    pins: dict[str, str] = {}
    for line in (PROJECT / "installer" / lock).read_text("utf-8").splitlines():
        if line.startswith("-r "):
            pins |= _locked(line[3:])
        elif line and not line.startswith("#"):
            pin, _, condition = line.partition(" ; ")
            name, version = pin.split("==")
            if not condition or Marker(condition).evaluate():
                pins[_name(name)] = version
    return pins


def _name(wish: str) -> str:
    """The normal name of a package, from a wish such as `SQLAlchemy>=2.1`."""
    return re.sub(r"[-_.]+", "-", re.split(r"[<>=!;\[ ]", wish)[0]).lower()
