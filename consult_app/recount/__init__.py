"""Recount: count an exported vote a second time, from its files alone. It shares no counting code with the program."""
