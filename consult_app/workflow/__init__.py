"""The steps of a matter as data: templates, legal days, and what still stands in the way. Pure."""
