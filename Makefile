# Everything a newcomer needs: make setup, make demo, make test, make check. Nothing else has to be installed but Python 3.11+.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: setup demo test test-en test-postgres check format conversations bench bench-presses crash clean

setup: $(READY)  ## make the virtual environment with pinned dependencies

$(READY): constraints.txt pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(None if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed, this is " + sys.version.split()[0])'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	touch $(READY)

demo: $(READY)  ## play the story against a Telegram at home
	$(BIN)/python -m bot demo

# What tests write goes into memory where that can be had, and what Python has compiled is kept for the next run.
test test-en test-postgres: export TMPDIR := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 2000000 { print "/dev/shm"; exit 1 }' && echo "$${TMPDIR:-/tmp}")
test test-en test-postgres: export PYTHONDONTWRITEBYTECODE :=
test: $(READY)  ## the whole suite
	$(BIN)/python -m pytest -n auto --dist worksteal

test-en: $(READY)  ## the stories once more, with people who read English
	$(BIN)/python -m pytest tests/stories --reading en -n auto --dist worksteal

test-postgres: $(READY)  ## the store, the web and the stories on PostgreSQL, with people who read English
	$(BIN)/python -m pytest tests/storage tests/web tests/running/test_several.py --engine postgres -n auto --dist worksteal
	$(BIN)/python -m pytest tests/stories --engine postgres --reading en -n auto --dist worksteal

crash: $(READY)  ## kill the bot a hundred times on each store and look what became of it
	$(BIN)/python -m tests.crash

check: $(READY)  ## format, lint, types, tests on both stores, the stories in both languages
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(MAKE) test
	$(MAKE) test-postgres

format: $(READY)  ## put the layout right
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

conversations: $(READY)  ## write docs/conversations.md and the README's transcript anew
	$(BIN)/python -m tests.stories.conversations

bench: $(READY)  ## ours against the plain way, pair by pair, as ratios
	$(BIN)/python -m tests.bench

bench-presses: $(READY)  ## how long 200 people wait who press buttons at once
	$(BIN)/python -m tests.bench.presses

clean:  ## remove what make setup made
	rm -rf $(VENV)
