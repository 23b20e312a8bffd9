# `make run` and `make test` need git, make and Python 3.11 or newer; they set up their own .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
RUNS := $(VENV)/.runs

.PHONY: run test check validate bench docs clean

run: $(RUNS)  ## the baseline, 2013-2030, into results/baseline
	$(BIN)/jjj-sim run baseline

test: $(READY)  ## the default test suite, a file at a time on each of two cores
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: $(READY)  ## format, lint, types
	$(BIN)/ruff format --check src tests docs benchmarks validation
	$(BIN)/ruff check src tests docs benchmarks validation
	$(BIN)/mypy

validate: $(READY)  ## everything: slow tests, and the published facts, which renew docs/validation.md
	$(BIN)/python -m pytest -n 2 -m "slow or not slow"
	$(BIN)/python validation/same_lives.py
	$(BIN)/python validation/contract_trend.py
	$(BIN)/python validation/damping_housing.py --out results/damping_housing.png
	$(BIN)/python validation/run.py
	$(BIN)/python validation/levers.py
	$(BIN)/python validation/errors.py
	$(BIN)/jjj-sim calibrate
	$(BIN)/jjj-sim validate
	$(BIN)/python validation/calibration.py

bench: $(READY)  ## nanoseconds an agent-quarter beside plain Mesa and NumPy, then by process
	$(BIN)/python benchmarks/agents.py
	$(BIN)/python benchmarks/processes.py

docs: $(READY)  ## the documentation as a site, into results/site
	$(BIN)/mkdocs build --strict

# What runs and draws needs no extra; what tests, reports and serves comes with the first `make test`.
$(RUNS): pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "jjj-sim needs Python 3.11 or newer: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	touch $(RUNS)

$(READY): $(RUNS)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[test]"
	touch $(READY)

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis
