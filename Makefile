# Every target sets itself up in .venv: Python 3.11 or newer and make are all that is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
DEMO := build/demo
AFTERSALES := $(BIN)/aftersales --lang zh -w $(DEMO) --as-of 2011-05-27T09:00

.PHONY: demo test lint types docs references words province bench

# the textbook's four cutovers: written once (new), asked again (unchanged), then the four short messages
demo: $(READY)
	@rm -rf $(DEMO)
	@mkdir -p build
	@cp -R examples/textbook $(DEMO)
	$(AFTERSALES) cutover notify
	$(AFTERSALES) cutover notify
	@for message in $(DEMO)/out/*-notify/*/*.txt; do echo; echo "== $$message"; cat "$$message"; done

test: $(READY)
	$(BIN)/pytest -n auto

lint: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

types: $(READY)
	$(BIN)/mypy

# generated references are current, links resolve, the READMEs' help is what the program says, R1–R90 all have a place
docs: $(READY)
	$(BIN)/pytest tests/docs

# writes docs/reference and the help blocks of the READMEs anew; review the difference like code
references: $(READY)
	$(BIN)/python -m tools.references

# collects the messages of the code, brings the Chinese catalogue up to date, compiles it; says what has no translation
words: $(READY)
	$(BIN)/python -m tools.words

# makes examples/province anew from its generator; a test holds the one against the other
province: $(READY)
	$(BIN)/python -m tools.province

# the measured claims at a small scale; benchmarks/README.md says how to run each at its full size, and what was seen
bench: $(READY)
	$(BIN)/python benchmarks/startup.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python benchmarks/notices.py
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[bench]'
	$(BIN)/python benchmarks/complaints.py
	$(BIN)/python benchmarks/visits.py

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed: make PYTHON=python3.12" if sys.version_info < (3, 11) else 0)'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -qq --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $(READY)
