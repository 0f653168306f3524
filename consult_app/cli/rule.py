"""`consult rule`: the rules of law, what they make of given numbers, and the local packs laid over them."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from consult_app.cli.context import LARGEST, Context
from consult_app.kernel.errors import reason_of
from consult_app.voting import cases, local_rules, rulebook
from consult_app.voting.adopting import adopt_pack, withdraw_pack
from consult_app.voting.inputs import Endless
from consult_app.voting.local_rules import PackFacts
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


@app.command("adopt")
def adopt(ctx: typer.Context, file: Annotated[Path, typer.Argument(help="地方规则文件")]) -> None:
    """Lay a local pack over the national rules for votes drafted from now on; warns where it asks for less than the law."""
    context: Context = ctx.obj
    try:
        content = file.read_bytes()
    except OSError as wrong:
        raise rulebook.BadPack(file=file.name, reason=reason_of(wrong))
    number = context.store().do(context.actor, adopt_pack, file.name, content)
    pack = next(pack for pack in context.store().ask(local_rules.packs) if pack.id == number)
    context.say(_pack_line(pack), _pack(pack))


@app.command("packs")
def list_packs(ctx: typer.Context) -> None:
    """List the local packs in force, with what they lower."""
    context: Context = ctx.obj
    found = context.store().ask(local_rules.packs)
    context.say("\n".join(map(_pack_line, found)), [_pack(pack) for pack in found])


@app.command("withdraw")
def withdraw(
    ctx: typer.Context,
    pack: Annotated[int, typer.Argument(max=LARGEST, help="地方规则编号")],
    reason: Annotated[str, typer.Option(help="停用理由")],
) -> None:
    """Take a local pack out of force; votes already drafted keep their rule."""
    context: Context = ctx.obj
    context.store().do(context.actor, withdraw_pack, pack, reason)
    context.say(f"已停用地方规则 {pack}", {"id": pack, "withdrawn": True})


def _pack_line(pack: PackFacts) -> str:
    lines = (f"{pack.id}\t{pack.name}\t{pack.file}\t{'、'.join(pack.rules)}", *(f"注意：{w}" for w in pack.warnings))
    return "\n".join(lines)


def _pack(pack: PackFacts) -> dict[str, Any]:
    return {
        "id": pack.id,
        "name": pack.name,
        "file": pack.file,
        "sha256": pack.sha256,
        "rules": list(pack.rules),
        "warnings": list(pack.warnings),
    }


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
