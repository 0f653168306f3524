"""Look a database file through: whether its pages hold together and its rows point somewhere."""

from sqlalchemy import text
from sqlalchemy.orm import Session


def faults(db: Session) -> tuple[str, ...]:
    """What SQLite finds wrong with its file, in its own words; nothing where a server looks after the files itself."""
    if db.get_bind().dialect.name != "sqlite":
        return ()
    found = [str(row[0]) for row in db.execute(text("PRAGMA integrity_check(10)"))]
    strays = [f"{row[0]} {row[1]} -> {row[2]}" for row in db.execute(text("PRAGMA foreign_key_check"))]
    return (*(line for line in found if line != "ok"), *strays[:10])
