"""The audit chain: one entry for every write, each bound to the one before. It is also the change feed."""
