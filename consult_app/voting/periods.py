"""Periods: notice before a meeting, days on the board, extension of a voting window."""

from datetime import date, datetime

from consult_app.voting.verdicts import Code, Verdict, inconsistent


def notice_days(notified: date, meeting: date) -> int:
    """Days of notice; the first day is not counted (civil-code-201)."""
    return (meeting - notified).days


def noticed(notified: date, meeting: date, least: int) -> Verdict:
    """Whether a meeting was called at least `least` days before."""
    days = notice_days(notified, meeting)
    enough = days >= least
    return Verdict(enough, Code.PASSED if enough else Code.NOTICE_TOO_SHORT, facts={"days": days})


def published(posted: date, removed: date, least: int) -> Verdict:
    """Whether a notice hung at least `least` full days, counted from the day after posting."""
    days = notice_days(posted, removed)
    if days < 0:
        return inconsistent("撤下的日期早于张贴的日期", {"days": days})
    enough = days >= least
    return Verdict(enough, Code.PASSED if enough else Code.PUBLICITY_TOO_SHORT, facts={"days": days})


def extended(closes: datetime, announced: datetime, until: datetime, rules_allow: bool) -> Verdict:
    """Whether a voting window may be extended: the procedure rules allow it, and it was announced before closing.

    Product policy, not law (domain §2.4); all times aware.
    """
    if until <= closes:
        return inconsistent("延长后的截止时间不晚于原截止时间")
    if not rules_allow:
        return Verdict(False, Code.EXTENSION_NOT_ALLOWED)
    if announced >= closes:
        return Verdict(False, Code.EXTENSION_TOO_LATE)
    return Verdict(True, Code.PASSED)
