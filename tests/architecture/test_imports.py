"""The import contracts of pyproject.toml hold, and each of them can fail."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from importlinter import cli

PROJECT = Path(__file__).resolve().parents[2]
CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]

# One import on purpose wrong for each contract: (contract, module it is written into, the import).
BREACHES = [
    ("layers", "consult_app/proposals/actions.py", "import consult_app.voting.actions"),
    ("layers", "consult_app/kernel/resources.py", "import consult_app.storage.base"),
    ("layers", "consult_app/workflow/engine.py", "import consult_app.rolls.rules"),
    ("windowless", "consult_app/app.py", "import ui.desk"),
    ("windowless", "consult_app/documents/pdf.py", "import PySide6.QtGui"),
    ("pure", "consult_app/voting/rules.py", "import sqlalchemy"),
    ("pure", "consult_app/workflow/engine.py", "import random"),
    ("pure", "consult_app/voting/receipts.py", "import secrets"),
    ("pure", "consult_app/paper/marks.py", "import reportlab.pdfgen"),
    ("pure", "consult_app/documents/model.py", "import consult_app.storage.base\nimport sqlalchemy"),
    ("recount", "consult_app/recount/deciding.py", "import consult_app.voting.rules"),
    ("webless", "consult_app/voting/actions.py", "import starlette.responses"),
    ("webless", "consult_app/archive/bundle.py", "import uvicorn"),
    ("drawers", "consult_app/meetings/queries.py", "import consult_app.meetings.actions"),
    ("drawers", "consult_app/rolls/rules.py", "import consult_app.rolls.tables"),
    ("thin-window", "ui/pages/home.py", "import sqlalchemy"),
    ("pages", "ui/pages/home.py", "import ui.pages.settings"),
]


@pytest.fixture(scope="module")
def sources(tmp_path_factory):
    """A copy of the program's Python files and of its contracts, to break."""
    copy = tmp_path_factory.mktemp("sources")
    shutil.copy(PROJECT / "pyproject.toml", copy)
    for package in ("consult_app", "ui"):
        for source in (PROJECT / package).rglob("*.py"):
            target = copy / source.relative_to(PROJECT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, target)
    for _, module, wrong in BREACHES:
        _open_module(copy, copy / module)
        for name in re.findall(r"^import ((?:consult_app|ui)\.[\w.]+)", wrong, re.MULTILINE):
            _open_module(copy, copy / (name.replace(".", "/") + ".py"))
    return copy


def test_the_program_keeps_its_contracts(capsys):
    code = cli.lint_imports(config_filename=str(PROJECT / "pyproject.toml"), no_cache=True)
    assert code == cli.EXIT_STATUS_SUCCESS, capsys.readouterr().out


def test_an_unbroken_copy_keeps_every_contract(sources):
    assert _broken(sources) == set()


@pytest.mark.parametrize(("contract", "module", "wrong"), BREACHES)
def test_a_breach_is_caught_by_its_contract(sources, contract, module, wrong):
    path = sources / module
    before = path.read_text("utf-8")
    path.write_text(f"{before}\n{wrong}\n", "utf-8")
    try:
        assert contract in _broken(sources)
    finally:
        path.write_text(before, "utf-8")


def test_every_contract_is_broken_by_some_breach():
    assert {contract["id"] for contract in CONTRACTS} == {contract for contract, _, _ in BREACHES}


def test_every_package_has_its_place_in_the_order():
    named = set(re.findall(r"consult_app\.(\w+)", " ".join(CONTRACTS[0]["layers"])))
    present = {path.stem for path in (PROJECT / "consult_app").glob("*.py")} - {"__init__"}
    present |= {path.parent.name for path in (PROJECT / "consult_app").glob("*/__init__.py")}
    assert present <= named


def _open_module(root: Path, module: Path) -> None:
    """Make an empty module with its packages, where the program has none of that name yet."""
    module.parent.mkdir(parents=True, exist_ok=True)
    module.touch()
    for folder in module.relative_to(root).parents:
        if folder.name:
            (root / folder / "__init__.py").touch()


def _broken(sources: Path) -> set[str]:
    """The ids of the contracts that do not hold in a copy, read in a process that knows only the copy."""
    command = "from importlinter import cli; raise SystemExit(cli.lint_imports(no_cache=True, no_logo=True))"
    report = subprocess.run(
        [sys.executable, "-c", command], cwd=sources, capture_output=True, text=True, encoding="utf-8"
    )
    assert "Contracts:" in report.stdout, report.stdout + report.stderr
    verdicts = dict(re.findall(r"^(.+?) (KEPT|BROKEN)", report.stdout, re.MULTILINE))
    return {contract["id"] for contract in CONTRACTS if verdicts[contract["name"]] == "BROKEN"}
