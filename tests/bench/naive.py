"""What one would write in an afternoon: Flask, SQLAlchemy's ORM, SQLite as it comes, one commit a vote. The peer of the bench.

    python -m tests.bench.naive FOLDER PORT VOTES

It checks less than ours (a token, one vote, known choices), keeps no chain, and renders no page: its answer is one line.
"""

import secrets
import sys
from pathlib import Path
from typing import Any

from flask import Flask, abort, request
from sqlalchemy import ForeignKey, create_engine, select
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, sessionmaker
from werkzeug.serving import WSGIRequestHandler, make_server

RECEIVED = "received"
CHOICES = {"for", "against", "abstain"}


class Base(DeclarativeBase):
    """The root of its tables."""


class Slip(Base):
    """A slip and whether it was used."""

    __tablename__ = "slip"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    used: Mapped[bool] = mapped_column(default=False)


class Vote(Base):
    """A slip's vote."""

    __tablename__ = "vote"

    id: Mapped[int] = mapped_column(primary_key=True)
    slip_id: Mapped[int] = mapped_column(ForeignKey("slip.id"), unique=True)


class Answer(Base):
    """What was chosen on one question."""

    __tablename__ = "answer"

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(ForeignKey("vote.id"))
    item: Mapped[str]
    choice: Mapped[str]


def build(sessions: sessionmaker[Session]) -> Flask:
    """The site."""
    app = Flask(__name__)

    @app.post("/V/<token>")
    def cast(token: str) -> Any:
        with sessions() as db:
            slip = db.scalar(select(Slip).where(Slip.token == token))
            if slip is None:
                abort(404)
            if slip.used:
                abort(409)
            answers = {name: value for name, value in request.form.items() if name.startswith("item-")}
            if not answers or not set(answers.values()) <= CHOICES:
                abort(422)
            slip.used = True
            vote = Vote(slip_id=slip.id)
            db.add(vote)
            db.flush()
            db.add_all(Answer(vote_id=vote.id, item=item, choice=choice) for item, choice in answers.items())
            db.commit()
        return RECEIVED

    return app


class Handler(WSGIRequestHandler):
    """Keeps connections open, as browsers ask for."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


def main(folder: Path, port: int, votes: int) -> None:
    """Make the slips, print their tokens a line each, and serve."""
    engine = create_engine(f"sqlite:///{folder / 'naive.db'}")
    Base.metadata.create_all(engine)
    tokens = [secrets.token_hex(16) for _ in range(votes)]
    with Session(engine) as db:
        db.add_all(Slip(token=token) for token in tokens)
        db.commit()
    server = make_server("127.0.0.1", port, build(sessionmaker(engine)), threaded=True, request_handler=Handler)
    print(*tokens, server.port, sep="\n", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
