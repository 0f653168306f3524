"""The vote server: plain pages for phones, in a process of its own, speaking to the rest through the database only."""
