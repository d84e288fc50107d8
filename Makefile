# Everything a person or a pipeline calls. `make help` lists it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed
CONSUMERS := $(VENV)/.consumers-installed
PROMPTFOO := $(VENV)/.promptfoo-installed
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check
INSTALL := $(PIP) install --no-deps --require-hashes --only-binary :all: --requirement
# Much of what tests need is never imported: what is, is compiled then.
INSTALL_FOR_TESTS := $(PIP) install --no-compile --no-deps --require-hashes --only-binary :all: --requirement
INSTALL_GOLDSET := $(PIP) install --no-deps --no-index --no-build-isolation --editable .
# Many tests wait for processes, pages and disks: three of them keep two cores busy. Those of the quick part wait for nothing.
PARALLEL := --numprocesses 3 --dist loadfile --no-loadscope-reorder
QUICKLY := --numprocesses auto --dist worksteal
CHECKED := app goldset_client goldset_hook wsgi.py migrations tests bench

# Hundreds of processes start in the tests: none of them shall compile what the one before it has compiled.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test sso otlp client parquet xlsx quick check lint fmt bench lock clean

help: ## List what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: $(RUNTIME) ## Set up and serve with demo data at http://127.0.0.1:8000 (GOLDSET_HOST, GOLDSET_PORT)
	@$(BIN)/goldset db upgrade
	@$(BIN)/goldset demo
	@exec $(BIN)/goldset serve

test: $(DEV) $(CONSUMERS) $(PROMPTFOO) ## Run every test: on SQLite, on PostgreSQL, and in a browser where there is one
	$(BIN)/pytest $(PARALLEL)

sso: $(RUNTIME) ## Add what signing in with the company's account needs
	@$(INSTALL) requirements/sso.txt

otlp: $(RUNTIME) ## Add what OTLP in protobuf needs; OTLP in JSON needs nothing
	@$(INSTALL) requirements/otlp.txt

client: $(RUNTIME) ## Add what `goldset pull`, `goldset push` and the Python client need
	@$(INSTALL) requirements/client.txt

parquet: $(RUNTIME) ## Add what Parquet files need, to export and to import
	@$(INSTALL) requirements/parquet.txt

xlsx: $(RUNTIME) ## Add what spreadsheets need, to import from
	@$(INSTALL) requirements/xlsx.txt

quick: $(DEV) ## Run the part of the tests that takes under a minute: SQLite, no browser
	$(BIN)/pytest $(QUICKLY) -m "not browser and not slow and not postgres"

check: lint ## Check all that `lint` does, the locks, and that models equal migrations
	$(BIN)/pytest tests/contracts/test_locks.py tests/contracts/test_migrations.py

lint: $(DEV) ## Check format, lint, types, imports and templates
	$(BIN)/ruff format --check $(CHECKED)
	$(BIN)/ruff check $(CHECKED)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint --lint --quiet app/templates

fmt: $(DEV) ## Format the code
	$(BIN)/ruff format $(CHECKED)
	$(BIN)/ruff check --fix $(CHECKED)

bench: $(DEV) ## Measure speed and memory; prints a table and writes bench/results/
	$(BIN)/python -m bench

lock: ## Write the locks anew from pyproject.toml (needs uv)
	uv pip compile pyproject.toml --group build --output-file requirements/runtime.txt $(LOCK_OPTIONS)
	uv pip compile pyproject.toml --extra sso --group build --constraint requirements/runtime.txt \
		--output-file requirements/sso.txt $(LOCK_OPTIONS)
	uv pip compile pyproject.toml --extra otlp --group build --constraint requirements/runtime.txt \
		--output-file requirements/otlp.txt $(LOCK_OPTIONS)
	uv pip compile pyproject.toml --extra client --group build --constraint requirements/sso.txt \
		--output-file requirements/client.txt $(LOCK_OPTIONS)
	uv pip compile pyproject.toml --extra parquet --group build --constraint requirements/runtime.txt \
		--output-file requirements/parquet.txt $(LOCK_OPTIONS)
	uv pip compile pyproject.toml --extra xlsx --group build --constraint requirements/runtime.txt \
		--output-file requirements/xlsx.txt $(LOCK_OPTIONS)
	uv pip compile pyproject.toml --all-extras --group build --group dev --constraint requirements/runtime.txt \
		--output-file requirements/dev.txt $(LOCK_OPTIONS)
	uv pip compile --group consumers --output-file requirements/consumers.txt $(LOCK_OPTIONS)
	npm install --prefix requirements/promptfoo --package-lock-only --ignore-scripts --no-audit --no-fund --omit=optional

clean: ## Take away everything that was set up, but for the instance folder with your data
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis bench/results

LOCK_OPTIONS := --universal --python-version 3.11 --generate-hashes --no-header --quiet

$(VENV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Goldset needs Python 3.11 or newer; name one with make PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "This Python cannot make environments; on Debian: apt-get install python3-venv"; exit 1; }
	@echo "Setting up (once) ..."
	@$(PYTHON) -m venv $(VENV)

$(RUNTIME): requirements/runtime.txt pyproject.toml | $(VENV)
	@$(INSTALL) requirements/runtime.txt
	@$(INSTALL_GOLDSET)
	@touch $@

$(DEV): requirements/dev.txt $(RUNTIME)
	@echo "Setting up the development packages (once) ..."
	@$(INSTALL_FOR_TESTS) requirements/dev.txt
	@touch $@

# Where these cannot be installed, the tests that need them say so and are skipped.
$(CONSUMERS): requirements/consumers.txt | $(VENV)
	@echo "Setting up what reads our files in tests (once) ..."
	@$(PYTHON) -m venv $(VENV)/consumers
	@$(VENV)/consumers/bin/python -m pip --quiet --disable-pip-version-check install --no-compile --no-deps \
		--require-hashes --only-binary :all: --requirement requirements/consumers.txt && touch $@ || \
		echo "inspect-ai and DeepEval cannot be installed here: the tests with them are skipped."

# A program for Node.js. Its optional packages are a hundred times as large as what reads a file of tests.
$(PROMPTFOO): requirements/promptfoo/package-lock.json | $(VENV)
	@echo "Setting up promptfoo, which reads our files in tests (once) ..."
	@mkdir -p $(VENV)/promptfoo && cp requirements/promptfoo/package*.json $(VENV)/promptfoo
	@command -v npm >/dev/null && npm ci --prefix $(VENV)/promptfoo --omit=optional --ignore-scripts --no-audit \
		--no-fund --loglevel=error >/dev/null && touch $@ || \
		echo "promptfoo cannot be installed here: the test with it is skipped."
