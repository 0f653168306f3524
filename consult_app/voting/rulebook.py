"""The rulebook: every rule of law as data, in its versions, with local packs laid over the national one."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

from consult_app.kernel import resources
from consult_app.kernel.errors import Refused
from consult_app.kernel.text import day_words
from consult_app.voting import lawbook
from consult_app.voting.kinship import Relation
from consult_app.voting.lawbook import Lawbook, UnknownArticle
from consult_app.voting.measures import Base, Op, Threshold, Unit
from consult_app.voting.rule import VOTED, Citation, Kind, Petition, ProxyLimit, Route, Rule, Variant, limit_of

Table = dict[str, Any]

OWN = ("as", "id", "valid_from", "valid_to")
"""Keys that an `as` rule never takes from its model."""


class UnknownRule(Refused):
    """No pack holds a rule of that id."""

    text = "没有编号为“{id}”的表决规则。"


class NotInForce(Refused):
    """The rule has no version that was in force on the day."""

    text = "表决规则“{title}”在{day}没有施行的版本。"


class NotKnown(Refused):
    """The law of that day leaves open what the rule would need; the program says so and computes nothing."""

    text = "{day}的「{title}」无法计算：{reason}。"


class BadPack(Refused):
    """A rule pack cannot be read or holds a rule that makes no sense."""

    text = "规则文件 {file} 有误：{reason}。"


@dataclass(frozen=True)
class Unknown:
    """A time in which the law leaves open what some rules need, and why."""

    ids: tuple[str, ...]
    valid_from: date
    valid_to: date
    reason: str

    def covers(self, id: str, day: date) -> bool:
        """Whether it tells of a rule on a day."""
        return id in self.ids and self.valid_from <= day <= self.valid_to


@dataclass(frozen=True)
class Rulebook:
    """All rules in all versions, the later pack's after the earlier's, the laws that they cite, and what is not known."""

    rules: tuple[Rule, ...]
    laws: Lawbook
    unknown: tuple[Unknown, ...] = ()

    def rule(self, id: str, on: date | None = None) -> Rule:
        """The version of a rule in force on a day, or its newest; a local pack comes before the national one.

        Refused: `UnknownRule`, `NotInForce`, `NotKnown`.
        """
        versions = [rule for rule in self.rules if rule.id == id]
        if not versions:
            raise UnknownRule(id=id)
        if on is None:
            open_ended = [rule for rule in versions if rule.valid_to is None]
            return (open_ended or versions)[-1]
        in_force = [rule for rule in versions if rule.valid_on(on)]
        if not in_force:
            for gap in self.unknown:
                if gap.covers(id, on):
                    raise NotKnown(title=versions[-1].title, day=day_words(on), reason=gap.reason)
            raise NotInForce(title=versions[-1].title, day=day_words(on))
        return in_force[-1]

    def in_force(self, on: date) -> tuple[Rule, ...]:
        """The rules in force on a day, one version each, in the order of the packs."""
        found = {rule.id: self.rule(rule.id, on) for rule in self.rules if rule.valid_on(on)}
        return tuple(found.values())

    def for_item(self, item: int, on: date) -> Rule:
        """The rule that decides an item (1-9) of civil-code-278. Refused (`UnknownRule`) for any other number."""
        for rule in self.in_force(on):
            if rule.kind is Kind.OWNERS and item in rule.items:
                return rule
        raise UnknownRule(id=f"第{item}项")


def load(*packs: Path) -> Rulebook:
    """The national rules with local packs laid over in the given order. Refused: `BadPack`."""
    book = Rulebook((), lawbook.load())
    for file in (*sorted(resources.path("rules").glob("*.toml")), *packs):
        book = _laid_over(book, file)
    return book


def _laid_over(book: Rulebook, file: Path) -> Rulebook:
    try:
        content = file.read_bytes()
    except OSError:
        raise BadPack(file=file.name, reason="文件打不开")
    return lay_over(book, file.name, content)


def lay_over(book: Rulebook, file: str, content: bytes) -> Rulebook:
    """The book with a pack, as it was read from a file of that name, laid over. Refused: `BadPack`."""
    try:
        return read_pack(book, tomllib.loads(content.decode("utf-8")))
    except UnicodeDecodeError:
        raise BadPack(file=file, reason="文件不是 UTF-8 编码")
    except tomllib.TOMLDecodeError as wrong:
        raise BadPack(file=file, reason=f"不是 TOML 格式（{wrong}）")
    except UnknownArticle as unknown:
        raise BadPack(file=file, reason=str(unknown).rstrip("。"))
    except KeyError as missing:
        raise BadPack(file=file, reason=f"缺少 {missing.args[0]}")
    except (AttributeError, TypeError, ValueError, ZeroDivisionError) as wrong:
        raise BadPack(file=file, reason=f"内容不合要求（{wrong}）")


def read_pack(book: Rulebook, pack: Mapping[str, Any]) -> Rulebook:
    """The book with one pack's rules and laws added; raises what a wrong table raises."""
    laws = book.laws.with_laws(lawbook.read_law(law) for law in pack.get("law", ()))
    tables: list[Table] = [_table_of(rule) for rule in book.rules]
    rules = list(book.rules)
    for entry in pack["rule"]:
        table = _resolved(entry, tables)
        tables.append(table)
        rules.append(_complete(_rule(table, laws, str(pack["pack"]["name"]))))
    return Rulebook(tuple(rules), laws, book.unknown + tuple(map(_unknown, pack.get("unknown", ()))))


