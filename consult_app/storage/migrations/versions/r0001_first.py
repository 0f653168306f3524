"""First shape of the database."""

from alembic import context, op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table."""
    context.config.attributes["metadata"].create_all(op.get_bind())
