# make chat   the chat with the sample newsroom on http://127.0.0.1:7860     make test   every test
# make check  style, types, layers     make bench   the long measurements     make eval   the sample newsroom as a suite

PYTHON ?= python3.11
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LIBRARY ?= library
BENCH_DATA ?= ../shared/data

.PHONY: install chat test check eval bench clean

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "onrecord needs Python 3.11: set PYTHON=/path/to/python3.11"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	# A path-style editable install: the import hook of newer ones is shadowed by ./index and ./rag in this folder.
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]' --config-settings editable_mode=compat
	touch $(STAMP)

chat: install
	$(BIN)/onrecord chat --sample --library $(LIBRARY)

test: install
	$(BIN)/python -m pytest

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: install
	$(BIN)/onrecord eval newsroom

bench: install
	$(BIN)/python -m evals.bench --data $(BENCH_DATA)
	$(BIN)/python -m evals.bench.harness
	$(BIN)/python -m ui.web.load

clean:
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
