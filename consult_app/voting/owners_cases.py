"""Cases of owners: sums or single ballots with the policies of domain §2.4, read from plain JSON values."""

from consult_app.voting import ballots
from consult_app.voting.heads import Status, Unit
from consult_app.voting.inputs import Inputs, known
from consult_app.voting.rule import Rule
from consult_app.voting.rules import NOTHING, Choice, Policy, Tally, Weight, decide
from consult_app.voting.verdicts import Verdict

MARKS = {"for": Choice.FOR, "against": Choice.AGAINST, "abstain": Choice.ABSTAIN} | dict.fromkeys(
    ("invalid", "invalid_mark", "blank"), Choice.INVALID
)
OWNERS_POLICY = ("no_return", "clause_in_rules", "delivery_proved", "warning_printed", "invalid_mark_participates")


def totals(rule: Rule, inputs: Inputs) -> Verdict:
    """The verdict on sums of area and heads by choice."""
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


def from_ballots(rule: Rule, inputs: Inputs) -> Verdict:
    """The verdict on ballots over a roll of units, counted as the case's policy says."""
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


def _unit(entry: Inputs) -> Unit:
    return Unit(
        unit=entry.text("unit"),
        area=entry.area("area"),
        owners=frozenset(entry.texts("owners")),
        status=Status(entry.word("status", tuple(Status), "delivered")),
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


def _policy(inputs: Inputs, further: tuple[str, ...]) -> Inputs:
    """The `policy` of an owners' case; an unknown policy is refused, for it would silently change nothing."""
    policy = inputs.inner("policy") if inputs.has("policy") else Inputs({})
    return known(policy, OWNERS_POLICY + further)


def _owners_policy(policy: Inputs) -> Policy:
    no_return = policy.word("no_return", ("not_participating", "follow_majority"), "not_participating")
    return Policy(
        invalid_mark_participates=policy.yes("invalid_mark_participates", True),
        follow_majority=no_return == "follow_majority",
        clause_in_rules=policy.yes("clause_in_rules", False),
        delivery_proved=policy.yes("delivery_proved", False),
        warning_printed=policy.yes("warning_printed", True),
    )
