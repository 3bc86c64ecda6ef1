# `make` is the main job: set up, generate, check, and say what there is. `make help` lists the rest.

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
SHELL := /bin/sh

SYSTEM_PYTHON ?= python3
VENV := .venv
BIN := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
PYTHON := $(VENV)/$(BIN)/python
SETUP := $(VENV)/.ready
BENCH_SETUP := $(VENV)/.ready-bench
REFEREE_SETUP := $(VENV)/.ready-referee
DOCS_SETUP := $(VENV)/.ready-docs
MUTANTS_SETUP := $(VENV)/.ready-mutants
RELEASE_SETUP := $(VENV)/.ready-release
LOWEST := .venv-lowest
USERS_RUN := checks cli client coverage mock pytest_plugin server strategies traffic wire
NEWEST_SDK := $(VENV)/sdk-1.3.6

# Versions are pinned for what is installed and for what builds it; which registry serves them is pip's own affair.
# A relative path, as pip splits these variables at spaces, which the path of a checkout can have.
export PIP_CONSTRAINT := constraints.txt
export PIP_BUILD_CONSTRAINT := $(PIP_CONSTRAINT)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Without it, each process compiles all modules again, which takes longer than what most of them do.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: all
all: generate check summary ## Set up, generate, check, summary: the main job

.PHONY: setup
setup: $(SETUP) ## Make the virtual environment from pinned versions

