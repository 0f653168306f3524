"""`consult motion keys, destroy, open, drop, papers`: the box of a secret vote, its scrutineers' cards and its papers."""

from pathlib import Path
from typing import Annotated

import typer

from consult_app.cli.context import LARGEST, Context
from consult_app.documents.secret_papers import destroy, write_cards
from consult_app.kernel.errors import Refused
from consult_app.voting import actions
from consult_app.voting.secret_files import SECRET_WORDS, Secret
from consult_app.voting.secret_paper import COUNTED


class WrongFolders(Refused):
    """Three cards go to one folder or to three."""

    text = "写了 {count} 个文件夹。三张卡写到一处，或者各写一处（写三个文件夹）。"
    field = "out"


class BadFigures(Refused):
    """The counts of one question are not four numbers."""

    text = "「{typed}」不是四个数字。请按同意、反对、弃权、填写无效的顺序写，如：12,3,1,0。"
    field = "item"


Motion = Annotated[int, typer.Argument(max=LARGEST, help="表决事项编号")]


def keys(
    ctx: typer.Context,
    motion: Motion,
    out: Annotated[list[Path], typer.Option(help="写到哪个文件夹；写三次，每张卡各写一处，如三个 U 盘")],
) -> None:
    """Make the key of a secret vote and write its three cards, each a file of its own, outside the data folder."""
    context: Context = ctx.obj
    if len(out) not in (1, 3):
        raise WrongFolders(count=len(out))
    paths = write_cards(context.store(), context.actor, motion, out, context.settings.data)
    names = "\n".join(str(path) for path in paths)
    context.say(
        f"密钥卡已写成三个文件：\n{names}\n请马上打印，或者当面交给三名监票人各自保管，"
        f"再用「consult motion destroy {motion}」销毁留在电脑上的文件。",
        {"motion": motion, "files": [str(path) for path in paths]},
    )


def destroy_files(
    ctx: typer.Context,
    motion: Motion,
    slips: Annotated[bool, typer.Option("--slips", help="连同选票文件，印完以后用")] = False,
) -> None:
    """Overwrite and delete the files with cards, and on demand slips, that were written for a vote, and record it."""
    context: Context = ctx.obj
    kinds = (Secret.CARDS, Secret.SLIPS) if slips else (Secret.CARDS,)
    done = {kind: destroy(context.store(), context.actor, motion, kind) for kind in kinds}
    words = "\n".join(
        f"{SECRET_WORDS[kind]}：{found.words}" for kind, found in done.items() if found.erased or found.absent
    )
    told = {
        kind.value: {"erased": found.erased, "absent": [str(path) for path in found.absent]}
        for kind, found in done.items()
    }
    context.say(words or "没有文件需要销毁。", {"motion": motion, **told})


def open_box(
    ctx: typer.Context, motion: Motion, card: Annotated[list[str], typer.Option(help="一张密钥卡上的字，写两次")]
) -> None:
    """Open the box of a closed secret vote with two cards."""
    context: Context = ctx.obj
    count = context.store().do(context.actor, actions.open_box, motion, card)
    context.say(f"票箱已开封，密封选票 {count} 张。", {"motion": motion, "ballots": count})


def drop(ctx: typer.Context, motion: Motion, code: Annotated[list[str], typer.Argument(help="存根上的代码")]) -> None:
    """Register the stubs of papers that went into the box of a secret vote."""
    context: Context = ctx.obj
    serials = [context.store().do(context.actor, actions.box_paper, motion, each) for each in code]
    context.say(f"已登记入箱：{'、'.join(serials)}。", {"motion": motion, "serials": serials})


def papers(
    ctx: typer.Context,
    motion: Motion,
    teller: Annotated[str, typer.Option(help="计票人姓名")],
    count: Annotated[int, typer.Option(max=LARGEST, help="清点的张数")],
    item: Annotated[list[str], typer.Option(help="每项一次：同意,反对,弃权,填写无效")],
) -> None:
    """Enter one teller's count of a secret vote's papers; it counts once two tellers agree."""
    context: Context = ctx.obj
    counts = {str(number): _figures(typed) for number, typed in enumerate(item, start=1)}
    agreed = context.store().do(context.actor, actions.enter_paper_count, motion, teller, count, counts)
    words = "两人计数一致，已采用。" if agreed else f"{teller}的计数已录入。"
    context.say(words, {"motion": motion, "agreed": agreed})


def _figures(typed: str) -> dict[str, int]:
    figures = [each.strip() for each in typed.replace("，", ",").split(",")]
    if len(figures) != len(COUNTED) or not all(each.isdecimal() and len(each) < 8 for each in figures):
        raise BadFigures(typed=typed)
    return {choice.value: int(each) for choice, each in zip(COUNTED, figures, strict=True)}
