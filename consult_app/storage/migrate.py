"""Bring a database to the shape this version of the program expects; keep a copy of the file first."""

import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, MetaData, inspect, text

from consult_app.kernel.errors import Refused
from consult_app.kernel.text import CHINA

MIGRATIONS = Path(__file__).resolve().parent / "migrations"


class NewerData(Refused):
    """The data were written by a newer version of the program, which this one would damage."""

    text = "数据文件由更新版本的软件建立（数据版本 {found}），请先升级本软件，再打开这份数据。"


class NotOurs(Refused):
    """The file is a database, but not one of this program, or it is no database at all."""

    text = "「{name}」不是本软件的数据文件，没有改动它。"


def revision(engine: Engine) -> str | None:
    """The revision the database is at; None for an empty one. Refused when it holds tables of another program."""
    tables = inspect(engine).get_table_names()
    if "alembic_version" not in tables:
        if tables:
            raise NotOurs(name=engine.url.database or "")
        return None
    with engine.connect() as connection:
        return connection.execute(text("select version_num from alembic_version")).scalar()


def head() -> str:
    """The newest revision this program knows."""
    # Alembic is loaded when there is something to migrate, not at every start.
    from alembic.script import ScriptDirectory

    found = ScriptDirectory(str(MIGRATIONS)).get_current_head()
    assert found, "the program ships no migrations"
    return found


def knows(found: str) -> bool:
    """Whether this program has the migration the database is at."""
    from alembic.script import ScriptDirectory

    return found in {script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()}


def migrate(engine: Engine, metadata: MetaData, expected: str) -> bool:
    """Bring the database to `expected`, the newest revision; True when there was something to do.

    Refused when the database is at a revision this program does not know: it is newer.
    """
    found = revision(engine)
    if found == expected:
        return False
    from alembic import command
    from alembic.config import Config

    if found is not None and not knows(found):
        raise NewerData(found=found)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes.update(connection=connection, metadata=metadata)
        command.upgrade(config, "head")
    return True


def copy_file(database: Path, folder: Path, now: datetime) -> Path:
    """Copy a live SQLite file into a folder with SQLite's own backup, and return the copy."""
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"consult-{now.astimezone(CHINA):%Y%m%d-%H%M%S}.db"
    source = sqlite3.connect(database)
    copy = sqlite3.connect(target)
    try:
        source.backup(copy)
    finally:
        source.close()
        copy.close()
    return target
