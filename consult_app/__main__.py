"""`python -m consult_app`: the command line."""

from consult_app.cli import main

main()
