"""Statements that a hall's votes go through, compiled once and handed to the driver as they are.

Core prepares a statement, its parameters and its rows anew each time, which costs a vote more than reading or storing it.
Here a statement is compiled once for each kind of database, and costs the conversions its types ask for and nothing else.
"""

from collections import namedtuple
from collections.abc import Callable, Sequence
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Dialect, Insert, Select, Update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session


class Rows:
    """A statement over many rows, each given as a dict with a value for every name in `names`."""

    def __init__(self, statement: Insert | Update, names: Sequence[str]) -> None:
        self._statement = statement
        self._names = tuple(names)
        self._prepared: dict[str, _Prepared] = {}

    def put(self, db: Session, rows: Sequence[dict[str, Any]]) -> None:
        """Carry the statement out for each row; the dicts are used up. Raises what Core would.

        Says `wrote` in the session's `info`, for the writer who asks whether an action wrote.
        """
        connection = db.connection()
        prepared = self._prepared.get(connection.dialect.name) or self._prepare(connection.dialect)
        for name, convert in prepared.conversions:
            given = converted = None
            for row in rows:
                if row[name] is not given:  # the rows of one transaction share their instant
                    given, converted = row[name], convert(row[name])
                row[name] = converted
        db.info["wrote"] = True
        _run(connection, "executemany", prepared.sql, [prepared.in_order(row) for row in rows])

    def _prepare(self, dialect: Dialect) -> "_Prepared":
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


class Question:
    """A query with one parameter. Its answers are named tuples, with a field for each column."""

    def __init__(self, statement: Select[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._answer = _answer_of(statement.selected_columns.keys())
        self._prepared: dict[str, _Prepared] = {}

    def ask(self, db: Session, value: str | int) -> list[Any]:
        """All answers. Raises what Core would."""
        connection = db.connection()
        prepared = self._prepared.get(connection.dialect.name) or self._prepare(connection.dialect)
        found = list(map(list, _run(connection, "execute", prepared.sql, prepared.in_order(value)).fetchall()))
        for place, convert in prepared.conversions:
            given = converted = None
            for row in found:
                if row[place] != given:  # what is the motion's is alike in all of a hall
                    given, converted = row[place], convert(row[place])
                row[place] = converted
        return list(map(self._answer._make, found))

    def _prepare(self, dialect: Dialect) -> "_Prepared":
        compiled = self._statement.compile(dialect=dialect)
        (name,) = compiled.binds
        conversions = tuple(
            (place, convert)
            for place, column in enumerate(self._statement.selected_columns)
            if (convert := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        )
        in_order = (lambda value: (value,)) if compiled.positiontup else (lambda value: {name: value})
        found = _Prepared(str(compiled), conversions, in_order)
        self._prepared[dialect.name] = found
        return found


class _Prepared(NamedTuple):
    """`conversions` are of a parameter by its name, or of a column by its place; `in_order` lays parameters out for the driver."""

    sql: str
    conversions: tuple[tuple[Any, Callable[[Any], Any]], ...]
    in_order: Callable[[Any], Any]


def _answer_of(names: Sequence[str]) -> Any:
    return namedtuple("Answer", names)


def _run(connection: Connection, way: str, sql: str, parameters: Any) -> Any:
    """The driver's own cursor; its errors in SQLAlchemy's words, which the rest of the program knows."""
    dialect, driver = connection.dialect, connection.connection
    cursor = driver.cursor()
    try:
        getattr(cursor, way)(sql, parameters)
    except dialect.loaded_dbapi.Error as error:
        lost = dialect.is_disconnect(error, driver, cursor)
        if lost:
            connection.invalidate(error)
        base = dialect.loaded_dbapi.Error
        raise DBAPIError.instance(sql, None, error, base, connection_invalidated=lost, dialect=dialect) from error
    return cursor
