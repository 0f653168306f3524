"""What lets a voter check with their own eyes: a vote's key for return codes and words, and the words of its slips."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the key and the words; votes whose slips are printed have none, and go on without."""
    op.add_column("motion", sa.Column("slip_key", sa.String(26), nullable=False, server_default=sa.text("''")))
    op.add_column("credential", sa.Column("words", sa.String(16), nullable=True))
    op.create_index("ux_credential_words", "credential", ["motion_id", "words"], unique=True)
