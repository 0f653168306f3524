"""`consult motion proxy`: mandates of a motion: their terms, who gave them, take one back, print the published list."""

from pathlib import Path
from typing import Annotated, Any

import typer

from consult_app.cli.context import LARGEST, Context
from consult_app.cli.motion_voter import scan, voter
from consult_app.documents import issuing
from consult_app.documents.drafting import draft_proxy_notice
from consult_app.kernel.errors import Refused, reason_of
from consult_app.voting import actions, queries
from consult_app.voting.queries import ProxyFacts


class CannotWrite(Refused):
    """The file cannot be written where it should go."""

    text = "写不到「{path}」：{reason}。"
    field = "out"


app = typer.Typer(help="委托", no_args_is_help=True)

Motion = Annotated[int, typer.Argument(max=LARGEST, help="表决事项编号")]


@app.command("list")
def list_proxies(
    ctx: typer.Context, motion: Motion, masked: Annotated[bool, typer.Option(help="隐去姓名和房号")] = False
) -> None:
    """List the mandates of a motion, with those taken back, and the terms they fulfil."""
    context: Context = ctx.obj
    store = context.store()
    terms, found = store.ask(queries.proxy_terms, motion), store.ask(queries.proxies, motion, masked=masked)
    lines = (f"{line.id}\t{line.principal}\t{line.agent}\t{_state(line)}" for line in found)
    context.say(
        "\n".join((*terms.sentences, *lines)), {"terms": terms.sentences, "proxies": [_facts(line) for line in found]}
    )


@app.command("register")
def register(
    ctx: typer.Context,
    motion: Motion,
    principal: Annotated[str, typer.Option(help="委托人：编号、姓名、房号或选票代码")],
    agent: Annotated[str, typer.Option(help="受托人姓名；在名册中的可写编号")],
    authority: Annotated[str, typer.Option(help="委托事项、权限和期限")],
    document: Annotated[Path | None, typer.Option(help="授权委托书的扫描件")] = None,
    relation: Annotated[str, typer.Option(help="受托人是委托人的什么人，如：配偶、子女")] = "",
    property_staff: Annotated[bool, typer.Option(help="受托人是物业服务企业的工作人员")] = False,
) -> None:
    """Register a written authority; a refused one says which limit."""
    context: Context = ctx.obj
    store = context.store()
    chosen = int(agent) if agent.strip().isdecimal() else None
    found = store.do(
        context.actor,
        actions.register_proxy,
        motion,
        voter(store, motion, principal),
        agent=agent,
        agent_elector_id=chosen,
        authority=authority,
        relation=relation,
        property_staff=property_staff,
        document=scan(document),
    )
    context.say(f"已登记委托 {found}。", {"proxy": found})


@app.command("revoke")
def revoke(
    ctx: typer.Context,
    proxy: Annotated[int, typer.Argument(max=LARGEST, help="委托编号")],
    reason: Annotated[str, typer.Option(help="撤销的理由")] = "委托人本人到场",
) -> None:
    """Take a mandate back; refused once the ballot is in."""
    context: Context = ctx.obj
    context.store().do(context.actor, actions.revoke_proxy, proxy, reason)
    context.say(f"已撤销委托 {proxy}。", {"proxy": proxy, "revoked": True})


@app.command("notice")
def notice(ctx: typer.Context, motion: Motion, out: Annotated[Path, typer.Option(help="写到哪个 PDF 文件")]) -> None:
    """Issue the masked list that is published, and write it as PDF."""
    context: Context = ctx.obj
    store = context.store()
    document = store.do(context.actor, draft_proxy_notice, motion)
    issuing.issue(store, context.actor, document)
    _write(out, issuing.preview(store, document))
    context.say(f"已写到 {out}。", {"document": document, "out": str(out)})


def _write(path: Path, content: bytes) -> None:
    """Write a file. Refused: `CannotWrite`."""
    try:
        path.write_bytes(content)
    except OSError as wrong:
        raise CannotWrite(path=path, reason=reason_of(wrong)) from None


def _state(line: ProxyFacts) -> str:
    return f"已撤销（{line.reason}）" if line.revoked_at else "有效"


def _facts(line: ProxyFacts) -> dict[str, Any]:
    return {
        "id": line.id,
        "voter": line.elector_id,
        "principal": line.principal,
        "rooms": line.rooms,
        "agent": line.agent,
        "relation": line.relation,
        "authority": line.authority,
        "registered_at": line.registered_at.isoformat(),
        "revoked_at": line.revoked_at.isoformat() if line.revoked_at else None,
        "reason": line.reason,
    }
