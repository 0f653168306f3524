"""六步议事: the core, a complete program without a window."""

__version__ = "0.1.0"
