"""`consult election`: elections and recalls on secret paper, from the draft to who is elected."""

from datetime import date, datetime
from typing import Annotated, Any

import typer

from consult_app.cli.context import LARGEST, Context
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import CHINA, area_plain
from consult_app.voting import actions
from consult_app.voting.choices import STATE_WORDS
from consult_app.voting.election_count import ElectionCount, written_area
from consult_app.voting.election_facts import ElectionFacts
from consult_app.voting.election_facts import election as election_facts
from consult_app.voting.election_roll import MOST
from consult_app.voting.rules import Weight

app = typer.Typer(help="选举、罢免", no_args_is_help=True)

Election = Annotated[int, typer.Argument(max=LARGEST, help="选举编号")]
Closes = Annotated[datetime, typer.Option(formats=["%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"], help="投票截止（北京时间）")]
Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="选举日")]


class BadVote(Refused):
    """A vote was not given as a name and a number."""

    text = "「{typed}」无法识别，请写成 姓名=票数{area}。"
    field = "vote"


@app.command("draft")
def draft(
    ctx: typer.Context,
    proposal: Annotated[int, typer.Option(max=LARGEST, help="议题编号（数字）")],
    title: Annotated[str, typer.Option(help="选举名称")],
    rule: Annotated[str, typer.Option(help="规则编号，如 village.election")],
    candidate: Annotated[list[str], typer.Option(help="候选人，可以多次填写")],
    on: Day,
    closes: Closes,
    seats: Annotated[int, typer.Option(max=999, help="应选名额")] = 1,
) -> None:
    """Draft an election or a recall."""
    context: Context = ctx.obj
    id = context.store().do(
        context.actor, actions.draft_election, proposal, title=title, candidates=candidate, seats=seats, rule_id=rule,
        on=_day(on), closes_at=_moment(closes),
    )  # fmt: skip
    context.say(f"选举 {id} 已起草。", {"election": id})


@app.command("consent")
def consent(
    ctx: typer.Context,
    election: Election,
    candidate: Annotated[list[str], typer.Option(help="候选人，可以多次填写")],
    by: Annotated[str, typer.Option(help="推荐方式")],
    how: Annotated[str, typer.Option(help="本人怎样同意")] = "签署同意书",
) -> None:
    """Record that candidates consent to stand."""
    context: Context = ctx.obj
    for name in candidate:
        context.store().do(context.actor, actions.record_consent, election, name, nominated_by=by, consent=how)
    _show(context, election)


@app.command("freeze")
def freeze(
    ctx: typer.Context,
    election: Election,
    registered: Annotated[int | None, typer.Option(max=MOST, help="登记人数；不填时取自名册")] = None,
    area: Annotated[str | None, typer.Option(help="业主专有部分总面积，㎡")] = None,
) -> None:
    """Fix candidates and voters."""
    context: Context = ctx.obj
    weight = None if registered is None else Weight(written_area(area, "area") if area else 0, registered)
    context.store().do(context.actor, actions.freeze_election, election, weight)
    _show(context, election)


@app.command("open")
def open_(ctx: typer.Context, election: Election) -> None:
    """Begin voting on paper."""
    context: Context = ctx.obj
    context.store().do(context.actor, actions.open_election, election)
    _show(context, election)


@app.command("close")
def close(
    ctx: typer.Context,
    election: Election,
    first: Annotated[str, typer.Option(help="监票人一")],
    second: Annotated[str, typer.Option(help="监票人二")],
) -> None:
    """End voting and seal the boxes, by two people."""
    context: Context = ctx.obj
    context.store().do(context.actor, actions.close_election, election, first, second)
    _show(context, election)


@app.command("enter")
def enter(
    ctx: typer.Context,
    election: Election,
    teller: Annotated[str, typer.Option(help="计票人")],
    voters: Annotated[int, typer.Option(max=MOST, help="参加投票人数")],
    collected: Annotated[int, typer.Option(max=MOST, help="收回选票张数")],
    vote: Annotated[list[str], typer.Option(help="姓名=票数；业主委员会选举为 姓名=人数=面积；可以多次填写")],
    invalid: Annotated[int, typer.Option(max=MOST, help="废票张数")] = 0,
    voters_area: Annotated[str | None, typer.Option(help="参与表决的面积，㎡")] = None,
) -> None:
    """Enter what one teller counted."""
    context: Context = ctx.obj
    facts = context.store().ask(election_facts, election)
    area = written_area(voters_area, "voters_area") if voters_area else 0
    votes = dict(_vote(typed, facts.with_area) for typed in vote)
    count = ElectionCount(facts.motion.eligible, Weight(area, voters), collected, invalid, votes)
    found = context.store().do(context.actor, actions.enter_election_tally, election, teller, count)
    sheets = context.store().ask(election_facts, election).sheets
    differences = [{"field": d.field, "first": d.first, "second": d.second} for d in sheets.differences]
    lines = [sheets.words, *(f"{d.field}：{d.first} / {d.second}" for d in sheets.differences)]
    context.say("\n".join(lines), {"election": election, "entered": found.value, "differences": differences})


