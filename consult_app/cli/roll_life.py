"""`consult roll status|poster|publish|object|objections|answer|freeze`: the life of a body's roll."""

from pathlib import Path
from typing import Annotated

import typer

from consult_app.bodies import queries as bodies
from consult_app.cli.context import LARGEST, Context
from consult_app.documents.roll_poster import freezing_pdf, print_poster
from consult_app.files import queries as files
from consult_app.kernel.errors import Refused, reason_of
from consult_app.kernel.text import day_words, legal_day
from consult_app.rolls import freezing, publishing, queries, standing
from consult_app.rolls.canonical import check_number
from consult_app.rolls.rules import RollKind
from consult_app.storage.store import Store

app = typer.Typer()

_STATES = {"done": "已完成", "present": "正在进行", "waiting": "未开始"}


class NoRoll(Refused):
    """The body has no roll of the kind asked for."""

    text = "这个议事主体还没有名册，请先导入。"


class NoPoster(Refused):
    """There is no paper of the roll as it is now that waits to be put up."""

    text = "还没有公示稿，或者名册在制作以后有改动。请先用 roll poster 制作公示稿并张贴。"


class NotPosted(Refused):
    """The roll was never put up, so that nobody can object to it."""

    text = "名册还没有公示，不能登记异议。"


class CannotRead(Refused):
    """The photo cannot be read."""

    text = "打不开「{path}」：{reason}。"


class CannotWrite(Refused):
    """The PDF cannot be written where it should go."""

    text = "写不到「{path}」：{reason}。"


Body = Annotated[int, typer.Option(max=LARGEST, help="议事主体编号")]
Members = Annotated[bool, typer.Option(help="委员会成员名单")]
Pdf = Annotated[Path | None, typer.Option("--pdf", help="写到哪个 PDF 文件")]


@app.command("status")
def status(ctx: typer.Context, body: Body, members: Members = False) -> None:
    """Tell where the current roll stands, what is to be done next, and which lines bar a freeze."""
    context: Context = ctx.obj
    store = context.store()
    roll = current(store, body, members)
    life = store.ask(standing.life, roll, legal_day(store.now()))
    faults, frozen = store.ask(queries.obstacles, roll), store.ask(standing.frozen_digest, roll)
    lines = [f"{each.name}\t{_STATES[each.state]}\t{each.note}" for each in life.stages]
    stages = [{"stage": each.stage, "state": each.state, "note": each.note} for each in life.stages]
    facts = {"roll": roll, "act": life.act, "words": life.words, "stages": stages, "obstacles": faults}
    context.say("\n".join([*lines, life.words, *faults]), facts | {"digest": frozen, "number": check_number(frozen)})


@app.command("poster")
def make_poster(
    ctx: typer.Context,
    body: Body,
    issuer: Annotated[str, typer.Option(help="落款单位")],
    contact: Annotated[str, typer.Option(help="受理异议的单位或联系人")],
    days: Annotated[int | None, typer.Option(help="异议期天数，省略时依规定")] = None,
    rooms: Annotated[bool, typer.Option(help="保留房号")] = False,
    members: Members = False,
    pdf: Pdf = None,
) -> None:
    """Make the masked notice of the current roll, keep it, and write it as PDF."""
    context: Context = ctx.obj
    store = context.store()
    roll = current(store, body, members)
    made = print_poster(store, context.actor, roll, issuer=issuer, contact=contact, days=days, rooms=rooms)
    poster = store.ask(standing.poster, roll)
    assert poster is not None
    if pdf is not None:
        _write(pdf, store.ask(files.content, poster.document))
    context.say(
        f"公示稿 {made} 已制作，异议期 {poster.days} 天。",
        {"poster": made, "days": poster.days, "digest": poster.digest, "pdf": str(pdf) if pdf else None},
    )


