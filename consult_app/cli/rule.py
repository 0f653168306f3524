"""`consult rule`: the rules of law, and what they make of given numbers."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from consult_app.voting import cases, rulebook
from consult_app.voting.inputs import Endless
from consult_app.voting.rule import Rule

app = typer.Typer(help="表决规则", no_args_is_help=True)

Packs = Annotated[list[Path] | None, typer.Option("--pack", help="地方规则文件，可以重复")]


@app.command("list")
def list_rules(ctx: typer.Context, pack: Packs = None) -> None:
    """List every rule in every version, with its shares and the articles it rests on."""
    book = rulebook.load(*(pack or ()))
    if ctx.obj is not None and ctx.obj.as_json:
        _print([rule.to_dict() for rule in book.rules])
        return
    _write("\n".join(_line(rule) for rule in book.rules))


@app.command("evaluate")
def evaluate(pack: Packs = None) -> None:
    """Read a JSON list of {id, rule, inputs} from stdin; print a JSON list of answers. Always JSON."""
    book = rulebook.load(*(pack or ()))
    problem, read = read_cases(sys.stdin.buffer.read())
    if problem:
        _print([{"id": None, "passed": None, "code": "BAD_INPUT", "error": problem, "measures": []}])
        sys.stderr.write(problem + "\n")
        raise typer.Exit(2)
    _print([cases.answer(book, case) for case in read])


DIGITS = 30
"""The longest whole number that is read as one; Python itself refuses to read one of 4,301 digits."""


class _Doubled:
    """Stands for a JSON object that names a key twice, so that neither value is taken silently."""


def read_cases(raw: bytes) -> tuple[str, list[Any]]:
    """What is wrong with the input as a whole, in Chinese, or the cases that it lists."""
    try:
        found = json.loads(raw.decode("utf-8-sig"), object_pairs_hook=_object, parse_int=_whole)
    except UnicodeDecodeError:
        return "输入不是 UTF-8 编码。", []
    except (ValueError, RecursionError):
        return "输入不是 JSON。", []
    return ("", found) if isinstance(found, list) else ("输入须为 JSON 列表。", [])


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Doubled:
    table = dict(pairs)
    return table if len(table) == len(pairs) else _Doubled()


def _whole(digits: str) -> int | Endless:
    return int(digits) if len(digits) <= DIGITS else Endless(digits)


def _line(rule: Rule) -> str:
    until = rule.valid_to.isoformat() if rule.valid_to else "至今"
    return f"{rule.id}\t{rule.title}\t{rule.shares}\t{rule.basis}\t{rule.valid_from}—{until}\t{rule.source}"


def _print(value: object) -> None:
    _write(json.dumps(value, ensure_ascii=False, indent=1))


def _write(text: str) -> None:
    """UTF-8 whatever the console believes; a half character that came in goes out as it can."""
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace") + b"\n")
    sys.stdout.buffer.flush()
