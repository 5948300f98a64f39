# The everyday commands. Each shows the plain commands that it runs, so that they can be run without make too.

PYTHON ?= python3
BIN := .venv/bin
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all:
RUNTIME := .venv/.runtime
DEVELOPMENT := .venv/.development
ASSETS := build/.assets
# A machine without npm gets it from PyPI, into the same .venv.
NODE := $(if $(shell command -v npm),,.venv/.node)
CHROMIUM := $(or $(KRSCP_CHROMIUM),$(shell command -v chromium-headless-shell || command -v chromium || command -v chromium-browser))

.PHONY: help env demo test check

help:
	@echo "make demo   load the demonstration and serve it on http://127.0.0.1:8000/"
	@echo "make test   run every test, and say which branches none of them takes"
	@echo "make check  look for faults in code, templates, types, migrations and generated pages"
	@echo "make env    install what the tracker needs, in .venv and build"

env: $(RUNTIME) $(ASSETS)

demo: env
	$(BIN)/python manage.py demo

test: $(DEVELOPMENT) $(ASSETS)
	@$(if $(CHROMIUM),echo "Browser tests run in $(CHROMIUM).",echo "No Chromium found: the browser tests are NOT run.")
	$(BIN)/pytest -q -n 2 --maxschedchunk 8 --cov

check: $(DEVELOPMENT) $(ASSETS)
	$(BIN)/ruff check .
	$(BIN)/djlint --quiet --lint templates
	$(BIN)/mypy krscp subgroups recommendations
	$(BIN)/bandit --quiet --recursive --configfile pyproject.toml krscp subgroups recommendations
	$(BIN)/python manage.py makemigrations --check
	$(BIN)/python manage.py write_docs --check

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "The tracker needs Python 3.11 or newer. Name one, for example: make PYTHON=python3.12 demo"; exit 1; }
	$(PYTHON) -m venv .venv || \
	  { rm -rf .venv; echo "Python cannot make a .venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

$(RUNTIME): requirements.txt | $(BIN)/pip
	$(INSTALL) -r requirements.txt
	@touch $@

$(DEVELOPMENT): requirements-dev.txt | $(BIN)/pip
	$(INSTALL) -r requirements-dev.txt
	@touch $@ $(RUNTIME)

.venv/.node: requirements-node.txt | $(BIN)/pip
	$(INSTALL) -r requirements-node.txt
	@touch $@

$(ASSETS): package-lock.json krscp/assets.py $(NODE) | $(RUNTIME)
	PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --no-audit --no-fund --loglevel=error
	$(BIN)/python manage.py build_assets
	@touch $@
