"""The whole story of one matter, played through the real actions on practice data."""
