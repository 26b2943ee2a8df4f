# The one task entry. Two commands for a stranger: `make demo` and `make test`.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin

.PHONY: help demo test lint types format package man pictures bench-relevance bench-analysis bench-organisations bench-html bench-ingest bench-speed clean

help:
	@echo "make demo     install, index the demonstration corpus, show two searches"
	@echo "make test     run the whole test suite"
	@echo "make lint     check style, formatting and the direction of imports"
	@echo "make types    check types"
	@echo "make format   mend style and formatting"
	@echo "make package  build the wheel, install it in an empty place and search there"
	@echo "make man      write the manual page anew from the options of the command line"
	@echo "make pictures draw the screens that the readme shows anew, from the real program"
	@echo "make bench-relevance   measure ranking beside its peers on ../shared/data; ARGS=--help for more"
	@echo "make bench-analysis    measure the speed of analysis"
	@echo "make bench-organisations   measure the gazetteer on ../shared/data/ner_fa, and its speed"
	@echo "make bench-html        measure how well the article is found in HTML, beside its peers"
	@echo "make bench-ingest      measure how fast pages of text become documents"
	@echo "make bench-speed       measure indexing and searching beside other engines on ../shared/data/bulk"
	@echo "make clean    remove what make made"

demo: $(VENV)/.run
	$(BIN)/migsearch index "corpus/*.txt" --index indexes/default
	$(BIN)/migsearch search "IOM Turkmenistan" --index indexes/default --limit 3
	$(BIN)/migsearch search "بازگشت پناهندگان" --index indexes/default --limit 3
	@echo "Now ask yourself: $(BIN)/migsearch opens a prompt."

test: $(VENV)/.dev
	$(BIN)/pytest -n auto --dist worksteal

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

types: $(VENV)/.dev
	$(BIN)/mypy

format: $(VENV)/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

package:
	rm -rf build/package && mkdir -p build/package/empty
	$(PYTHON) -m venv build/package/venv
	build/package/venv/bin/python -m pip install --quiet --disable-pip-version-check .
	cd build/package/empty && XDG_CACHE_HOME=$(CURDIR)/build/package/cache ../venv/bin/migsearch search --limit 1 "IOM Turkmenistan"

man: $(VENV)/.dev
	PYTHONPATH=tests $(BIN)/python -m manual

pictures: $(VENV)/.dev
	PYTHONPATH=tests $(BIN)/python -m pictures

bench-relevance: $(VENV)/.bench
	PYTHONPATH=tests $(BIN)/python -m benchmarks.relevance $(ARGS)

bench-analysis: $(VENV)/.run
	PYTHONPATH=tests $(BIN)/python -m benchmarks.analysis $(ARGS)

bench-organisations: $(VENV)/.run
	PYTHONPATH=tests $(BIN)/python -m benchmarks.organisations $(ARGS)

bench-html: $(VENV)/.bench
	PYTHONPATH=tests $(BIN)/python -m benchmarks.bodies $(ARGS)

bench-ingest: $(VENV)/.run
	PYTHONPATH=tests $(BIN)/python -m benchmarks.ingest $(ARGS)

bench-speed: $(VENV)/.speed
	PYTHONPATH=tests $(BIN)/python -m benchmarks.speed $(ARGS)

clean:
	rm -rf $(VENV) build dist indexes/default .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[dev]"
	@touch $@ $(VENV)/.run

$(VENV)/.speed: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[speed]"
	@touch $@ $(VENV)/.run

# The pip of Python 3.11 stumbles over two spellings of one extra, as two of the peers ask for it.
$(VENV)/.bench: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=24"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e ".[bench]"
	@touch $@ $(VENV)/.run
