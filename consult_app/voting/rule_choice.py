"""Which rules a secretary may choose from: by who decides, and for owners by the item of civil-code-278."""

from dataclasses import dataclass
from datetime import date

from consult_app.bodies.rules import BodyKind
from consult_app.proposals.rules import DECISION_WORDS, DecisionBody
from consult_app.voting.rule import VOTED, Kind, Rule
from consult_app.voting.rulebook import Rulebook

CHANGE_OF_USE = 279
"""Chosen instead of an item of civil-code-278: a dwelling becomes business premises (civil-code-279)."""

_FAMILIES = {
    DecisionBody.OWNERS_ASSEMBLY: ("owners", {"owners", "interested_owners"}),
    DecisionBody.OWNERS_COMMITTEE: ("owners_committee", {"committee_members"}),
    DecisionBody.VILLAGERS_ASSEMBLY: ("village", {"adults", "households"}),
    DecisionBody.VILLAGERS_REPS_MEETING: ("village", {"reps", "reps_meeting", "households"}),
    DecisionBody.VILLAGE_GROUP: ("village", {"group_adults", "group_households"}),
    DecisionBody.RESIDENTS_ASSEMBLY: ("urban", {"adults", "household_reps"}),
    DecisionBody.RESIDENTS_REPS_MEETING: ("urban", {"reps", "reps_meeting"}),
    DecisionBody.COLLECTIVE_ASSEMBLY: ("collective", {"collective_members", "collective_reps"}),
}
_BODIES = {
    BodyKind.OWNERS: (DecisionBody.OWNERS_ASSEMBLY, DecisionBody.OWNERS_COMMITTEE, DecisionBody.CONSENSUS),
    BodyKind.VILLAGE: (
        DecisionBody.VILLAGERS_REPS_MEETING,
        DecisionBody.VILLAGERS_ASSEMBLY,
        DecisionBody.VILLAGE_GROUP,
        DecisionBody.COLLECTIVE_ASSEMBLY,
        DecisionBody.CONSENSUS,
    ),
    BodyKind.RESIDENTS: (
        DecisionBody.CONSENSUS,
        DecisionBody.RESIDENTS_COUNCIL,
        DecisionBody.RESIDENTS_REPS_MEETING,
        DecisionBody.RESIDENTS_ASSEMBLY,
    ),
}


@dataclass(frozen=True)
class LegalItem:
    """One kind of matter that owners decide together, in the statute's words; the secretary chooses it and says why."""

    number: int
    text: str

    @property
    def words(self) -> str:
        """`第六项　筹集建筑物及其附属设施的维修资金`."""
        if self.number == CHANGE_OF_USE:
            return f"第二百七十九条　{self.text}"
        return f"第{'一二三四五六七八九'[self.number - 1]}项　{self.text}"

    @property
    def citation(self) -> str:
        """What the screening sheet keeps."""
        if self.number == CHANGE_OF_USE:
            return f"民法典第二百七十九条：{self.text}"
        return f"民法典第二百七十八条第一款第{'一二三四五六七八九'[self.number - 1]}项：{self.text}"


def deciders(book: Rulebook, kind: BodyKind, on: date) -> tuple[tuple[DecisionBody, str], ...]:
    """Who may decide a matter of a kind of body, with their words: those for whom the book has a rule, and consensus."""
    return tuple(
        (body, DECISION_WORDS[body])
        for body in _BODIES[kind]
        if body is DecisionBody.CONSENSUS or rules_for(book, body, on)
    )


def rules_for(book: Rulebook, body: DecisionBody, on: date, item: int | None = None) -> tuple[Rule, ...]:
    """The rules in force under which a decision body may vote; for owners only those for the chosen item."""
    if body is DecisionBody.RESIDENTS_COUNCIL:
        return tuple(rule for rule in book.in_force(on) if rule.kind in VOTED and rule.id.startswith("council."))
    if body not in _FAMILIES:
        return ()
    family, electorates = _FAMILIES[body]
    found = [
        rule
        for rule in book.in_force(on)
        if rule.kind in VOTED and not rule.secret and rule.electorate in electorates and _belongs(rule, family)
    ]
    if body in (DecisionBody.VILLAGERS_ASSEMBLY, DecisionBody.VILLAGERS_REPS_MEETING):
        levy = body is DecisionBody.VILLAGERS_REPS_MEETING  # 一事一议 through representatives counts households
        found = [rule for rule in found if rule.electorate != "households" or (rule.kind is Kind.LEVY) is levy]
    if body is not DecisionBody.OWNERS_ASSEMBLY or item is None:
        return tuple(found)
    if item == CHANGE_OF_USE:
        return tuple(rule for rule in found if rule.kind is Kind.UNANIMOUS)
    return tuple(rule for rule in found if rule.kind is Kind.OWNERS and item in rule.items)


def legal_items(book: Rulebook) -> tuple[LegalItem, ...]:
    """The nine items of civil-code-278 in its own words, and civil-code-279."""
    lines = book.laws.article("civil-code-278").text.splitlines()
    found = [line.strip()[3:].rstrip("；。") for line in lines if line.strip().startswith("（")]
    items = [LegalItem(number, text) for number, text in enumerate(found, 1)]
    return (*items, LegalItem(CHANGE_OF_USE, "将住宅改变为经营性用房"))


def by_item(found: tuple[Rule, ...], item: int | None) -> tuple[Rule, ...]:
    """Of rules offered together, those that stand once an item of law is chosen; before, those that need none."""
    if item is None:
        return tuple(rule for rule in found if not needs_item(rule))
    if item == CHANGE_OF_USE:
        return tuple(rule for rule in found if rule.kind is Kind.UNANIMOUS)
    return tuple(rule for rule in found if item in rule.items)


def needs_item(rule: Rule) -> bool:
    """Whether somebody must name the item of law before the rule may be chosen."""
    return bool(rule.items) or rule.kind is Kind.UNANIMOUS


def _belongs(rule: Rule, family: str) -> bool:
    """Whether a rule is of a family of the national rules, or of a local pack that has a prefix of its own."""
    prefix = rule.id.split(".")[0]
    return prefix == family or prefix not in {name for name, _ in _FAMILIES.values()}