@app.command("publish")
def publish(
    ctx: typer.Context,
    body: Body,
    place: Annotated[str, typer.Option(help="张贴地点")],
    posted_by: Annotated[str, typer.Option(help="张贴人")],
    photo: Annotated[Path, typer.Option(help="张贴现场的照片，JPG 或 PNG")],
    members: Members = False,
) -> None:
    """Record that the poster of the current roll was put up; the period for objections begins."""
    context: Context = ctx.obj
    store = context.store()
    roll = current(store, body, members)
    poster = store.ask(standing.poster, roll)
    if poster is None:
        raise NoPoster
    try:
        picture = (photo.name, photo.read_bytes())
    except OSError as error:
        raise CannotRead(path=photo, reason=reason_of(error)) from error
    notice = store.do(context.actor, publishing.post_roll, poster.id, place=place, posted_by=posted_by, photo=picture)
    last = store.ask(standing.notices, roll)[0].period.last_day
    context.say(f"已登记张贴，异议期到{day_words(last)}。", {"notice": notice, "last_day": last})


@app.command("object")
def receive(
    ctx: typer.Context,
    body: Body,
    name: Annotated[str, typer.Option(help="异议人")],
    text: Annotated[str, typer.Option(help="异议内容")],
    line: Annotated[str, typer.Option(help="所指的行")] = "",
    contact: Annotated[str, typer.Option(help="联系方式")] = "",
    members: Members = False,
) -> None:
    """Record an objection to the current roll."""
    context: Context = ctx.obj
    store = context.store()
    posted = store.ask(standing.notices, current(store, body, members))
    if not posted:
        raise NotPosted
    made = store.do(
        context.actor,
        publishing.receive_roll_objection,
        posted[0].id,
        name=name,
        text=text,
        contact=contact,
        line=line,
    )
    context.say(f"异议 {made} 已登记。", {"objection": made})


@app.command("objections")
def list_objections(ctx: typer.Context, body: Body, members: Members = False) -> None:
    """List the objections to the current roll, with their answers."""
    context: Context = ctx.obj
    store = context.store()
    found = store.ask(standing.objections, current(store, body, members))
    words = {None: "待答复", True: "成立", False: "不成立"}
    context.say(
        "\n".join(f"{each.id}\t{words[each.upheld]}\t{each.name}\t{each.text}" for each in found),
        [
            {
                "id": each.id,
                "name": each.name,
                "line": each.line,
                "text": each.text,
                "in_time": each.in_time,
                "due": each.answer_due,
                "upheld": each.upheld,
                "answer": each.answer,
            }
            for each in found
        ],
    )


@app.command("answer")
def answer(
    ctx: typer.Context,
    objection: Annotated[int, typer.Argument(max=LARGEST, help="异议编号")],
    text: Annotated[str, typer.Option("--answer", help="答复")],
    upheld: Annotated[bool, typer.Option("--upheld/--not-upheld", help="异议是否成立")],
    by: Annotated[str, typer.Option(help="答复人")] = "",
) -> None:
    """Record the answer to an objection."""
    context: Context = ctx.obj
    context.store().do(
        context.actor, publishing.answer_roll_objection, objection, answer=text, upheld=upheld, answered_by=by
    )
    context.say("答复已登记。", {"objection": objection, "upheld": upheld})


@app.command("freeze")
def freeze(
    ctx: typer.Context,
    body: Body,
    unpublished_why: Annotated[str, typer.Option(help="不公示的理由")] = "",
    members: Members = False,
    pdf: Pdf = None,
) -> None:
    """Freeze the current roll; print the digest and the number by which it is read out."""
    context: Context = ctx.obj
    store = context.store()
    roll = current(store, body, members)
    digest = store.do(context.actor, freezing.freeze_roll, roll, unpublished_why)
    if pdf is not None:
        _write(pdf, freezing_pdf(store, roll))
    number = check_number(digest)
    context.say(f"名册已冻结，核对码 {number}", {"roll": roll, "digest": digest, "number": number})


def current(store: Store, body: int, members: bool = False) -> int:
    """The number of the body's current roll. Refused when there is none."""
    store.ask(bodies.body, body)
    found = store.ask(queries.current_roll, body, RollKind.MEMBERS if members else None)
    if found is None:
        raise NoRoll
    return found.id


def _write(path: Path, content: bytes) -> None:
    try:
        path.write_bytes(content)
    except OSError as error:
        raise CannotWrite(path=path, reason=reason_of(error)) from error
