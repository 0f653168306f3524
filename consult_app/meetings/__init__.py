"""会议: called, checked in, recorded live, closed. A matter may have several meetings."""
