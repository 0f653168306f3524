"""The window on the core: it does, asks and watches, and decides nothing."""
