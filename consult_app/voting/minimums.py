"""Where a local rule asks for less than the national one. A law goes before any local rule: people are warned. Pure."""

from collections.abc import Iterator
from dataclasses import replace

from consult_app.voting.measures import Base, Op, Threshold, threshold_words
from consult_app.voting.rule import Kind, Rule
from consult_app.voting.rulebook import Rulebook

GATES = (("participation", "quorum", "参与比例"), ("approval", "approval", "同意比例"))
"""Each gate of a rule, the name its variants use, and its words."""

OF = {Base.ALL: "全体的", Base.PRESENT: "到会的", Base.VOTERS: "参加投票的", Base.COLLECTED: "已投选票的"}


def below_national(book: Rulebook, rule: Rule) -> tuple[str, ...]:
    """Sentences on what a local rule lowers against the national rules it takes the place of; empty when nothing."""
    if not rule.is_local:
        return ()
    return tuple(dict.fromkeys(said for law in _replaced(book, rule) for said in _lowered(rule, law)))


def _replaced(book: Rulebook, rule: Rule) -> Iterator[Rule]:
    """The national rules of the same id, or of the items of civil-code-278 that it decides, when it comes into force."""
    national = replace(book, rules=tuple(one for one in book.rules if not one.is_local))
    for law in national.rules:
        same = law.id == rule.id or (law.kind is rule.kind is Kind.OWNERS and set(law.items) & set(rule.items))
        if same and (law.valid_to is None or rule.valid_from <= law.valid_to):
            yield law


def _lowered(rule: Rule, law: Rule) -> Iterator[str]:
    for name, gate, words in GATES:
        asked: Threshold | None = getattr(law, name)
        own: Threshold | None = getattr(rule, name)
        if asked is None or any(variant.gate == gate and variant.threshold == own for variant in law.variants):
            continue
        if own is None:
            yield f"「{rule.title}」没有规定{words}，国家规定为{_share(asked)}"
        elif not _reaches(own, asked):
            yield f"「{rule.title}」{words}为{_share(own)}，低于国家规定的{_share(asked)}"
    if set(law.measures) - set(rule.measures):
        yield f"「{rule.title}」只按{'面积' if 'area' in rule.measures else '人数'}计算，国家规定面积和人数都要达到"
    if law.notice_days and (rule.notice_days or 0) < law.notice_days:
        yield f"「{rule.title}」提前 {rule.notice_days or 0} 天通知，少于国家规定的 {law.notice_days} 天"
    if law.secret and not rule.secret:
        yield f"「{rule.title}」不要求无记名投票，国家规定须无记名"


def _reaches(own: Threshold, asked: Threshold) -> bool:
    """Whether a share asks for no less; of all asks for no less than of those who took part, never the other way."""
    if own.base is not asked.base and own.base is not Base.ALL:
        return False
    return (own.fraction, own.op is not Op.AT_LEAST) >= (asked.fraction, asked.op is not Op.AT_LEAST)


def _share(threshold: Threshold) -> str:
    return OF.get(threshold.base, "") + threshold_words(threshold)
