"""What a vote has of its own beside the law: part of an estate, unreturned ballots that follow, a local rule."""

from dataclasses import dataclass

from consult_app.documents.wording import say
from consult_app.voting.facts import MotionFacts
from consult_app.voting.scope import scope_words


@dataclass(frozen=True)
class Term:
    """One condition of a vote, under its label."""

    label: str
    words: str


def terms(motion: MotionFacts) -> tuple[Term, ...]:
    """All of a motion's own conditions with their grounds and the clause, for papers and the window; mostly none."""
    found = []
    if motion.legal_item:
        found.append(Term("事项类别", _ground(motion)))
    if motion.rule.is_local:
        found.append(Term("规则来源", motion.rule.source))
    if motion.scope:
        reason = motion.scope_reason.rstrip("。") or "依法只由有关业主共同决定"
        found.append(Term("表决范围", say("terms.scope", range=scope_words(motion.scope), reason=reason)))
    if motion.follow_clause:
        found.append(Term("未交回票", say("terms.follow", clause=_clause(motion))))
    return tuple(found)


def slip_terms(motion: MotionFacts) -> tuple[str, ...]:
    """What a voter's slip must say of them: who decides, what silence will mean, how a secret paper is dropped."""
    found = []
    if motion.scope:
        found.append(say("terms.scope_slip", range=scope_words(motion.scope)))
    if motion.follow_clause:
        found.append(say("terms.follow_slip", clause=_clause(motion)))
    if motion.secret:
        found.append(say("terms.secret_slip"))
    return tuple(found)


def phone_terms(motion: MotionFacts) -> tuple[Term, ...]:
    """The same for the vote page on a phone."""
    found = []
    if motion.scope:
        found.append(Term("表决范围", say("terms.scope_slip", range=scope_words(motion.scope))))
    if motion.follow_clause:
        found.append(Term("特别提示", say("terms.follow_phone", clause=_clause(motion))))
    return tuple(found)


def _clause(motion: MotionFacts) -> str:
    """The clause as it is quoted within a sentence, without its own full stop."""
    return motion.follow_clause.rstrip("。")


def _ground(motion: MotionFacts) -> str:
    if not motion.rule_reason:
        return motion.legal_item
    return say("terms.ground", item=motion.legal_item, reason=motion.rule_reason.rstrip("。"))
