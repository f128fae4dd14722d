# Everything is installed by hash from one lock into .venv, with the python3 that stands first on the path: pip installs uv
# (requirements/uv.txt), uv the rest (requirements/lock.txt). Another Python: make rate PYTHON=python3.12

PYTHON ?= python3
COUNTRY ?= kazakhstan
YEAR ?= 2022
JOBS ?= 2

VENV := .venv
LOWEST := .venv-lowest
BIN := $(VENV)/bin
LOCK := requirements/lock.txt

export PIP_DISABLE_PIP_VERSION_CHECK := 1
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help rate test test-all check format-check format lint types contracts rules-check rules-test docs docs-check lock-check packages-check lowest golden proofs \
	results new-rule mutation bench lock release clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

rate: $(VENV)/.run ## Rate a country: make rate COUNTRY=kazakhstan YEAR=2022
	@$(BIN)/rate $(COUNTRY) --year $(YEAR)

test: $(VENV)/.test ## Run the tests, without the longest (one folder: make test TESTS=tests/unit)
	HYPOTHESIS_PROFILE=quick $(BIN)/python -m pytest -n $(JOBS) -m "not slow and not deep" $(TESTS)

test-all: $(VENV)/.spark ## Run every test, with more drawn examples, Spark, and the branch coverage of unit tests
	@longest=0; $(DEEP) -m "slow or not unit" tests || longest=1; \
	$(DEEP) -m "unit and not slow" $(COVERAGE) tests/unit && exit $$longest

TESTS ?= tests
DEEP = HYPOTHESIS_PROFILE=deep $(BIN)/python -m pytest -n $(JOBS) --durations=10
# Coverage is taken of the unit tests, which try every part; it would make the longer ones twice as long.
COVERAGE ?= --cov --cov-report=term-missing:skip-covered

check: format-check lint types contracts rules-check rules-test docs-check lock-check packages-check lowest test-all ## Everything a change must pass

format-check: $(VENV)/.test ## Check the layout of the code
	$(BIN)/ruff format --check .

format: $(VENV)/.test ## Lay the code out, and mend what ruff can mend
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lint: $(VENV)/.test ## Lint
	$(BIN)/ruff check .

types: $(VENV)/.test ## Check types (mypy --strict)
	$(BIN)/mypy

contracts: $(VENV)/.test ## Check which module imports which (docs/architecture.md)
	$(BIN)/lint-imports --no-logo

rules-check: $(VENV)/.run ## Check rules, codebook, records and sources
	$(BIN)/rate check rules/ indicators/ imports/