@app.command("declare")
def declare(ctx: typer.Context, election: Election) -> None:
    """Declare who is elected by the sums that two tellers share."""
    context: Context = ctx.obj
    context.store().do(context.actor, actions.declare_election, election)
    _show(context, election)


@app.command("again")
def again(
    ctx: typer.Context,
    election: Election,
    on: Day,
    closes: Closes,
    candidate: Annotated[list[str] | None, typer.Option(help="另行选举的候选人，可以多次填写")] = None,
) -> None:
    """Draft the run-off for open seats, or the whole of a void or failed election once more."""
    context: Context = ctx.obj
    facts = context.store().ask(election_facts, election)
    if facts.open_seats:
        names = candidate or facts.leading
        id = context.store().do(
            context.actor, actions.draft_runoff, election, _moment(closes), on=_day(on), candidates=names
        )
    else:
        id = context.store().do(context.actor, actions.draft_again, election, _moment(closes), on=_day(on))
    context.say(f"选举 {id} 已起草。", {"election": id, "follows": election})


@app.command("annul")
def annul(
    ctx: typer.Context,
    election: Election,
    reason: Annotated[str, typer.Option(help="作废的理由")],
    first: Annotated[str, typer.Option(help="监票人一")],
    second: Annotated[str, typer.Option(help="监票人二")],
) -> None:
    """Make an election void, by two people."""
    context: Context = ctx.obj
    context.store().do(context.actor, actions.annul_election, election, reason, first, second)
    _show(context, election)


@app.command("show")
def show(ctx: typer.Context, election: Election) -> None:
    """Show where an election stands, and its result once declared."""
    _show(ctx.obj, election)


def _show(context: Context, id: int) -> None:
    facts = context.store().ask(election_facts, id)
    words = [f"{facts.motion.title}：{STATE_WORDS[facts.motion.state]}"]
    words += [facts.outcome] if facts.outcome else []
    words += [f"{one.name}\t{one.votes.heads} 票\t{one.words}" for one in facts.standings if not facts.is_recall]
    context.say("\n".join(words), told(facts))


def told(facts: ElectionFacts) -> dict[str, Any]:
    """An election for machines; votes only once it is declared."""
    found: dict[str, Any] = {
        "election": facts.motion.id,
        "title": facts.motion.title,
        "state": facts.motion.state.value,
        "rule": facts.motion.rule.id,
        "seats": facts.motion.seats,
        "registered": facts.motion.eligible.heads,
        "candidates": [{"name": one.name, "consented": one.consented_at is not None} for one in facts.candidates],
        "tellers": list(facts.tellers or facts.sheets.tellers),
        "agreed": facts.sheets.agreed is not None or facts.count is not None,
        "follows": facts.follows_id,
        "followed_by": list(facts.followed_by),
        "void_reason": facts.void_reason,
    }
    if facts.verdict is not None:
        found["outcome"], found["verdict"] = facts.outcome, facts.verdict.to_dict()
        found["votes"] = {
            one.name: {"heads": one.votes.heads, "area": area_plain(one.votes.area), "fate": one.fate.value}
            for one in facts.standings
        }
    return found


def _vote(typed: str, with_area: bool) -> tuple[str, Weight]:
    parts = [part.strip() for part in typed.split("=")]
    if len(parts) != (3 if with_area else 2) or not parts[1].isdecimal():
        raise BadVote(typed=typed, area="=面积" if with_area else "")
    return parts[0], Weight(written_area(parts[2], "vote") if with_area else 0, int(parts[1]))


def _day(given: datetime) -> date:
    return given.date()


def _moment(given: datetime) -> datetime:
    return given.replace(tzinfo=CHINA)
