"""会议: one meeting live, made for typing while people talk."""

from ui.pages.meeting.page import MeetingPage

__all__ = ["MeetingPage"]
