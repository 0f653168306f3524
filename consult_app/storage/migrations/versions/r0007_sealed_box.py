"""Secret votes are sealed as they come in; their papers are counted by sums, so what was read slip by slip is erased."""

import sqlalchemy as sa
from alembic import op

from consult_app.storage import base

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the sealed box, its key and the counts of papers; erase the readings of secret papers, which named their slips."""
    op.create_table(
        "sealed_ballot",
        sa.Column("id", sa.String(length=26), nullable=False),
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("box", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_sealed_ballot_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sealed_ballot")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_sealed_ballot_motion_id"), "sealed_ballot", ["motion_id"], unique=False)
    op.create_table(
        "box_key",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("public", sa.String(length=64), nullable=False),
        sa.Column("seed", sa.String(length=25), nullable=False),
        sa.Column("cards", base.Json(), nullable=False),
        sa.Column("made_at", base.Moment(), nullable=False),
        sa.Column("opened_at", base.Moment(), nullable=True),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_box_key_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box_key")),
        sa.UniqueConstraint("motion_id", name=op.f("uq_box_key_motion_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "paper_count",
        sa.Column("motion_id", sa.Integer(), nullable=False),
        sa.Column("teller", sa.String(length=60), nullable=False),
        sa.Column("papers", sa.Integer(), nullable=False),
        sa.Column("counts", base.Json(), nullable=False),
        sa.Column("at", base.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_paper_count_motion_id_motion")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_count")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_paper_count_motion_id"), "paper_count", ["motion_id"], unique=False)
    op.execute("DELETE FROM paper_entry WHERE motion_id IN (SELECT id FROM motion WHERE secret)")
