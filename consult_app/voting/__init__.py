"""Voting: the rules of law as data, the pure count, ballots and slips, the verdict that explains itself."""
