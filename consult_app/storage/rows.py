"""Many rows by one statement, handed to the driver as they are.

Core prepares the parameters of each row anew, which costs a vote more than storing it. Here a statement is compiled once
for each kind of database, and a row costs the conversions its types ask for and nothing else.
"""

from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Dialect, Insert, Update
from sqlalchemy.orm import Session


class _Prepared(NamedTuple):
    sql: str
    conversions: tuple[tuple[str, Callable[[Any], Any]], ...]
    in_order: Callable[[dict[str, Any]], Any]


class Rows:
    """A statement over many rows, each given as a dict with a value for every name in `names`."""

    def __init__(self, statement: Insert | Update, names: Sequence[str]) -> None:
        self._statement = statement
        self._names = tuple(names)
        self._prepared: dict[str, _Prepared] = {}

    def put(self, db: Session, rows: Sequence[dict[str, Any]]) -> None:
        """Carry the statement out for each row; the dicts are used up. Raises what the driver raises, as Core would."""
        connection = db.connection()
        prepared = self._prepared.get(connection.dialect.name) or self._prepare(connection.dialect)
        for name, convert in prepared.conversions:
            given = converted = None
            for row in rows:
                if row[name] is not given:  # the rows of one transaction share their instant
                    given, converted = row[name], convert(row[name])
                row[name] = converted
        connection.exec_driver_sql(prepared.sql, [prepared.in_order(row) for row in rows])

    def _prepare(self, dialect: Dialect) -> _Prepared:
        compiled = self._statement.compile(dialect=dialect, column_keys=list(self._names))
        conversions = tuple(
            (name, convert)
            for name, bind in compiled.binds.items()
            if (convert := bind.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        )
        in_order = itemgetter(*compiled.positiontup) if compiled.positiontup else dict
        found = _Prepared(str(compiled), conversions, in_order)
        self._prepared[dialect.name] = found
        return found
