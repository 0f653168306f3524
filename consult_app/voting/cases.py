"""Cases: one question in plain JSON values to one answer in plain JSON values; what `consult rule evaluate` speaks."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import cleaned
from consult_app.voting import ballots, elections, periods, petitions, proxies
from consult_app.voting.inputs import BadInput, Impossible, Inputs
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.rulebook import Rulebook, UnknownRule
from consult_app.voting.rules import NOTHING, Choice, Policy, Tally, Weight, decide
from consult_app.voting.verdicts import Code, Verdict, inconsistent

FROM_BALLOTS = ".from_ballots"
"""Ending of a rule's id that asks for counting the ballots first, e.g. `owners.ordinary.from_ballots`."""

MARKS = {"for": Choice.FOR, "against": Choice.AGAINST, "abstain": Choice.ABSTAIN} | dict.fromkeys(
    ("invalid", "invalid_mark", "blank"), Choice.INVALID
)


SUMS = ("part_area", "total_area")
"""The areas beside a verdict. The vectors write none at all as `"0"`."""


def answer(book: Rulebook, case: object) -> dict[str, Any]:
    """The answer to one case `{id, rule, inputs}`, optionally `on` (a day; else the newest version of the rule).

    Never raises for what was typed: a case that cannot be read is answered with `error`.
    """
    if not isinstance(case, dict):
        return _error(None, None, "每一项须为对象，含 id、rule、inputs")
    id, name = _echo(case.get("id")), _echo(case.get("rule"))
    try:
        outer = Inputs(case)
        on = outer.day("on") if outer.has("on") else None
        inputs = _inputs(outer)
        verdict, rule = _decided(book, outer.text("rule"), inputs, on)
    except Impossible as wrong:
        return {**_error(id, name, str(wrong)), "code": Code.INPUT_INCONSISTENT.value}
    except Refused as refused:
        return _error(id, name, str(refused))
    if inputs.impossible:
        verdict = inconsistent(inputs.impossible[0].rstrip("。"), verdict.facts)
    table = {"id": id, "rule": name, **verdict.to_dict(), "basis": rule.basis, "source": rule.source}
    table |= {area: "0" for area in SUMS if table.get(area) == "0.00"}
    if inputs.impossible:
        table["error"] = "".join(inputs.impossible)
    return {**table, "ignored": inputs.unread} if inputs.unread else table


def _inputs(outer: Inputs) -> Inputs:
    inner = outer.inner("inputs")
    return Inputs(inner.values)


def _error(id: object, rule: object, line: str) -> dict[str, Any]:
    return {"id": id, "rule": rule, "passed": None, "code": "BAD_INPUT", "error": line, "measures": []}


def _echo(value: object) -> str | int | None:
    """An id as it came, where JSON can say it again."""
    return value if value is None or isinstance(value, str | int) else str(value)


def _decided(book: Rulebook, name: str, inputs: Inputs, on: date | None) -> tuple[Verdict, Rule]:
    if name.endswith(FROM_BALLOTS):
        rule = book.rule(name.removesuffix(FROM_BALLOTS), on)
        if rule.kind is not Kind.OWNERS:
            raise UnknownRule(id=name)
        return _from_ballots(rule, inputs), rule
    rule = book.rule(name, on)
    return READERS[rule.kind](rule, inputs), rule


def _owners(rule: Rule, inputs: Inputs) -> Verdict:
    policy = _policy(inputs, ())
    tally = Tally(
        eligible=Weight(inputs.area("total_area"), inputs.count("total_heads")),
        in_favour=inputs.weight("for"),
        against=inputs.weight("against"),
        abstain=inputs.weight("abstain"),
        invalid=inputs.weight("invalid_mark"),
        unreturned=inputs.weight("delivered_not_returned", NOTHING),
        policy=_owners_policy(policy),
    )
    return decide(rule, tally)


