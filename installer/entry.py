"""Start the frozen program: the same command line as `consult`, and so the vote server too (`consult serve`)."""

import multiprocessing

from consult_app.cli import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
