"""Start the frozen program: the same command line as `consult`, and so the vote server and the reader of files too."""

import multiprocessing

from consult_app.__main__ import main

if __name__ == "__main__":
    multiprocessing.freeze_support()
    main()
