from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text

from consult_app import schema
from consult_app.app import AlreadyOpen, App, Unreachable, lock_desk, open_app
from consult_app.settings import Settings, settings
from consult_app.storage import migrate
from consult_app.storage.migrate import NewerData, NotOurs


def test_recorded_revision_is_the_newest_migration() -> None:
    assert migrate.head() == schema.REVISION


def test_migrations_end_at_the_tables_the_program_declares(app: App) -> None:
    with app.store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, schema.METADATA) == []


def test_data_of_a_newer_version_are_refused_and_left_alone(app: App, folder: Settings) -> None:
    with app.store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        connection.execute(text("update alembic_version set version_num = '9999'"))
    app.close()
    with pytest.raises(NewerData, match="9999"):
        open_app(folder)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "consult.db").write_bytes(b"this is a letter, not a database" * 100)
    with pytest.raises(NotOurs, match=r"consult\.db"):
        open_app(settings(tmp_path))


def test_garbage_among_the_names_of_tables_is_refused(app: App, folder: Settings) -> None:
    app.close()
    content = folder.database_file.read_bytes()
    folder.database_file.write_bytes(content.replace(b"alembic_version", b"\xff" * 15))
    with pytest.raises(Unreachable, match="损坏"):
        open_app(folder)


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    import sqlite3

    other = sqlite3.connect(tmp_path / "consult.db")
    other.execute("create table recipes (id integer)")
    other.close()
    with pytest.raises(NotOurs):
        open_app(settings(tmp_path))


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(Unreachable):
        open_app(settings(tmp_path / "file" / "data"))


def test_a_second_window_on_the_same_folder_is_refused(app: App, folder: Settings) -> None:
    lock = lock_desk(folder)
    with pytest.raises(AlreadyOpen, match="另一个窗口"):
        lock_desk(folder)
    lock.release()
    lock_desk(folder).release()
