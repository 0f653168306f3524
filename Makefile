# Every target sets up what it needs first (installer/prepare.py); when nothing has changed that takes no time.

PYTHON ?= $(shell for p in python3.11 python3 python3.12 python3.13; do \
	$$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv/bin
ARGS ?=

.PHONY: help run test test-postgres lint setup bench check-long screens package
.PHONY: lint-style lint-format lint-types lint-imports prepared-run prepared-test prepared-postgres prepared-package
.NOTPARALLEL:

help: ## what can be made
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 22

run: prepared-run ## start the desktop (ARGS="--data DIR" for another data folder)
	@$(VENV)/python -m consult_app $(ARGS) desk

test: prepared-test ## run all tests (ARGS="tests/ui -k name" for some)
	$(VENV)/python -m pytest $(ARGS)

lint: lint-style lint-format lint-types lint-imports ## check style, types and the import contracts

lint-style: prepared-test
	$(VENV)/ruff check

lint-format: prepared-test
	$(VENV)/ruff format --check

lint-types: prepared-test
	$(VENV)/mypy

lint-imports: prepared-test
	$(VENV)/lint-imports --no-logo

setup: prepared-test ## set up .venv and the system's packages, nothing else

bench: prepared-postgres ## measure speeds and print them as a table
	$(VENV)/python -m tests.bench.voting
	$(VENV)/python -m pytest -m bench -s tests/bench $(ARGS)

test-postgres: prepared-postgres ## run the tests of what is stored on a PostgreSQL server of their own (ARGS as for test)
	$(VENV)/python -m tests.postgres $(ARGS)

check-long: prepared-test ## run the tests too long for every run
	$(VENV)/python -m pytest -m long $(ARGS)

screens: prepared-test ## draw every page, dialog and scene into build/screens
	$(VENV)/python -m tests.screens $(ARGS)

package: prepared-package ## build the one-folder application into dist/ and try it
	$(VENV)/pyinstaller --noconfirm --log-level WARN --workpath build/pyinstaller --distpath dist installer/consult.spec
	$(VENV)/python installer/smoke.py dist/consult

prepared-run prepared-test prepared-postgres prepared-package:
	@[ -n "$(PYTHON)" ] || { echo "Python 3.11 is needed: sudo apt-get install python3 python3-venv" >&2; exit 1; }
	@$(PYTHON) -I installer/prepare.py $(@:prepared-%=%)
