"""议题: one matter is a page, and the page is the checklist of its present step."""

from ui.pages.matter.page import MatterPage

__all__ = ["MatterPage"]
