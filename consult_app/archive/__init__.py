"""归档: the signed paper comes back, the matter gets its 档号, and leaves as one bundle that can be checked anywhere."""
