"""Threat 27: what would be markup, code or a template elsewhere, typed into every field, comes out as words everywhere."""
