# Two commands do everything on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO_OUT ?= demo-out

.PHONY: help setup demo test check lint types contracts docs docs-check eval bench lock clean

help:
	@echo "make demo    set up and run the bundled newsroom through two editions, then serve them"
	@echo "make test    set up and run the tests"
	@echo "make check   what CI runs: lint, types, import contracts, docs, tests"
	@echo "make eval    quality on labelled data (NUTGRAF_DATA, default ../shared/data)"
	@echo "make bench   speed and memory"
	@echo "make docs    write the generated pages of docs/ anew"
	@echo "make lock    resolve requirements.lock anew from pyproject.toml"

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Nutgraf needs Python 3.11 or newer; set PYTHON=/path/to/python3.11"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) \
	  || { rm -rf $(VENV); echo "python3 -m venv failed; on Debian: apt install python3-venv"; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

demo: $(READY)
	$(BIN)/nutgraf demo --out $(DEMO_OUT)

test: $(READY)
	$(BIN)/python -m pytest -n auto

check: lint types contracts docs-check test

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

contracts: $(READY)
	$(BIN)/lint-imports

docs: $(READY)
	$(BIN)/python -m docs.build

docs-check: $(READY)
	$(BIN)/python -m docs.build --check

eval: $(READY)
	$(BIN)/nutgraf eval --data $${NUTGRAF_DATA:-../shared/data}

bench: $(READY)
	$(BIN)/python -m nutgraf.evals.speed --data $${NUTGRAF_DATA:-../shared/data} --out docs/benchmarks.md

lock: $(READY)
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --extra dev --extra embed --extra llm -o requirements.lock pyproject.toml

clean:
	rm -rf $(VENV) $(DEMO_OUT) .mypy_cache .ruff_cache .pytest_cache .hypothesis
