"""导入名册: file, mapping, preview, problems, difference, accept. Nothing is written before 采用."""

from ui.pages.roll_import.page import RollImportPage

__all__ = ["RollImportPage"]
