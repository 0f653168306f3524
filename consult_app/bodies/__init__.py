"""议事主体: the owners' assemblies, villages and residents' councils, and where they meet."""
