"""What `python -m tests.screens` draws: each module gives SHOTS."""
