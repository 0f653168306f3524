import ast
from pathlib import Path

import pytest

from consult_app.documents import wording

PACKAGE = Path(wording.__file__).parent


def uses() -> list[tuple[str, frozenset[str]]]:
    """Every `say(key, fact=…)` in the package with a literal key."""
    found = []
    for path in sorted(PACKAGE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
                names = frozenset(keyword.arg for keyword in node.keywords if keyword.arg)
                has_star = any(keyword.arg is None for keyword in node.keywords)
                for key in ast.walk(node.args[0]):
                    if isinstance(key, ast.Constant) and isinstance(key.value, str) and not has_star:
                        found.append((key.value, names))
    return found


@pytest.mark.parametrize("key", sorted(wording.sentences()))
def test_every_placeholder_is_known(key: str) -> None:
    assert wording.placeholders(wording.sentences()[key]) <= set(wording.PLACEHOLDERS)


@pytest.mark.parametrize(("key", "names"), uses())
def test_every_use_gives_the_facts_its_sentence_asks_for(key: str, names: frozenset[str]) -> None:
    assert wording.placeholders(wording.sentences()[key]) == names


def test_no_placeholder_is_idle() -> None:
    used = frozenset().union(*map(wording.placeholders, wording.sentences().values()))
    assert set(wording.PLACEHOLDERS) == used


def test_no_sentence_is_idle() -> None:
    source = "".join(path.read_text("utf-8") for path in PACKAGE.glob("*.py"))
    assert [key for key in wording.sentences() if f'"{key}"' not in source] == []


def test_missing_fact_is_a_bug() -> None:
    with pytest.raises(KeyError):
        wording.say("minutes.owners_title")
