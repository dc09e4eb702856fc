# Everyday commands. Each makes .venv from the hash-locked requirements first, if it is not there.
# Needs Python 3.11 with its venv module, and nothing else.

SHELL := /bin/sh
.DEFAULT_GOAL := help

PYTHON ?= $(shell command -v python3.11 || command -v python3)
PORT ?= 8000
HOST ?= 127.0.0.1
DATA_DIR ?= ./var
ADMIN_URL ?= http://localhost:$(PORT)
# Tests on another database: make test-databases DATABASE_URL=postgres://user:password@host/name
# One for each processor, at most eight.
TEST_PROCESSES ?= auto
ARGS ?=

VENV := .venv/bin
MANAGE := $(VENV)/python manage.py
# `check --deploy` looks at the production settings; none of these values is ever served.
PRODUCTION := DJANGO_SETTINGS_MODULE=missions_site.settings.production \
	SECRET_KEY=$$($(VENV)/python -c 'import secrets; print(secrets.token_urlsafe(64))') \
	ALLOWED_HOSTS=.missions.example ADMIN_URL=https://www.missions.example \
	DATABASE_URL=postgres://nobody@localhost/nothing

.PHONY: help run test test-suite test-databases test-elasticsearch test-browser check format bench lock product dev catalogues

help: ## list the commands
	@echo "make run [PORT=8000] [DATA_DIR=./var] [HOST=127.0.0.1]"
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1|\2/p' $(MAKEFILE_LIST) | awk -F'|' '{printf "%-20s %s\n", $$1, $$2}'

run: product ## serve the whole platform with its demo; Ctrl-C stops everything
	@DATA_DIR="$(abspath $(DATA_DIR))" ADMIN_URL="$(ADMIN_URL)" exec $(MANAGE) run_platform --host $(HOST) --port $(PORT)

test: test-suite test-elasticsearch test-browser ## all tests; with Chromium and Elasticsearch where they are found

test-suite: dev catalogues ## all tests that need no browser and no server (ARGS=… goes to pytest)
	$(VENV)/python -m pytest -n $(TEST_PROCESSES) --maxprocesses 8 -m "not browser and not elasticsearch" $(ARGS)

test-elasticsearch: dev catalogues ## the tests of that engine (skipped by name without ELASTICSEARCH_URL)
	$(VENV)/python -m pytest -n $(TEST_PROCESSES) --maxprocesses 8 -m elasticsearch -rs $(ARGS)

test-databases: dev catalogues ## what PostgreSQL decides (DATABASE_URL=postgres://…)
	$(VENV)/python -m pytest -n $(TEST_PROCESSES) --maxprocesses 8 -m "not browser and not elasticsearch" --databases $(ARGS)

test-browser: dev catalogues ## the browser tests (skipped by name without a Chromium)
	$(VENV)/python -m pytest -m browser -rs $(ARGS)

check: dev catalogues ## lint, types, layers, migrations, deployment, catalogues
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/mypy
	$(VENV)/lint-imports
	DATABASE_URL=sqlite://:memory: $(MANAGE) makemigrations --check --dry-run
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING
	$(MANAGE) check_catalogues

format: dev ## put the code in its usual form
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

bench: dev catalogues ## what requests and editors’ screens cost (ARGS=--full: on the whole demo)
	$(VENV)/python -m benchmarks.run $(ARGS)

bench-search: dev ## how good and how fast search is (ARGS=--help tells what can be chosen)
	$(VENV)/python -m benchmarks.search.run $(ARGS)

lock: dev ## pin requirements/*.in again, with hashes (ARGS=--upgrade for newer versions)
	$(call compile,product)
	$(call compile,dev)

product: # .venv with what the platform imports
	@$(PYTHON) requirements/bootstrap.py product

dev: # .venv with the tools of development too
	@$(PYTHON) requirements/bootstrap.py dev

catalogues: # .mo files from locale/, without gettext tools
	@$(MANAGE) compile_catalogues --verbosity 0

define compile
	$(VENV)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
		--no-emit-index-url --custom-compile-command "make lock" $(ARGS) \
		requirements/$(1).in --output-file requirements/$(1).txt
endef