def _from_ballots(rule: Rule, inputs: Inputs) -> Verdict:
    policy = _policy(inputs, ("duplicate", "count_parking", "max_proxies_per_agent", "scope", "closes"))
    cap = rule.proxy.max_per_agent if rule.proxy else None
    if policy.values.get("max_proxies_per_agent") is not None:
        cap = policy.count("max_proxies_per_agent")
    how = ballots.Counting(
        duplicates=ballots.Duplicates(policy.word("duplicate", tuple(ballots.Duplicates), "first_valid")),
        count_parking=policy.yes("count_parking", False),
        max_proxies_per_agent=cap,
        scope=frozenset(policy.texts("scope")) if policy.has("scope") else None,
        closes=policy.moment("closes") if policy.has("closes") else None,
    )
    units = [_unit(entry) for entry in inputs.inners("units")]
    cast = [_ballot(entry) for entry in inputs.inners("ballots")]
    return ballots.verdict(rule, ballots.count(units, cast, how, _owners_policy(policy)))


def _unit(entry: Inputs) -> ballots.Unit:
    return ballots.Unit(
        unit=entry.text("unit"),
        area=entry.area("area"),
        owners=frozenset(entry.texts("owners")),
        status=ballots.Status(entry.word("status", tuple(ballots.Status), "delivered")),
        kind=entry.text("kind", "dwelling"),
    )


def _ballot(entry: Inputs) -> ballots.Ballot:
    return ballots.Ballot(
        owner=entry.text("owner"),
        choice=MARKS[entry.word("choice", tuple(MARKS))],
        channel=ballots.Channel(entry.word("channel", tuple(ballots.Channel))),
        at=entry.moment("at"),
        unit=entry.text_or_none("unit"),
        signed=entry.yes("signed", True),
        proxy=entry.text_or_none("proxy"),
        proxy_document=entry.yes("proxy_document", False),
    )


OWNERS_POLICY = ("no_return", "clause_in_rules", "delivery_proved", "warning_printed", "invalid_mark_participates")


def _policy(inputs: Inputs, further: tuple[str, ...]) -> Inputs:
    """The `policy` of an owners' case; an unknown policy is refused, for it would silently change nothing."""
    policy = inputs.inner("policy") if inputs.has("policy") else Inputs({})
    return _known(policy, OWNERS_POLICY + further)


def _known(policy: Inputs, keys: tuple[str, ...]) -> Inputs:
    for key in policy.values:
        if key not in keys:
            raise BadInput(key=f"policy.{key}", wrong="不是这条规则的做法")
    return policy


def _owners_policy(policy: Inputs) -> Policy:
    no_return = policy.word("no_return", ("not_participating", "follow_majority"), "not_participating")
    return Policy(
        invalid_mark_participates=policy.yes("invalid_mark_participates", True),
        follow_majority=no_return == "follow_majority",
        clause_in_rules=policy.yes("clause_in_rules", False),
        delivery_proved=policy.yes("delivery_proved", False),
        warning_printed=policy.yes("warning_printed", True),
    )


def _meeting(rule: Rule, inputs: Inputs) -> Verdict:
    committee = inputs.has("members")  # who tells only its members, present and for
    unsaid = 0 if committee else None
    tally = Tally(
        eligible=Weight(heads=inputs.count("members" if committee else "eligible")),
        in_favour=Weight(heads=inputs.count("for")),
        against=Weight(heads=inputs.count("against", unsaid)),
        abstain=Weight(heads=inputs.count("abstain", unsaid)),
        invalid=Weight(heads=inputs.count("invalid", 0)),
        present=inputs.count("present"),
        left_early=inputs.count("left_early", 0),
    )
    return decide(_varied(rule, inputs), tally)


def _varied(rule: Rule, inputs: Inputs) -> Rule:
    """The rule with the variants that the case's policy names."""
    if not inputs.has("policy"):
        return rule
    policy = _known(inputs.inner("policy"), tuple({variant.gate for variant in rule.variants}))
    for gate in policy.values:
        names = tuple(variant.name for variant in rule.variants if variant.gate == gate)
        varied = rule.varied(gate, policy.word(gate, names))
        rule = varied or rule
    return rule


def _levy(rule: Rule, inputs: Inputs) -> Verdict:
    represented = sum(entry.count("households") for entry in inputs.inners("reps"))
    tally = Tally(
        eligible=Weight(heads=inputs.count("households")),
        in_favour=Weight(heads=inputs.count("for_households")),
        present=represented,
    )
    return decide(rule, tally)


def _recall(rule: Rule, inputs: Inputs) -> Verdict:
    tally = Tally(
        eligible=Weight(heads=inputs.count("registered")),
        in_favour=Weight(heads=inputs.count("for")),
        against=Weight(heads=inputs.count("against", 0)),
        abstain=Weight(heads=inputs.count("abstain", 0)),
        invalid=Weight(heads=inputs.count("invalid", 0)),
        present=inputs.count("voters"),
    )
    return decide(rule, tally)


