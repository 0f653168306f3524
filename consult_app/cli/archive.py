"""`consult archive`: check a bundle, file a matter, take back a signed paper."""

from pathlib import Path
from typing import Annotated

import typer

from consult_app.archive import actions, scan
from consult_app.archive.bundle import write
from consult_app.archive.rules import Retention
from consult_app.archive.verify import verify as check
from consult_app.cli.context import LARGEST, Context
from consult_app.kernel.errors import Refused, reason_of

app = typer.Typer(help="归档", no_args_is_help=True)


class WhichDocument(Refused):
    """A scan bears no readable code, or the codes of several documents, and none was typed."""

    text = "「{name}」{found}，请用 --code 写明页脚上的编号。"


class Faulty(Refused):
    """A bundle does not hold; the faults have been listed."""

    text = "档案包「{bundle}」没有通过核对：{count} 处有问题。"


@app.command("scan")
def take_back(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(help="签字件：PDF 或图片")],
    code: Annotated[str, typer.Option(help="页脚上的编号；省略时从二维码读取")] = "",
) -> None:
    """Bind a signed paper to its issued document by the code on its pages."""
    context: Context = ctx.obj
    content = read_file(file)
    found = code or _code_of(file.name, content)
    scan_id = context.store().do(context.actor, actions.attach_scan, found, file.name, content)
    context.say(f"已收到签字件，编号 {found}", {"scan": scan_id, "code": found})


@app.command("file")
def file_matter(
    ctx: typer.Context,
    proposal: Annotated[int, typer.Argument(max=LARGEST, help="议题编号")],
    fonds: Annotated[str, typer.Option(help="全宗号")] = "",
    retention: Annotated[Retention | None, typer.Option(help="保管期限；省略时按办理结果")] = None,
    code: Annotated[str, typer.Option(help="整个档号；省略时自动编号")] = "",
) -> None:
    """File a matter; prints its 档号."""
    context: Context = ctx.obj
    found = context.store().do(
        context.actor, actions.file, proposal, fonds=fonds, retention=retention or "", code=code or None
    )
    context.say(found, {"proposal": proposal, "code": found})


@app.command("export")
def export(
    ctx: typer.Context,
    proposal: Annotated[int, typer.Argument(max=LARGEST, help="议题编号")],
    bundle: Annotated[Path, typer.Argument(help="写到哪个 ZIP 文件或文件夹")],
) -> None:
    """Write a matter as a bundle."""
    context: Context = ctx.obj
    made = write(context.store(), context.actor, proposal, bundle)
    words = f"{made.path}：{made.files} 份文件，清单校验值 {made.manifest}"
    context.say(words, {"bundle": str(made.path), "files": made.files, "manifest": made.manifest})


@app.command("verify")
def verify(ctx: typer.Context, bundle: Annotated[Path, typer.Argument(help="档案包：ZIP 文件或文件夹")]) -> None:
    """Check a bundle without the database; exit 2 and one line for every missing, added or changed file."""
    context: Context = ctx.obj
    report = check(bundle)
    facts = {
        "ok": report.holds,
        "code": report.code,
        "files": report.files,
        "entries": report.entries,
        "head": report.head,
        "manifest": report.manifest,
        "problems": [
            {"fault": problem.fault.value, "file": problem.file, "message": problem.words}
            for problem in report.problems
        ],
    }
    if report.holds:
        context.say(
            f"档案包完整：{report.files} 份文件，存证链 {report.entries} 条，清单校验值 {report.manifest}", facts
        )
        return
    context.say("\n".join(str(problem) for problem in report.problems), facts)
    raise Faulty(bundle=bundle.name, count=len(report.problems))


def read_file(path: Path) -> bytes:
    """The bytes of a file the user named; refused when it cannot be read."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise scan.Unreadable(name=path.name, reason=reason_of(error)) from error


def _code_of(name: str, content: bytes) -> str:
    codes = scan.read(name, content).document_codes
    if len(codes) != 1:
        raise WhichDocument(name=name, found=f"含有 {len(codes)} 份文件的页" if codes else "上没有读到二维码")
    return codes[0]
