# One word each. `make` alone lists the targets; each one sets up .venv by itself with nothing but python3 >= 3.11.
PYTHON ?= python3
WORKERS ?= 2
NAME ?=
ONLY ?=
# The browser of the tests; empty = the one of this machine, else one is installed.
CHROMIUM ?=
export CHROMIUM
BIN := .venv/bin
# The stamp is named after what was installed, so a changed lock installs again and an unchanged one costs nothing.
READY := .venv/ready-$(shell cat requirements-dev.lock pyproject.toml | cksum | cut -d ' ' -f 1)
# Compiled modules are kept between runs, whatever the shell says: without them every process compiles everything.
unexport PYTHONDONTWRITEBYTECODE
# The solvers and the plots of the matching benchmark, which nothing else needs.
PEERS := .venv/peers-$(shell cat requirements-bench.lock | cksum | cut -d ' ' -f 1)
BROWSER := .venv/browser
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/python -m uv pip compile --universal --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet

.DEFAULT_GOAL := help
.PHONY: help demo run test test-web browser screenshots check bench prove migration openapi lock clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## set up, seed the pilot and take three orders from measure to money
	@$(BIN)/clothingline demo run

run: $(READY) ## serve the web and the API with the seeded pilot, and run the jobs
	@$(BIN)/clothingline serve --with-worker

test: $(READY) $(BROWSER) ## the import contracts, then the tests
	$(BIN)/lint-imports --no-logo
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not prove and not web"

test-web: $(READY) $(BROWSER) ## every page in every look, language and role, in a real browser
	$(BIN)/pytest -n $(WORKERS) --dist worksteal tests/web tests/browser

browser: $(READY) $(BROWSER) ## find a browser for the tests, or install one

screenshots: $(READY) $(BROWSER) ## take the pictures of docs/screenshots from the real pages
	@$(BIN)/pytest -q -n 0 tests/browser/screenshots.py

check: $(READY) $(BROWSER) ## exactly what CI holds us to: format, lint, imports, types, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m "not prove and not web"

bench: $(READY) $(PEERS) $(BROWSER) ## measure service, pages and engine beside floors, gates and peers; ONLY=http, pages, matching, seasons, lines or quick
	@$(BIN)/python -m benchmarks $(ONLY)

prove: $(READY) ## the proofs of faults, races and security
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m prove

migration: $(READY) ## write a migration from the models: make migration NAME=add_lots
	@test -n "$(NAME)" || { echo "Say what it does: make migration NAME=add_lots" >&2; exit 2; }
	@$(BIN)/clothingline db revision "$(NAME)"

openapi: $(READY) ## write the documents that are made from the code: openapi/, docs/, .env.example
	@mkdir -p openapi
	@$(BIN)/clothingline api openapi > openapi/clothingline.yaml.new && mv openapi/clothingline.yaml.new openapi/clothingline.yaml
	@$(BIN)/clothingline api docs

lock: $(READY) ## bring the locks in line with pyproject.toml
	@$(BIN)/python -m uv --version >/dev/null 2>&1 || $(PIP) install uv
	$(COMPILE) --group dev pyproject.toml --output-file requirements-dev.lock
	$(COMPILE) pyproject.toml --constraints requirements-dev.lock --output-file requirements.lock
	$(COMPILE) pyproject.toml --extra bench --constraints requirements-dev.lock --output-file requirements-bench.lock

clean: ## remove what can be made again; data in .local stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache dist
	find $(wildcard src tests benchmarks migrations) -name __pycache__ -type d -prune -exec rm -rf {} +

# Without --no-compile, a third of the set-up goes into bytecode of modules that nobody imports.
$(READY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "clothingline needs Python 3.11 or newer: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "This Python lacks venv or ensurepip; on Debian or Ubuntu: apt install python3-venv" >&2; exit 1; }
	@echo "Setting up .venv from requirements-dev.lock …"
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv .venv
	@$(PIP) install --no-deps --no-compile --require-hashes --requirement requirements-dev.lock
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@$(BIN)/clothingline match warm
	@rm -f .venv/ready-* && touch $@

# A browser that has gone since is looked for again by the tests themselves.
$(BROWSER): | $(READY)
	@$(BIN)/python -m tests.browser.finding $@

$(PEERS): requirements-bench.lock | $(READY)
	@echo "Adding the peers of the matching benchmark from requirements-bench.lock …"
	@$(PIP) install --no-deps --no-compile --require-hashes --requirement requirements-bench.lock
	@rm -f .venv/peers-* && touch $@