rules-test: $(VENV)/.run ## Run the cases of all rule sets, what they cover, and what changes of a rule they notice
	@for method in $(sort $(wildcard rules/*)); do \
		$(BIN)/rate test $$method --coverage --mutate > $(VENV)/.rules-test && sed -n 3p $(VENV)/.rules-test || \
		{ cat $(VENV)/.rules-test; failed=1; }; \
	done; exit $${failed:-0}

docs: $(VENV)/.run ## Write the generated pages of docs/
	$(BIN)/python tools/make_docs.py

docs-check: $(VENV)/.run ## Check that the generated pages are fresh
	$(BIN)/python tools/make_docs.py --check

lock-check: $(VENV)/.test ## Install the lock with the first pip of each Python, where everything has a newer release
	$(BIN)/python tools/check_lock.py

packages-check: $(VENV)/.test ## Build wheel and source package, and install them as a user does
	$(BIN)/python tools/check_packages.py

lowest: $(LOWEST)/.done ## Run what touches a library, and the main commands, with the oldest libraries that pyproject.toml allows
	HYPOTHESIS_PROFILE=quick $(LOWEST)/bin/python -m pytest -n $(JOBS) -p no:cacheprovider -m "not deep" $(DOORS)

# The rest of the code knows no library but attrs, and would say the same of any version.
DOORS = tests/unit/test_methods.py tests/unit/errors tests/unit/files tests/unit/engine tests/unit/evidence/test_*.py tests/unit/method/test_*.py \
	tests/unit/model/test_normal.py tests/unit/model/test_terms.py tests/unit/ruleset/check/test_checking.py tests/unit/ruleset/test_schemas.py \
	tests/unit/publish/test_signing.py tests/unit/publish/provenance tests/unit/proofs/test_solver.py tests/unit/cli/test_run.py \
	tests/unit/cli/test_quick.py tests/unit/publish/certificate/test_certificate_command.py tests/e2e/test_kazakhstan.py tests/e2e/test_commands.py

release: $(VENV)/.test ## Build wheel and source package of this commit, and check them (docs/releasing.md)
	$(BIN)/python tools/release.py

golden: $(VENV)/.test ## Rewrite the kept answers and the transcripts of the pages; read the diff before committing it
	$(BIN)/python -m pytest tests/golden tests/docs --golden-update

proofs: $(VENV)/.test ## Prove the theorems of docs/theorems.md and write how long each took
	$(BIN)/python tools/proof_times.py

results: $(VENV)/.test ## Import ../shared, rate all published country-years, compare, write docs/results.md
	$(BIN)/python tools/make_results.py

new-rule: $(VENV)/.run ## Add a stub of a rule and of its cases: make new-rule ID=ASM-099
	@test -n "$(ID)" || { echo "write: make new-rule ID=ASM-099" >&2; exit 2; }
	@$(BIN)/python tools/new_rule.py "$(ID)"

mutation: $(VENV)/.mutation ## Change the core and see whether tests notice: make mutation MODULE=engine/reference (docs/mutation.md)
	@test -n "$(MODULE)" || { echo "write: make mutation MODULE=engine/reference" >&2; exit 2; }
	nice -n 19 $(BIN)/python tools/mutation.py $(MUTATION) $(MODULE)

MODULE ?=
MUTATION ?=

bench: $(VENV)/.bench ## Measure speed against other rule engines
	$(BIN)/python benchmarks/explained.py
	$(BIN)/python benchmarks/bulk.py

lock: $(VENV)/.uv ## Resolve requirements/*.txt anew (newer versions: make lock UPGRADE=--upgrade)
	echo uv | $(COMPILE) - -o requirements/uv.txt
	$(COMPILE) pyproject.toml --all-extras $(addprefix --group ,$(GROUPS)) -o $(LOCK)
	$(COMPILE) pyproject.toml --extra dev --extra durable --resolution lowest-direct -o requirements/lowest.txt

GROUPS = build test spark bench mutation oldest-pip
COMPILE = $(BIN)/python tools/uv_as_pip.py pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-strip-extras \
	--custom-compile-command "make lock" $(UPGRADE)

clean: ## Remove environments, caches and build output
	rm -rf $(VENV) $(LOWEST) build dist mutants .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find src tests tools benchmarks -name __pycache__ -prune -exec rm -rf {} +

# What is installed; the stamps keep repeated calls quick.

%/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	echo "ratingengine needs Python 3.11 or newer, but '$(PYTHON)' gives: $$($(PYTHON) --version 2>&1)" >&2; \
	echo "name another one: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "Installing into $* …" >&2
	@$(PYTHON) -m venv --clear $*
	@touch $@

# What the lock does not name is refused, whatever is asked for (docs/adr/0013-one-lock.md). $(@D) is the environment.
%/.uv: %/.python requirements/uv.txt
	@$(@D)/bin/python -m pip --version >/dev/null 2>&1 || $(@D)/bin/python -m ensurepip >/dev/null
	@$(@D)/bin/python -m pip install -qq --no-deps --require-hashes -r requirements/uv.txt
	@touch $@

UV = $(@D)/bin/python tools/uv_as_pip.py pip install --quiet --build-constraints requirements/lock.txt
INSTALL = $(UV) --require-hashes --constraints $(LOCK) --requirements pyproject.toml
EDITABLE = $(UV) --no-deps --editable .

# durable-rules exists as source only; without it the reference engine answers alone.
define DURABLE
@$(INSTALL) --extra durable >$(@D)/durable.log 2>&1; $(@D)/bin/python -c 'import durable.engine' 2>/dev/null || \
if $(@D)/bin/python -c 'import sys; sys.exit(sys.version_info >= (3, 13))'; then \
echo "Without durable-rules, which needs a C compiler and the Python headers ($(@D)/durable.log says what failed)" >&2; else \
echo "Without durable-rules, which does not run on Python 3.13 and later" >&2; fi
endef

$(VENV)/.run: $(VENV)/.uv $(LOCK) pyproject.toml
	@$(INSTALL)
	@$(EDITABLE)
	$(DURABLE)
	@touch $@

$(VENV)/.test: $(VENV)/.run
	@$(INSTALL) --extra dev --group test
	@touch $@

$(VENV)/.spark: $(VENV)/.test
	@$(INSTALL) --group spark
	@touch $@

$(VENV)/.bench: $(VENV)/.spark
	@$(INSTALL) --group bench
	@touch $@

$(VENV)/.mutation: $(VENV)/.test
	@$(INSTALL) --group mutation
	@touch $@

$(LOWEST)/.done: LOCK := requirements/lowest.txt
$(LOWEST)/.done: $(LOWEST)/.uv requirements/lowest.txt pyproject.toml
	@$(INSTALL) --extra dev
	@$(EDITABLE)
	$(DURABLE)
	@touch $@

.PRECIOUS: %/.python %/.uv
