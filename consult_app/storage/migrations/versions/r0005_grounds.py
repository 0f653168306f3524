"""On which grounds a motion follows its rule: the item of law and why, and why only part of an estate decides."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the grounds to motions, empty for those that were drafted before."""
    for name in ("legal_item", "rule_reason", "scope_reason"):
        op.add_column("motion", sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''")))
