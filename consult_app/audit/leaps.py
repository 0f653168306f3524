"""Put on record that the computer's clock was moved while the program ran (threat 18)."""

from datetime import timedelta

from consult_app.audit import chain
from consult_app.kernel.clock import LEAP, span_words
from consult_app.kernel.text import moment_words
from consult_app.storage.store import Work

EVENT = "clock.jumped"
SUBJECT = "clock:1"
LATELY = timedelta(hours=1)


def note_leap(work: Work, leap: timedelta) -> None:
    """Note a leap of the computer's clock; once, whichever process finds it first."""
    seconds = round(leap.total_seconds())
    newest = chain.newest(work.db, EVENT)
    if newest and work.now - newest.at < LATELY and abs(newest.facts["seconds"] - seconds) < LEAP.total_seconds():
        return
    chain.append(
        work, EVENT, SUBJECT, seconds=seconds, span=span_words(leap), direction="拨快" if seconds > 0 else "拨慢",
        after=moment_words(work.now + leap), kept=moment_words(work.now),
    )  # fmt: skip
