"""The life of a roll: who was found to be two people, and the paper made to be put up."""

import sqlalchemy as sa
from alembic import op

from consult_app.storage import base

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables of partings and of posters."""
    op.create_table(
        "parting",
        sa.Column("roll_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(length=400), nullable=False),
        sa.Column("decided_at", base.Moment(), nullable=False),
        sa.Column("decided_by", sa.String(length=120), nullable=False),
        sa.Column("undone_at", base.Moment(), nullable=True),
        sa.Column("undone_why", sa.String(length=400), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["other_id"], ["roll_person.id"], name=op.f("fk_parting_other_id_roll_person")),
        sa.ForeignKeyConstraint(["person_id"], ["roll_person.id"], name=op.f("fk_parting_person_id_roll_person")),
        sa.ForeignKeyConstraint(["roll_id"], ["roll.id"], name=op.f("fk_parting_roll_id_roll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parting")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_parting_roll_id"), "parting", ["roll_id"], unique=False)
    op.create_table(
        "roll_poster",
        sa.Column("roll_id", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("document_id", sa.Integer(), nullable=False),
        sa.Column("document_digest", sa.String(length=64), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.Column("made_at", base.Moment(), nullable=False),
        sa.Column("made_by", sa.String(length=120), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["attachment.id"], name=op.f("fk_roll_poster_document_id_attachment")),
        sa.ForeignKeyConstraint(["roll_id"], ["roll.id"], name=op.f("fk_roll_poster_roll_id_roll")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roll_poster")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_roll_poster_roll_id"), "roll_poster", ["roll_id"], unique=False)
