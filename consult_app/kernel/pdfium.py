"""PDFium serves one thread at a time: whoever opens, renders or closes a PDF with it holds `LOCK` meanwhile."""

import threading

LOCK = threading.Lock()
"""Held for one page at a time, so that the window never waits longer than for a page."""
