# make demo: the main job on our own partner sites.   make test: the tests.
# Both need Python 3.11 or newer and make, and install the rest into .venv by themselves.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: demo test check lock wheel clean clean-demo help

help:
	@echo "make demo        ingest, publish and audit our own partner sites"
	@echo "make test        run the tests"
	@echo "make check       ruff, mypy, import-linter"
	@echo "make lock        renew the hash-locked requirements (needs uv)"
	@echo "make clean-demo  forget what the demo did"
	@echo "make clean       remove everything that can be made again"

demo: $(VENV)/.runtime
	@$(BIN)/python -m fixtures.demo

test: $(VENV)/.dev
	$(BIN)/python -m pytest

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "reprint needs Python 3.11 or newer; name one with: make PYTHON=python3.12 ...")'
	$(PYTHON) -m venv --clear $(VENV)
	@touch $@

$(VENV)/.runtime: requirements.txt requirements-build.txt pyproject.toml | $(VENV)/.made
	@echo "Installing what reprint needs into $(VENV) ..."
	@$(PIP) --require-hashes -r requirements.txt -r requirements-build.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements-dev.txt pyproject.toml | $(VENV)/.made
	@echo "Installing what the tests need into $(VENV) ..."
	@$(PIP) --require-hashes -r requirements-dev.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@ $(VENV)/.runtime

LOCK := uv pip compile --quiet --generate-hashes --no-annotate --no-header --no-emit-index-url

lock:
	$(LOCK) --extra postgresql --extra engine --extra s3 --group dev pyproject.toml -o requirements-dev.txt
	$(LOCK) --extra postgresql --constraint requirements-dev.txt pyproject.toml -o requirements.txt
	$(LOCK) --group build --constraint requirements-dev.txt -o requirements-build.txt

wheel: $(VENV)/.dev
	$(BIN)/python -m build --wheel --no-isolation

clean-demo:
	rm -rf demo

clean: clean-demo
	rm -rf $(VENV) dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
