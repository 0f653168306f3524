"""名册: who owns what, who lives where, and who may therefore vote."""