def _unanimous(rule: Rule, inputs: Inputs) -> Verdict:
    tally = Tally(
        eligible=Weight(heads=inputs.count("interested")),
        in_favour=Weight(heads=inputs.count("for")),
        against=Weight(heads=inputs.count("against", 0)),
        abstain=Weight(heads=inputs.count("abstain", 0)),
    )
    return decide(rule, tally)


def _election(rule: Rule, inputs: Inputs) -> Verdict:
    candidates = inputs.inner("candidates")
    papers = elections.Papers(
        registered=inputs.count("registered"),
        voters=inputs.count("voters"),
        collected=inputs.count("collected"),
        seats=inputs.count("seats"),
        invalid=inputs.count("invalid"),
        candidates={name: candidates.count(key) for key, name in _names(candidates).items()},
    )
    return elections.elect(rule, papers)


def _committee_election(rule: Rule, inputs: Inputs) -> Verdict:
    candidates = inputs.inner("candidates")
    papers = elections.CommitteePapers(
        eligible=Weight(inputs.area("total_area"), inputs.count("total_heads")),
        participating=Weight(inputs.area("part_area"), inputs.count("part_heads")),
        seats=inputs.count("seats"),
        candidates={name: candidates.pair(key) for key, name in _names(candidates).items()},
    )
    return elections.elect_committee(rule, papers)


def _names(candidates: Inputs) -> dict[str, str]:
    """Each candidate's key with the cleaned name; one name under two keys is refused."""
    names = {key: cleaned(key) for key in candidates.values}
    if not all(names.values()) or len(set(names.values())) < len(names):
        raise BadInput(key=candidates.path, wrong="的姓名须填写且不得重复")
    return names


def _petition(rule: Rule, inputs: Inputs) -> Verdict:
    if rule.petition is None:
        raise UnknownRule(id=rule.id)
    signed = {}
    for route in rule.petition.routes:
        read = inputs.area if route.measure == "area" else inputs.count
        signed[route.measure] = petitions.Signed(read(route.signed), read(route.of))
    return petitions.demanded(rule.petition, signed)


def _notice(rule: Rule, inputs: Inputs) -> Verdict:
    return periods.noticed(inputs.day("notice_date"), inputs.day("meeting_date"), rule.notice_days or 0)


def _publicity(rule: Rule, inputs: Inputs) -> Verdict:
    least = inputs.count("min_days", rule.notice_days)
    if least == 0:
        raise Impossible(key="min_days", wrong="须大于零")
    return periods.published(inputs.day("posted"), inputs.day("removed"), least)


def _extension(rule: Rule, inputs: Inputs) -> Verdict:
    return periods.extended(
        inputs.moment("closes"), inputs.moment("announced_at"), inputs.moment("extended_to"), inputs.yes("rules_allow")
    )


def _proxies(rule: Rule, inputs: Inputs) -> Verdict:
    if rule.proxy is None:
        raise UnknownRule(id=rule.id)
    agent = inputs.text("agent")
    verdict = proxies.accepted(rule.proxy, inputs.count("mandates"), inputs.yes("agent_is_candidate"))
    return replace(verdict, facts={"agent": agent, **verdict.facts})


def _paper(rule: Rule, inputs: Inputs) -> Verdict:
    seats = inputs.count("seats")
    if seats == 0:
        raise Impossible(key="seats", wrong="须大于零")
    return elections.read_paper(inputs.texts("marks"), seats)


READERS: Mapping[Kind, Callable[[Rule, Inputs], Verdict]] = {
    Kind.OWNERS: _owners,
    Kind.OWNERS_ELECTION: _committee_election,
    Kind.UNANIMOUS: _unanimous,
    Kind.MEETING: _meeting,
    Kind.LEVY: _levy,
    Kind.RECALL: _recall,
    Kind.ELECTION: _election,
    Kind.RUNOFF: _election,
    Kind.PETITION: _petition,
    Kind.NOTICE: _notice,
    Kind.PUBLICITY: _publicity,
    Kind.EXTENSION: _extension,
    Kind.PROXIES: _proxies,
    Kind.PAPER: _paper,
}
"""How each family's inputs are read (domain §3)."""
