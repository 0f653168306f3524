"""会场体检: whether the hall can begin, the codes to come in by, rehearsal and the empty box."""

from ui.pages.room.page import RoomPage

__all__ = ["RoomPage"]
