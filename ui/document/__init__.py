"""A document on the window: its words block by block, and its pages as they will be printed."""
