"""`among(column, name)`: whether a column's text is one of many keys, given as one parameter.

An expanding `IN` writes a new statement for each number of keys, and both SQLAlchemy and the database prepare it anew.
A JSON list is one value, and the statement is always the same.
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Text, bindparam, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.functions import GenericFunction

from consult_app.storage.base import canonical


def among(column: ColumnElement[str] | InstrumentedAttribute[str], name: str) -> ColumnElement[bool]:
    """The condition; its parameter `name` takes `keys(...)`."""
    listed = _Listed(bindparam(name, type_=Text)).table_valued("value")
    return column.in_(select(listed.c.value))


def keys(found: Iterable[str]) -> str:
    """The value of the parameter of `among`."""
    return canonical(sorted(set(found)))


class _Listed(GenericFunction[str]):
    """The texts of a JSON list as rows with one column, `value`."""

    inherit_cache = True


@compiles(_Listed, "sqlite")
def _on_sqlite(element: _Listed, compiler: Any, **more: Any) -> str:
    return f"json_each{compiler.process(element.clause_expr, **more)}"


@compiles(_Listed, "postgresql")
def _on_postgres(element: _Listed, compiler: Any, **more: Any) -> str:
    return f"jsonb_array_elements_text({compiler.process(element.clause_expr, **more)}::jsonb)"