$(SETUP): pyproject.toml constraints.txt tests/laws/newest-sdk.txt
	@$(SYSTEM_PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; name one with SYSTEM_PYTHON=/path/to/python" >&2; exit 1; }
	@test -x $(PYTHON) || $(SYSTEM_PYTHON) -m venv $(VENV)
	@echo "installing pinned versions into $(VENV)"
	@$(PYTHON) -m pip install --quiet pip # the pinned one: what comes with Python 3.11 knows no dependency groups
	@$(PYTHON) -m pip install --quiet --editable . --group dev
	@rm -rf $(NEWEST_SDK)
	@PIP_CONSTRAINT= $(PYTHON) -m pip install --quiet --no-deps --target $(NEWEST_SDK) --requirement tests/laws/newest-sdk.txt
	@touch $@

.PHONY: generate
generate: $(SETUP) ## Write generated/ from spec/
	@$(PYTHON) -m codegen --strict

.PHONY: check
check: $(SETUP) ## Fail if generated/ is not exactly what spec/ gives; writes nothing
	@$(PYTHON) -m codegen --strict --check || { code=$$?; echo '`make generate` writes generated/ anew' >&2; exit $$code; }

.PHONY: summary
summary: $(SETUP) ## Count what the document says, and check its examples and the vendor SDK's requests
	@$(PYTHON) -m tests.summary

.PHONY: test
test: $(SETUP) ## Run the tests, offline, on two cores
	@$(PYTHON) -m pytest --quiet --numprocesses auto --dist worksteal

.PHONY: test-deep
test-deep: $(SETUP) ## Run the properties on all operations, with many more examples and random seeds; found failures are kept in .hypothesis
	@HYPOTHESIS_PROFILE=nightly $(PYTHON) -m pytest --quiet --numprocesses auto --dist worksteal

.PHONY: fuzz
fuzz: $(SETUP) ## Give every reader of foreign input faulty input, SECONDS (20) for each; SEED=1 makes other input, ONLY=har tries one
	@$(PYTHON) -m tests.fuzz --seconds $(or $(SECONDS),20) --seed $(or $(SEED),0) $(ONLY)

$(MUTANTS_SETUP): $(SETUP)
	@echo "installing mutmut, whose operators are used, into $(VENV)"
	@$(PYTHON) -m pip install --quiet --group mutants
	@touch $@

.PHONY: mutants
mutants: $(MUTANTS_SETUP) ## Try mutants of all code for MINUTES (12), drawn by the date; add the results, print the rate of each package; ONLY=wire/ tries some
	@$(PYTHON) -m tests.mutants --minutes $(or $(MINUTES),12) $(if $(ONLY),--only '$(ONLY)')

.PHONY: constraints
constraints: $(SETUP) ## Change 500 constraints of the document one at a time; fail if requests, arguments and answers notice fewer than 95 %
	@$(PYTHON) -m tests.mutants.constraints

.PHONY: subjects
subjects: $(SETUP) ## Try every law with our clients and the vendor's SDK, and print the table
	@$(PYTHON) -m tests.laws.report
	@PYTHONPATH=$(NEWEST_SDK) $(PYTHON) -m tests.laws.report

.PHONY: witnesses
witnesses: $(SETUP) ## Record what every release of the vendor's SDKs sends (PyPI, npm); RELEASES=python-1.3.6 records one
	@$(PYTHON) -m tests.witnesses.record $(RELEASES)

.PHONY: references
references: $(SETUP) ## Draw the facts of the vendor's dated references in DIR again, run their snippets, check and compare its documents
	@test -n '$(DIR)' || { echo 'name the directory of the references: make references DIR=…' >&2; exit 2; }
	@$(PYTHON) -m tests.references '$(DIR)'

.PHONY: corpus
corpus: $(SETUP) ## Measure documents of others: of three npm packages, or CORPUS=DIR; PEER=PROGRAM is openapi-python-client; QUICK=1 draws a sample
	@$(PYTHON) -m tests.corpus $(CORPUS) $(if $(QUICK),--quick) $(if $(PEER),--peer '$(PEER)') $(if $(RESULTS),--results '$(RESULTS)')

.PHONY: drift
drift: $(SETUP) ## Compare the newest edition with the newest SDKs on the registries, or SDK=DIR, and with AGAINST='FILE…'; fail if anything is not known
	@$(PYTHON) -m tests.witnesses.drift $(SDK) $(AGAINST)

.PHONY: gate
gate: $(SETUP) ## Fail if a published edition breaks a client that it did not break at the merge base with BASE
	@$(PYTHON) -m tests.changes.gate $(or $(BASE),origin/main)

.PHONY: steps
steps: $(SETUP) ## Move 500 constraints by one step, compare both ways; fail if fewer than 95 % are decided
	@$(PYTHON) -m tests.changes.steps 500

.PHONY: coverage
coverage: $(SETUP) ## Measure statements and branches that the tests and their programs run; fail under 97 %
	@$(PYTHON) -m coverage erase
	@$(PYTHON) -m coverage run -m pytest --quiet --numprocesses auto --dist loadgroup
	@$(PYTHON) -m coverage combine --quiet
	@$(PYTHON) -m coverage report

$(BENCH_SETUP): $(SETUP)
	@echo "installing the peers of the benchmarks into $(VENV)"
	@$(PYTHON) -m pip install --quiet --group bench
	@touch $@

.PHONY: bench
bench: $(BENCH_SETUP) ## Measure against the peers, in under 20 minutes, and write benchmarks/RESULTS.md; ONLY=ndjson asks one question, ONLY=peers other mock servers
	@$(PYTHON) -m $(if $(filter peers,$(ONLY)),benchmarks.peers,benchmarks $(if $(ONLY),--only '$(ONLY)')) $(if $(QUICK),--quick)

$(REFEREE_SETUP): $(SETUP)
	@echo "installing the referee into $(VENV)"
	@$(PYTHON) -m pip install --quiet --group referee
	@touch $@

.PHONY: referee
referee: $(REFEREE_SETUP) ## Let schemathesis judge what `serve` answers, in CASES (10000) requests
	@$(PYTHON) -m tests.referee --cases $(or $(CASES),10000)

$(DOCS_SETUP): $(SETUP)
	@echo "installing what builds the manual into $(VENV)"
	@$(PYTHON) -m pip install --quiet --group docs
	@touch $@

.PHONY: docs
docs: $(DOCS_SETUP) ## Build the manual into build/docs; a warning is an error
	@$(PYTHON) -m sphinx -c docs -b html --fail-on-warning --keep-going --fresh-env --quiet . build/docs
	@echo build/docs/index.html

$(RELEASE_SETUP): $(SETUP)
	@echo "installing what builds a release into $(VENV)"
	@$(PYTHON) -m pip install --quiet --group release
	@touch $@

.PHONY: dist
dist: $(RELEASE_SETUP) ## Build wheel and sdist into dist/, and check both in new environments
	@$(PYTHON) -m tests.release dist

.PHONY: test-lowest
test-lowest: $(SETUP) ## Run the tests of what users run with the lowest versions that pyproject.toml admits
	@$(SYSTEM_PYTHON) -m venv --clear $(LOWEST)
	@$(LOWEST)/$(BIN)/python -m pip install --quiet pip
	@$(LOWEST)/$(BIN)/python -m pip install --quiet --editable . --group dev
	@$(PYTHON) -m tests.lowest > $(LOWEST)/lowest.txt
	@PIP_CONSTRAINT= $(LOWEST)/$(BIN)/python -m pip install --quiet --requirement $(LOWEST)/lowest.txt
	@$(LOWEST)/$(BIN)/python -m pytest --quiet --numprocesses auto --dist worksteal -W ignore::DeprecationWarning \
		--ignore tests/server/test_sdk.py $(addprefix tests/,$(USERS_RUN))

.PHONY: positive
positive: $(REFEREE_SETUP) ## Check what schemathesis draws as right of the documents in CORPUS=DIR
	@test -n '$(CORPUS)' || { echo 'name the folder of the documents: make positive CORPUS=DIR' >&2; exit 2; }
	@$(PYTHON) -m tests.corpus.positive '$(CORPUS)'

.PHONY: test-js
test-js: $(SETUP) ## Run the vendor's JavaScript SDK, fetch, axios and curl against `serve --state`; needs npm's registry
	@$(PYTHON) -m tests.js
	@$(PYTHON) -m tests.js.page

.PHONY: lint
lint: style types ## Run both of the next two

.PHONY: style
style: $(SETUP) ## Run ruff and ruff format on everything, and hold the layers of the code and what the engine may name
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m tests.layers

.PHONY: types
types: $(SETUP) ## Run mypy --strict on everything, and pyright strict on what users import
	@$(PYTHON) -m mypy
	@$(PYTHON) -m basedpyright

.PHONY: clean
clean: ## Remove the virtual environment and every cache
	@rm -rf $(VENV) $(LOWEST) .fuzz .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache .mutants build dist
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
