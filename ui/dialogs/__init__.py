"""Dialogs: only to decide. Esc leaves without loss; a refusal is said inside, beside its field."""
