"""Alembic's entry: runs on the connection and metadata that `storage.migrate` hands over."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=context.config.attributes["metadata"], render_as_batch=True)
context.run_migrations()
