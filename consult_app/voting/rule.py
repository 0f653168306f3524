"""A rule of law: who decides, by which shares, with which notice and proxies; a motion keeps a copy of it."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from consult_app.voting.measures import Base, Op, Threshold, Unit, threshold_words


class Kind(StrEnum):
    """The family of a rule: what is counted, and which inputs and codes go with it."""

    OWNERS = "owners"
    OWNERS_ELECTION = "owners_election"
    UNANIMOUS = "unanimous"
    MEETING = "meeting"
    LEVY = "levy"
    RECALL = "recall"
    ELECTION = "election"
    RUNOFF = "runoff"
    PETITION = "petition"
    NOTICE = "notice"
    PUBLICITY = "publicity"
    EXTENSION = "extension"
    PROXIES = "proxies"
    PAPER = "paper"


NATIONAL = "国家规定"
"""The name of the packs shipped with the program; any other source is a local one, and is shown."""

ELECTORATE_WORDS = {
    "owners": "全体业主",
    "interested_owners": "有利害关系的业主",
    "committee_members": "业主委员会全体委员",
    "adults": "十八周岁以上的村（居）民",
    "households": "全体农户",
    "household_reps": "户的代表",
    "adults_or_household_reps": "十八周岁以上的居民或者户的代表",
    "group_adults": "本组十八周岁以上的村民",
    "group_households": "本组的户",
    "reps_meeting": "代表会议组成人员",
    "reps": "村（居）民代表",
    "voters": "登记参加选举的村（居）民",
    "residents": "村（居）民",
    "collective_members": "具有完全民事行为能力的全体成员",
    "collective_reps": "全体成员代表",
    "directors": "全体理事",
}
"""Who is entitled, in words; a local pack may name others, which are shown as they are."""

VOTED = (Kind.OWNERS, Kind.UNANIMOUS, Kind.MEETING, Kind.LEVY, Kind.RECALL)
"""Kinds with 同意/反对/弃权, which `rules.decide` decides."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a rule stands: the article's key in the lawbook, and how it is cited."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class Route:
    """One way to raise a petition: `signed` of `of` (names of inputs) must reach the threshold."""

    measure: str
    label: str
    signed: str
    of: str
    threshold: Threshold
    unit: Unit = Unit.PERSON


@dataclass(frozen=True, slots=True)
class Petition:
    """A joint demand: `any` route is enough, or `all` are needed."""

    mode: str
    routes: tuple[Route, ...]


@dataclass(frozen=True, slots=True)
class ProxyLimit:
    """Whether and how one may vote through another; `max_per_agent` None means that the law sets no number.

    `agents` says in words who may act; `relations` (keys of `kinship.Relation`) holds them to it, empty for anyone.
    `on_roll`: agents must be voters themselves; `same_household`: of the household of whom they act for.
    """

    allowed: bool = True
    written: bool = True
    max_per_agent: int | None = None
    candidates_barred: bool = False
    list_published: bool = False
    agents: str = ""
    relations: tuple[str, ...] = ()
    on_roll: bool = False
    same_household: bool = False


