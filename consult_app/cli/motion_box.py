"""`consult motion keys, open, drop, papers`: the box of a secret vote, its scrutineers' cards and its papers."""

from pathlib import Path
from typing import Annotated

import typer

from consult_app.cli.context import LARGEST, Context
from consult_app.documents.key_cards import TITLE, key_cards_pdf
from consult_app.kernel.errors import Refused, reason_of
from consult_app.voting import actions, queries
from consult_app.voting.secret_paper import COUNTED


class CardsUnwritten(Refused):
    """The cards cannot be written where they should go; the key is not changed."""

    text = "写不到「{path}」：{reason}。没有制卡。"
    field = "out"


class BadFigures(Refused):
    """The counts of one question are not four numbers."""

    text = "「{typed}」不是四个数字。请按同意、反对、弃权、填写无效的顺序写，如：12,3,1,0。"
    field = "item"


Motion = Annotated[int, typer.Argument(max=LARGEST, help="表决事项编号")]


def keys(ctx: typer.Context, motion: Motion, out: Annotated[Path, typer.Option(help="写到哪个文件夹")]) -> None:
    """Make the key of a secret vote and write its three cards, which are kept nowhere else."""
    context: Context = ctx.obj
    store = context.store()
    path = out / f"{TITLE} {motion}.pdf"
    try:
        out.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")  # the cards are told once: where they go must stand before they are made
    except OSError as wrong:
        raise CardsUnwritten(path=path, reason=reason_of(wrong)) from None
    cards = store.do(context.actor, actions.make_cards, motion)
    path.write_bytes(key_cards_pdf(store.ask(queries.motion, motion), cards, store.now()))
    context.say(f"密钥卡已写到 {path}。打印后请马上删除这个文件。", {"motion": motion, "out": str(path)})


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
