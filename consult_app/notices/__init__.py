"""公示: what was posted where and until when, and what was objected."""
