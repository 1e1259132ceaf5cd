# Each target sets up what it needs, on a fresh machine too: Python 3.11 or later, make and git are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site serve test long sample check bench preview faults renderers browser node words pictures lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' Makefile

site: $(VENV)/.ready ## build the site into site/
	@$(BIN)/briefing build

serve: $(VENV)/.ready ## preview on http://127.0.0.1:8000, live
	@$(BIN)/mkdocs serve --dev-addr 127.0.0.1:8000

test: $(VENV)/.ready browser node ## run the whole test suite, browser included
	@$(BIN)/python -m pytest -n 2 --dist loadfile

long: $(VENV)/.ready browser node ## run the long tests: kills, pairs, fuzzed inputs, all 5,000 hostile texts
	@BRIEFING_EXAMPLES=long $(BIN)/python -m pytest -m "long or hypothesis" -n 2

sample: $(VENV)/.ready browser node ## run part of each long test; SEED=123 runs the same part again
	@$(BIN)/python -m tests.sample $(SEED)

check: $(VENV)/.ready ## check facts, types, style, imports and schemas
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo >.import-linter.log 2>&1 || { cat .import-linter.log; exit 1; }
	@$(BIN)/briefing check
	@$(BIN)/briefing schema --check

bench: $(VENV)/.ready ## measure the time of each step, and which searches accept misquotes
	@$(BIN)/python bench/stages.py
	@$(BIN)/python bench/misquotes.py
	@$(BIN)/python -m bench.checking

preview: $(VENV)/.ready browser ## measure the time from a save to the new page, compared with plain mkdocs serve
	@$(BIN)/python -m bench.preview

faults: $(VENV)/.ready ## count how many faults are caught, compared with other checkers
	@$(BIN)/python -m bench.faults

renderers: $(VENV)/.ready ## also build with MkDocs' fork and its successor
	@tools/renderers

browser: $(VENV)/.ready ## find a Chromium, or install one
	@tools/browser $(BIN)

words: $(VENV)/.ready ## update the translations to the current texts
	@$(BIN)/python -m tests.translations

node: tests/node/node_modules/.ready ## install the npm packages that tests use

pictures: site browser ## take the pictures in README.md again
	@$(BIN)/python -m tests.pictures

lock: $(VENV)/.ready ## lock the dependencies again, with hashes and no address
	@$(BIN)/python -m uv pip compile --quiet --universal --python-version 3.11 --extra dev --generate-hashes \
		--no-header --no-annotate --no-emit-index-url --upgrade pyproject.toml --output-file requirements.lock

clean: ## delete the environment and everything built
	rm -rf $(VENV) tests/node/node_modules site

$(VENV)/.ready: requirements.lock pyproject.toml tools/venv
	@echo "Setting up $(VENV) (once; a minute or two)"
	@tools/venv $(PYTHON) $(VENV)

tests/node/node_modules/.ready: $(VENV)/.ready tests/node/package-lock.json tools/npm
	@tools/npm $(BIN) ci --silent
	@touch $@
