"""What one can do with a meeting. The words stand in one module a noun; every entry of the record is one transaction."""

from consult_app.meetings.attendance import NotExpected, NotPresent, check_in, leave
from consult_app.meetings.calling import AgendaLine, NamedTwice, NoAgenda, call, change, expect
from consult_app.meetings.closing import close_meeting, open_meeting, start_item
from consult_app.meetings.moments import NotOpen
from consult_app.meetings.recording import CorrectedMeanwhile, NothingChanged, correct, record_opinion, state

__all__ = [
    "AgendaLine",
    "CorrectedMeanwhile",
    "NamedTwice",
    "NoAgenda",
    "NotExpected",
    "NotOpen",
    "NotPresent",
    "NothingChanged",
    "call",
    "change",
    "check_in",
    "close_meeting",
    "correct",
    "expect",
    "leave",
    "open_meeting",
    "record_opinion",
    "start_item",
    "state",
]
