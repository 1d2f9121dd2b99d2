# Everything a developer or a server does with Clientele. `make` alone lists the targets.

PYTHON3 ?= python3
PYTHON  := .venv/bin/python
UV      := .venv/bin/uv
UV_VERSION := 0.13.8

# Two workers by default: PYTEST_WORKERS=0 runs in one process, for a debugger.
PYTEST_WORKERS ?= 2
PYTEST := $(PYTHON) -m pytest -n $(PYTEST_WORKERS) --dist loadscope

LOCK := $(UV) pip compile --quiet --generate-hashes --universal --python-version 3.11 \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock"

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run install install-dev test check gates migrations-check bench format lock vendor dictionary clean

help:  ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-17s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: export CLIENTELE_MODE ?= local
run: install  ## Install, make the demonstration banks once, serve on http://127.0.0.1:8050
	$(PYTHON) manage.py demo --if-missing
	$(PYTHON) manage.py serve

test: install-dev  ## Run every test: unit, doctest, database, browser, real data
	@$(PYTEST)

check: gates test  ## Run every quality gate and every test

gates: install-dev migrations-check  ## Run the gates that are not tests: format, lint, types, contracts, migrations
	$(PYTHON) -m ruff format --check .
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

migrations-check: install-dev  ## Migrate an empty database and compare it with the tables in the code
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && \
	export CLIENTELE_DATABASE_URL="sqlite:///$$scratch/check.db" && \
	$(PYTHON) manage.py db upgrade && $(PYTHON) manage.py db check

format: install-dev  ## Format the code and mend what the linter can mend
	$(PYTHON) -m ruff format .
	$(PYTHON) -m ruff check --fix .

bench: install-dev  ## Measure against named peers and print ratios
	$(PYTHON) -m bench

install: .venv/.installed  ## Make .venv with what Clientele needs to run

install-dev: .venv/.installed-dev  ## Make .venv with the development tools and a Chromium for the browser tests
	@$(PYTHON) tests/e2e/chromium.py

.venv/.installed: requirements.txt | $(PYTHON)
	$(call install_locked,requirements.txt)
	@touch $@

.venv/.installed-dev: requirements-dev.txt | $(PYTHON)
	$(call install_locked,requirements-dev.txt)
	@touch .venv/.installed $@

$(PYTHON):
	@$(PYTHON3) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Clientele needs Python 3.11 or newer; set PYTHON3=/path/to/python3.")'
	$(PYTHON3) -m venv .venv
	@$(PYTHON) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION) \
		|| echo "uv cannot be installed here: installing with pip, which takes minutes instead of seconds."

# uv where it could be installed, otherwise pip; both refuse a file whose hash is not in the lock.
define install_locked
	@if [ -x $(UV) ]; then \
		echo "Installing $(1) with uv"; \
		$(UV) pip install --quiet --python $(PYTHON) --require-hashes -r $(1); \
	else \
		echo "Installing $(1) with pip"; \
		$(PYTHON) -m pip install --quiet --disable-pip-version-check --require-hashes -r $(1); \
	fi
endef

lock: | $(PYTHON)  ## Resolve requirements*.in anew into the locks (LOCK_ARGS=--upgrade for newer versions)
	$(LOCK) $(LOCK_ARGS) requirements.in -o requirements.txt
	$(LOCK) $(LOCK_ARGS) requirements-dev.in -o requirements-dev.txt

dictionary: install  ## Write docs/data-dictionary.md again
	$(PYTHON) -m tools.data_dictionary

vendor: install  ## Fetch the vendored browser assets again (needs npm)
	$(PYTHON) tools/vendor_assets.py

clean:  ## Remove caches and the virtual environment, never data
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache test-results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
