"""Cases: one question in plain JSON values to one answer in plain JSON values; what `consult rule evaluate` speaks."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import cleaned
from consult_app.voting import elections, owners_cases, periods, petitions, proxies
from consult_app.voting.inputs import BadInput, Impossible, Inputs, known
from consult_app.voting.rule import Kind, Petition, Route, Rule
from consult_app.voting.rulebook import Rulebook, UnknownRule
from consult_app.voting.rules import Tally, Weight, decide
from consult_app.voting.verdicts import Code, Verdict, inconsistent

FROM_BALLOTS = ".from_ballots"
"""Ending of a rule's id that asks for counting the ballots first, e.g. `owners.ordinary.from_ballots`."""

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
        return owners_cases.from_ballots(rule, inputs), rule
    rule = _in_mode(book, book.rule(name, on), inputs, on)
    return READERS[rule.kind](rule, inputs), rule


def _in_mode(book: Rulebook, rule: Rule, inputs: Inputs, on: date | None) -> Rule:
    """A recall goes by the mode of the election, which `mode` names where a rule knows several."""
    modes = tuple(
        dict.fromkeys(each.id.removeprefix(f"{rule.id}.") for each in book.rules if each.id.startswith(f"{rule.id}."))
    )
    if rule.kind is not Kind.RECALL or not modes or not inputs.has("mode"):
        return rule
    return book.rule(f"{rule.id}.{inputs.word('mode', modes)}", on)


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
    policy = known(inputs.inner("policy"), tuple({variant.gate for variant in rule.variants}))
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
    routes = _routes(rule.petition, inputs)
    signed = {}
    for route in routes:
        read = inputs.area if route.measure == "area" else inputs.count
        signed[route.measure] = petitions.Signed(read(route.signed), read(route.of))
    return petitions.demanded(replace(rule.petition, routes=routes), signed)


def _routes(petition: Petition, inputs: Inputs) -> tuple[Route, ...]:
    """The routes the case tells of. Where one is enough, a route that nobody took need not be told."""
    told = tuple(route for route in petition.routes if inputs.has(route.signed) or inputs.has(route.of))
    return told if petition.mode == "any" and told else petition.routes


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
    Kind.OWNERS: owners_cases.totals,
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
