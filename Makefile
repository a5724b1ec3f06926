# Targets: help run serve ingest test test-browser check fix eval bench bench-peers bench-scale sbom screenshots install clean
#
# TORCH_INDEX: on Linux, the address of an index with CPU builds of torch (see the install page of pytorch.org).
# With it no GPU libraries are fetched, which saves gigabytes:  make run TORCH_INDEX=<address>

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TORCH_INDEX ?=
PIP_EXTRA := $(if $(TORCH_INDEX),--extra-index-url $(TORCH_INDEX))
STAMP := $(VENV)/.installed
BENCH_VENV := .venv-bench
BENCH_STAMP := $(BENCH_VENV)/.installed
SHARED ?= $(or $(LOKET_SHARED),../shared)
PASSAGES ?= 100000
BENCH_FLAGS ?=
CODE := knowledge ingest assistant evals api tests
export HF_HUB_OFFLINE ?= 1
export TOKENIZERS_PARALLELISM ?= false
# What was compiled once is kept: each of the hundreds of processes that the tests start would compile it anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help

help: ## Show the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

install: $(STAMP) ## Make .venv from the lock (every other target does it when needed)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed, this is " + sys.version.split()[0]) if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --no-compile --disable-pip-version-check $(PIP_EXTRA) -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(STAMP)

run: install ## Install, index the bundled policies, open the assistant on http://127.0.0.1:8000
	$(BIN)/loket ingest
	$(BIN)/loket serve

ingest: install ## Index the bundled policies (or FOLDER=...)
	$(BIN)/loket ingest $(FOLDER)

serve: install ## Serve what is indexed
	$(BIN)/loket serve

test: check eval ## All that CI holds: format, lint, types, import contracts, all tests, evaluation thresholds

test-fast: install ## The tests without the slow and browser ones
	$(BIN)/python -m pytest -q -n 2 -m "not slow and not browser"

test-browser: install ## The browser tests alone
	$(BIN)/python -m pytest -q -m browser

check: install ## Format, lint, types, import contracts and tests; changes nothing
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	@# More workers than cores: many tests wait for a disk or a child process. One thread each for the mathematics.
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n 4

fix: install ## Format and mend what can be mended
	$(BIN)/ruff check --fix $(CODE)
	$(BIN)/ruff format $(CODE)

eval: install ## Answer the curated questions over the bundled policies and hold the thresholds
	$(BIN)/loket ingest --index var/eval
	$(BIN)/loket eval --index var/eval --out var/eval-report --hold

bench: install ## Measure speed: ingest, search, ask; beside other systems where SHARED holds policies and questions
	$(BIN)/python -m evals.bench
	@if [ -f $(SHARED)/policies/manifest.yaml ]; then $(MAKE) --no-print-directory bench-peers; \
	else echo "no policies in $(SHARED): not compared with other systems"; fi

bench-peers: $(BENCH_STAMP) ## Measure search beside other systems, which it installs into .venv-bench
	@# One thread each for the mathematics, so that no system gets more of the machine than another.
	OMP_NUM_THREADS=1 $(BENCH_VENV)/bin/python -m evals.peers \
		--policies $(SHARED)/policies --cases $(SHARED)/qa/dev.jsonl $(BENCH_FLAGS)

bench-scale: install ## Measure search over 100,000 passages (or PASSAGES=...); takes tens of minutes
	OMP_NUM_THREADS=1 $(BIN)/python -m evals.bench_scale --passages $(PASSAGES) $(BENCH_FLAGS)

sbom: install ## Write what the product is made of, as a CycloneDX bill of materials, to var/sbom.json
	$(BIN)/python -m evals.sbom --out var/sbom.json

screenshots: install ## Make the screenshots of docs/images anew
	$(BIN)/python -m api.screenshots

$(BENCH_STAMP): $(STAMP) requirements-bench.txt
	@# It borrows the packages of .venv (a .pth file names them) and adds the peers' without their
	@# dependencies: requirements-bench.txt holds those too, so that nothing of the lock is replaced.
	$(BIN)/python -m venv --clear --without-pip $(BENCH_VENV)
	$(BIN)/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))' \
		> "$$($(BENCH_VENV)/bin/python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')/product.pth"
	@echo '*' > $(BENCH_VENV)/.gitignore
	$(BIN)/python -m pip --python $(BENCH_VENV)/bin/python install --quiet --no-compile --no-deps \
		--disable-pip-version-check -r requirements-bench.txt
	@touch $(BENCH_STAMP)

lock: ## Resolve the newest versions that pyproject.toml allows into requirements.lock
	$(PYTHON) -m venv var/lock
	var/lock/bin/python -m pip install --quiet uv
	var/lock/bin/uv pip compile pyproject.toml --extra dev --no-header --no-annotate --upgrade --quiet -o requirements.lock
	@# torch brings its own GPU libraries where its build needs them; a pin here would force them on CPU builds too.
	sed -i -E -e '/^(cuda-|nvidia-|triton)/d' -e 's/^(torch==[0-9.]+)\+.*/\1/' requirements.lock

clean: ## Remove what was built
	rm -rf $(VENV) $(BENCH_VENV) var build dist *.egg-info

.PHONY: help install run ingest serve test test-fast test-browser check fix eval bench bench-peers bench-scale sbom screenshots lock clean
