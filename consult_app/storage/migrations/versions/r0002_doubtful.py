"""Doubtful ballots, about which two people decide."""

import sqlalchemy as sa
from alembic import op

from consult_app.storage import base

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of doubtful ballots."""
    op.create_table(
        "doubtful_ballot",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("elector_id", sa.Integer(), nullable=True),
        sa.Column("item", sa.String(length=8), nullable=False),
        sa.Column("ground", sa.String(length=20), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("raised_at", base.Moment(), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", base.Json(), nullable=True),
        sa.Column("decided_at", base.Moment(), nullable=True),
        sa.Column("attachment_id", sa.Integer(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(
            ["attachment_id"], ["attachment.id"], name=op.f("fk_doubtful_ballot_attachment_id_attachment")
        ),
        sa.ForeignKeyConstraint(["elector_id"], ["elector.id"], name=op.f("fk_doubtful_ballot_elector_id_elector")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_doubtful_ballot_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_doubtful_ballot")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_doubtful_ballot_motion_id"), "doubtful_ballot", ["motion_id"], unique=False)
