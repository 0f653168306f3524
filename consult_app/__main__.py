"""`python -m consult_app`: the command line, or the process that reads one spreadsheet file for the window."""

import sys

from consult_app.kernel.garbage import load
from consult_app.rolls import READER


def main() -> None:
    """Do what the arguments say. The reader comes first: it must not wait until the command line is loaded."""
    if sys.argv[1:2] == [READER]:
        from consult_app.rolls import reader

        reader.main(sys.argv[2:])
        return
    load("consult_app.cli").main()


if __name__ == "__main__":
    main()
