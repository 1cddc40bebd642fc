# Two commands matter: `make run` and `make test`. Both make .venv first, from requirements.lock, and are quick the next time.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV_COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-config --generate-hashes \
	--no-header pyproject.toml
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help setup run test lint format check bench build lock screenshots messages clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

setup: $(STAMP) ## make .venv from requirements.lock (run, test and the rest do it by themselves)

$(STAMP): requirements.lock pyproject.toml
	@sh tools/check_python.sh "$(PYTHON)"
	@echo "Making $(VENV) from requirements.lock; the first time takes a minute or two."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP_INSTALL) --require-hashes -r requirements.lock
	@$(PIP_INSTALL) --no-build-isolation --no-deps --no-index --editable .
	@touch $@

run: setup ## open the till; with no screen, play the demo lunch into out/
	@$(BIN)/python tools/check_qt.py
	@$(BIN)/canteen-pos run $(ARGS)

test: setup ## run the tests (ARGS="-k pricing" chooses)
	@$(BIN)/python tools/check_qt.py
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest -n auto $(ARGS)

lint: setup ## format, lint, types, import contracts
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup ## put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

check: ## lint, then test
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory test

$(VENV)/.bench: $(STAMP) requirements-bench.lock
	@$(PIP_INSTALL) --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(VENV)/.bench ## time what matters, against what it is compared with
	@$(BIN)/python tools/check_qt.py
	@QT_QPA_PLATFORM=offscreen $(BIN)/python -m bench $(ARGS)

$(VENV)/.build: $(STAMP) requirements-build.lock
	@$(PIP_INSTALL) --require-hashes -r requirements-build.lock
	@touch $@

build: $(VENV)/.build ## a folder in dist/ that runs without Python
	@$(BIN)/pyinstaller --noconfirm --log-level WARN build.spec

lock: ## bring the lock files up to pyproject.toml (ARGS=--upgrade for the newest)
	@test -x $(BIN)/uv || $(MAKE) --no-print-directory setup
	$(UV_COMPILE) --extra dev --output-file requirements.lock $(ARGS)
	$(UV_COMPILE) --extra bench --constraints requirements.lock --output-file requirements-bench.lock $(ARGS)
	$(UV_COMPILE) --extra build --constraints requirements.lock --output-file requirements-build.lock $(ARGS)

screenshots: setup ## make the pictures in docs/ again
	@$(BIN)/python tools/check_qt.py
	@QT_QPA_PLATFORM=offscreen $(BIN)/python tools/screenshots.py $(ARGS)

messages: setup ## collect the words from the code, bring the catalogues up to date, compile them
	@sh tools/messages.sh $(BIN)

clean: ## remove what the other targets made
	rm -rf $(VENV) out dist build .pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
