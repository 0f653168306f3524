"""Words for numbers, dates and areas, as officials write them."""

import unicodedata
from datetime import date, datetime, timedelta, timezone

from consult_app.kernel.errors import Blank, TooLong

CHINA = timezone(timedelta(hours=8), "北京时间")
"""China's one legal time zone, UTC+8 without summer time; legal days are counted on it."""


def legal_day(moment: datetime) -> date:
    """The calendar day in China on which an aware moment falls."""
    return moment.astimezone(CHINA).date()


def day_words(day: date) -> str:
    """`2026年3月5日`: Arabic digits, full year, no leading zeros (GB/T 9704-2012, 成文日期)."""
    return f"{day.year}年{day.month}月{day.day}日"


def weekday_words(day: date) -> str:
    """`星期三`."""
    return "星期" + "一二三四五六日"[day.weekday()]


def short_day(day: date) -> str:
    """`3月5日`."""
    return f"{day.month}月{day.day}日"


def clock_words(moment: datetime) -> str:
    """`18:05`, in China's time."""
    return moment.astimezone(CHINA).strftime("%H:%M")


def moment_words(moment: datetime) -> str:
    """`2026年3月5日 18:05`, in China's time."""
    return f"{day_words(legal_day(moment))} {clock_words(moment)}"


def area_words(area: int) -> str:
    """An area of `area` x 0.01 m² as `11,805.86` (no unit), exact."""
    sign = "-" if area < 0 else ""
    whole, cents = divmod(abs(area), 100)
    return f"{sign}{whole:,}.{cents:02d}"


def area_plain(area: int) -> str:
    """An area of `area` x 0.01 m² as `11805.86`, for machines."""
    sign = "-" if area < 0 else ""
    whole, cents = divmod(abs(area), 100)
    return f"{sign}{whole}.{cents:02d}"


def percent_words(part: int, whole: int) -> str:
    """`66.66%`: truncated, never rounded up, so that a shown share never claims more than there is."""
    if whole <= 0:
        return "—"
    hundredths = part * 10_000 // whole
    return f"{hundredths // 100}.{hundredths % 100:02d}%"


_DIGITS = "零一二三四五六七八九"


def number_words(number: int) -> str:
    """`二百七十八`: a whole number from 0 to 9999 in Chinese, as article numbers are cited."""
    if not 0 <= number <= 9999:
        raise ValueError(number)
    if number < 10:
        return _DIGITS[number]
    words, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            words += ("零" if zero else "") + _DIGITS[digit] + name
            zero = False
        elif words and number:
            zero = True
    return words.removeprefix("一") if words.startswith("一十") else words


def cleaned(text: str | None) -> str:
    """A typed text in NFC, without surrounding or zero-width space and without control characters but newline and tab."""
    if not text:
        return ""
    composed = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(c for c in composed if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs"))
    return kept.strip(" \u3000\n\t\xa0")


def required(text: str | None, what: str, limit: int = 200, field: str | None = None) -> str:
    """The cleaned text; refused when blank (`Blank`) or longer than `limit` characters (`TooLong`)."""
    found = cleaned(text)
    if not found:
        raise Blank(what=what, field=field)
    return bounded(found, what, limit, field)


def bounded(text: str | None, what: str, limit: int = 200, field: str | None = None) -> str:
    """The cleaned text, which may be blank; refused when longer than `limit` characters."""
    found = cleaned(text)
    if len(found) > limit:
        raise TooLong(what=what, limit=limit, length=len(found), field=field)
    return found
