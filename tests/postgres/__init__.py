"""The tests again, on PostgreSQL: `python -m tests.postgres`."""