@dataclass(frozen=True, slots=True)
class Variant:
    """Another threshold that local law or the body's own procedure may put in a gate's place, by name."""

    gate: str
    name: str
    threshold: Threshold
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in one version. Judge an old matter by the copy it kept, never by today's book."""

    id: str
    title: str
    kind: Kind
    electorate: str
    citations: tuple[Citation, ...]
    valid_from: date
    valid_to: date | None = None
    source: str = ""
    measures: tuple[str, ...] = ("heads",)
    unit: Unit = Unit.PERSON
    participation: Threshold | None = None
    approval: Threshold | None = None
    petition: Petition | None = None
    items: tuple[int, ...] = ()
    excluded_items: tuple[int, ...] = ()
    secret: bool = False
    notice_days: int | None = None
    proxy: ProxyLimit | None = None
    runoff: str | None = None
    variants: tuple[Variant, ...] = ()
    note: str = ""

    @property
    def basis(self) -> str:
        """`《民法典》第二百七十八条、《…》第八条`: all that the rule rests on."""
        return "、".join(citation.words for citation in self.citations)

    @property
    def shares(self) -> str:
        """`参与三分之二以上，同意过半数`: the shares in words; empty where the rule has none."""
        gates = (("参与", self.participation), ("同意", self.approval))
        said = [word + threshold_words(threshold) for word, threshold in gates if threshold]
        if self.petition:
            said += [route.label + threshold_words(route.threshold) for route in self.petition.routes]
        return "，".join(said)

    @property
    def is_local(self) -> bool:
        """Whether a local pack brought the rule."""
        return self.source not in ("", NATIONAL)

    @property
    def electorate_words(self) -> str:
        """Who is entitled, in words."""
        return ELECTORATE_WORDS.get(self.electorate, self.electorate)

    def valid_on(self, day: date) -> bool:
        """Whether this version was in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def varied(self, gate: str, name: str) -> "Rule | None":
        """This rule with the named variant in its gate (`quorum` or `approval`); None when it has no such variant."""
        for variant in self.variants:
            if (variant.gate, variant.name) == (gate, name):
                if gate == "quorum":
                    return replace(self, participation=variant.threshold)
                return replace(self, approval=variant.threshold)
        return None

    def to_dict(self) -> dict[str, Any]:
        """The whole rule as plain JSON values; `from_dict` reads it back."""
        table = asdict(self)
        table["valid_from"] = self.valid_from.isoformat()
        table["valid_to"] = self.valid_to.isoformat() if self.valid_to else None
        plain: dict[str, Any] = json.loads(json.dumps(table))
        return plain

    @staticmethod
    def from_dict(table: Mapping[str, Any]) -> "Rule":
        """The rule that `to_dict` wrote."""
        petition, proxy = table["petition"], table["proxy"]
        return Rule(
            id=table["id"],
            title=table["title"],
            kind=Kind(table["kind"]),
            electorate=table["electorate"],
            citations=tuple(Citation(**citation) for citation in table["citations"]),
            valid_from=date.fromisoformat(table["valid_from"]),
            valid_to=date.fromisoformat(table["valid_to"]) if table["valid_to"] else None,
            source=table["source"],
            measures=tuple(table["measures"]),
            unit=Unit(table["unit"]),
            participation=_threshold(table["participation"]),
            approval=_threshold(table["approval"]),
            petition=Petition(petition["mode"], tuple(map(_route, petition["routes"]))) if petition else None,
            items=tuple(table["items"]),
            excluded_items=tuple(table["excluded_items"]),
            secret=table["secret"],
            notice_days=table["notice_days"],
            proxy=limit_of(proxy) if proxy else None,
            runoff=table["runoff"],
            variants=tuple(map(_variant, table["variants"])),
            note=table["note"],
        )

    @property
    def digest(self) -> str:
        """SHA-256 of the rule in canonical JSON: what a motion pins."""
        canonical = json.dumps(self.to_dict(), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


def limit_of(table: Mapping[str, Any]) -> ProxyLimit:
    """The limit on proxies that a pack or a stored rule writes."""
    return ProxyLimit(**{**table, "relations": tuple(table.get("relations", ()))})


def _threshold(table: Mapping[str, Any] | None) -> Threshold | None:
    return Threshold(Op(table["op"]), table["ratio"], Base(table["base"])) if table else None


def _route(table: Mapping[str, Any]) -> Route:
    threshold = Threshold(Op(table["threshold"]["op"]), table["threshold"]["ratio"], Base(table["threshold"]["base"]))
    return Route(table["measure"], table["label"], table["signed"], table["of"], threshold, Unit(table["unit"]))


def _variant(table: Mapping[str, Any]) -> Variant:
    threshold = Threshold(Op(table["threshold"]["op"]), table["threshold"]["ratio"], Base(table["threshold"]["base"]))
    return Variant(table["gate"], table["name"], threshold, table["note"])
