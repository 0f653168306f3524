"""Insert a great many rows: the statement is compiled once and the driver given plain tuples."""

from collections.abc import Callable, Iterable
from itertools import islice
from operator import itemgetter
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from consult_app.storage.base import Base

_PIECE = 5000
"""Rows handed to the driver at once: an estate of 100,000 units must not fill the memory twice."""


def insert_rows(db: Session, mapped: type[Base], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows given by column names, all with the same columns and at least two of them; the rows are used up."""
    waiting = iter(rows)
    piece = list(islice(waiting, _PIECE))
    if not piece:
        return
    connection, table = db.connection(), mapped.metadata.tables[mapped.__tablename__]
    dialect = connection.dialect
    compiled = insert(table).compile(dialect=dialect, column_keys=list(piece[0]))
    sql, order = str(compiled), getattr(compiled, "positiontup", None)
    found = ((name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in piece[0])
    processors: list[tuple[str, Callable[[Any], Any]]] = [(name, process) for name, process in found if process]
    while piece:
        for row in piece:
            for name, process in processors:
                row[name] = process(row[name])
        connection.exec_driver_sql(sql, list(map(itemgetter(*order), piece)) if order else piece)
        piece = list(islice(waiting, _PIECE))
