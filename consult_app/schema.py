"""Imports every tables.py, so that the metadata is whole."""

import importlib
import importlib.util

from consult_app.storage.base import Base

REVISION = "0001"
"""The newest migration; a test holds it to the scripts, so that a start need not load them."""

for _name in (
    "audit",
    "files",
    "bodies",
    "rolls",
    "proposals",
    "meetings",
    "voting",
    "documents",
    "notices",
    "followup",
    "archive",
):
    if importlib.util.find_spec(f"consult_app.{_name}") and importlib.util.find_spec(f"consult_app.{_name}.tables"):
        importlib.import_module(f"consult_app.{_name}.tables")

METADATA = Base.metadata
