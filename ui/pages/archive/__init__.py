"""归档: matters to file and filed, their bundles, and signed papers that come back."""

from ui.pages.archive.page import ArchivePage

__all__ = ["ArchivePage"]
