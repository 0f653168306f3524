"""What an election follows and why it is void; who put its candidates forward, and their consent."""

import sqlalchemy as sa
from alembic import op

from consult_app.storage import base

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the tables of elections."""
    op.create_table(
        "election",
        sa.Column("motion_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("follows_id", sa.Integer(), nullable=True),
        sa.Column("voided_at", base.Moment(), nullable=True),
        sa.Column("void_reason", sa.Text(), nullable=False),
        sa.Column("voided_by", base.Json(), nullable=False),
        sa.ForeignKeyConstraint(["follows_id"], ["motion.id"], name=op.f("fk_election_follows_id_motion")),
        sa.ForeignKeyConstraint(["motion_id"], ["motion.id"], name=op.f("fk_election_motion_id_motion")),
        sa.PrimaryKeyConstraint("motion_id", name=op.f("pk_election")),
    )
    op.create_table(
        "candidacy",
        sa.Column("item_id", sa.Integer(), nullable=False),
        sa.Column("nominated_by", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("consented_at", base.Moment(), nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["motion_item.id"], name=op.f("fk_candidacy_item_id_motion_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_candidacy")),
        sa.UniqueConstraint("item_id", name=op.f("uq_candidacy_item_id")),
        sqlite_autoincrement=True,
    )