def _unknown(table: Table) -> Unknown:
    return Unknown(tuple(table["ids"]), table["valid_from"], table["valid_to"], str(table["reason"]))


def _resolved(entry: Table, tables: Iterable[Table]) -> Table:
    """The entry on top of its `as` model: the last one in force on its first day, else the last one before it."""
    if "as" not in entry:
        return dict(entry)
    models = [table for table in tables if table["id"] == entry["as"]]
    if not models:
        raise ValueError(f"as = {entry['as']}")
    day: date = entry["valid_from"]
    in_force = [m for m in models if m["valid_from"] <= day and (m.get("valid_to") is None or day <= m["valid_to"])]
    model = (in_force or models)[-1]
    return {key: value for key, value in {**model, **entry}.items() if key not in OWN or (key in entry and key != "as")}


def _table_of(rule: Rule) -> Table:
    """A rule already read, in the shape of the packs, so that later packs can build on it."""
    table = rule.to_dict()
    table["cite"] = [citation["key"] for citation in table.pop("citations")]
    table["valid_from"], table["valid_to"] = rule.valid_from, rule.valid_to
    table["variant"] = [{**v, **v["threshold"]} for v in table.pop("variants")]
    if table["petition"]:
        table["petition"]["routes"] = [{**route, **route["threshold"]} for route in table["petition"]["routes"]]
    return table


def _rule(table: Table, laws: Lawbook, source: str) -> Rule:
    petition, proxy = table.get("petition"), table.get("proxy")
    measures = tuple(table.get("measures", ("heads",)))
    if not set(measures) <= {"area", "heads"}:
        raise ValueError(f"measures = {list(measures)}")
    return Rule(
        id=table["id"],
        title=table["title"],
        kind=Kind(table["kind"]),
        electorate=table["electorate"],
        citations=tuple(Citation(key, laws.article(key).citation) for key in table["cite"]),
        valid_from=table["valid_from"],
        valid_to=table.get("valid_to"),
        source=source,
        measures=measures,
        unit=Unit(table.get("unit", Unit.PERSON)),
        participation=_threshold(table.get("participation")),
        approval=_threshold(table.get("approval")),
        petition=Petition(petition["mode"], tuple(map(_route, petition["routes"]))) if petition else None,
        items=tuple(table.get("items", ())),
        excluded_items=tuple(table.get("excluded_items", ())),
        secret=bool(table.get("secret")),
        notice_days=table.get("notice_days") or None,
        proxy=_limit(proxy) if proxy else None,
        runoff=table.get("runoff"),
        variants=tuple(map(_variant, table.get("variant", ()))),
        note=table.get("note", ""),
    )


def _limit(table: Table) -> ProxyLimit:
    limit = limit_of(table)
    for relation in limit.relations:
        Relation(relation)
    return limit


PARTS = {
    **dict.fromkeys((*VOTED, Kind.OWNERS_ELECTION, Kind.ELECTION, Kind.RUNOFF), "approval"),
    Kind.PETITION: "petition",
    Kind.PROXIES: "proxy",
    Kind.NOTICE: "notice_days",
    Kind.PUBLICITY: "notice_days",
}
"""What a rule of each kind cannot do without."""


def _complete(rule: Rule) -> Rule:
    part = PARTS.get(rule.kind)
    if part and getattr(rule, part) is None:
        raise ValueError(f"{rule.id}: {part}")
    if rule.petition and rule.petition.mode not in ("any", "all"):
        raise ValueError(f"{rule.id}: mode = {rule.petition.mode}")
    return rule


def _threshold(table: Mapping[str, Any] | None) -> Threshold | None:
    if not table:
        return None
    if not 0 < Fraction(table["ratio"]) <= 1:
        raise ValueError(f"ratio = {table['ratio']}")
    return Threshold(Op(table["op"]), table["ratio"], Base(table.get("base", Base.ALL)))


def _needed(table: Mapping[str, Any]) -> Threshold:
    threshold = _threshold(table)
    if threshold is None:
        raise ValueError("op, ratio")
    return threshold


def _route(table: Mapping[str, Any]) -> Route:
    unit = Unit.AREA if table["measure"] == "area" else Unit.PERSON
    return Route(table["measure"], table["label"], table["signed"], table["of"], _needed(table), unit)


def _variant(table: Mapping[str, Any]) -> Variant:
    base = Base.ALL if table["gate"] == "quorum" else Base(table.get("base", Base.ALL))
    return Variant(table["gate"], table["name"], _needed({**table, "base": base}), table.get("note", ""))
