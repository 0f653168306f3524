"""A fresh PostgreSQL database for each test, copied from one that was migrated once."""

import itertools
import os
import tempfile
from functools import cache

import pytest
from sqlalchemy import create_engine, make_url, text

from consult_app.app import open_app
from consult_app.settings import settings

SERVER = "CONSULT_TEST_POSTGRES"
"""The environment variable with the URL of a server the tests may fill; without it they run on SQLite."""

of_sqlite = pytest.mark.skipif(SERVER in os.environ, reason="says something of SQLite's file alone")
"""Marks a test of what only SQLite has: its file, its pragmas."""

of_postgres = pytest.mark.skipif(SERVER not in os.environ, reason="needs a PostgreSQL server: make test-postgres")
"""Marks a test of what only PostgreSQL has: several communities, several processes."""

_numbers = itertools.count(1)


def fresh_database() -> str | None:
    """The URL of an empty, migrated database; None where the tests run on SQLite."""
    server = os.environ.get(SERVER)
    if server is None:
        return None
    return _copied(server, f"t{os.getpid()}_{next(_numbers)}", _migrated(server))


def empty_database() -> str:
    """The URL of a database with nothing in it."""
    server = os.environ[SERVER]
    return _copied(server, f"e{os.getpid()}_{next(_numbers)}", "template0")


@cache
def _migrated(server: str) -> str:
    """The name of a database at the newest revision, for the others to be copied from."""
    name = f"migrated{os.getpid()}"
    with tempfile.TemporaryDirectory() as folder:
        open_app(settings(folder, _copied(server, name, "template0"))).close()
    return name


def _copied(server: str, name: str, template: str) -> str:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'))
    engine.dispose()
    return make_url(server).set(database=name).render_as_string(hide_password=False)
