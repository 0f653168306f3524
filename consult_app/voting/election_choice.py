"""Which elections and recalls a body may hold, by the rules in force on a day. Pure."""

from datetime import date

from consult_app.bodies.rules import BodyKind
from consult_app.voting.election_count import BY_TALLY
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.rulebook import Rulebook

_FAMILIES = {BodyKind.OWNERS: "owners", BodyKind.VILLAGE: "village", BodyKind.RESIDENTS: "urban"}


def rules_for(book: Rulebook, kind: BodyKind, on: date) -> tuple[Rule, ...]:
    """The rules under which a body of a kind may elect or recall; a run-off only follows, and a local pack's come along."""
    others = {family for of_kind, family in _FAMILIES.items() if of_kind is not kind}
    return tuple(
        rule
        for rule in book.in_force(on)
        if rule.kind in BY_TALLY and rule.kind is not Kind.RUNOFF and rule.id.split(".")[0] not in others
    )
