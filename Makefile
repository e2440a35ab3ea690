# Two commands on a fresh machine:
#   make demo   installs into .venv, runs the main job on the bundled sample, prints the page to open
#   make test   installs what the tests need too, Debian packages included, and runs everything
# Another Python: make demo PYTHON=/path/to/python3.12

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-print-directory
SHELL := /bin/bash

VENV := .venv
BIN := $(VENV)/bin
RESULTS := maps/results
UV ?= uv
# The first of these that starts and is new enough.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
# What the tests need beside Python: a browser that opens the pages, type for the report, a database of places.
DEBIAN_PACKAGES := chromium libpangoft2-1.0-0 postgresql postgresql-postgis nginx-light
# The other two families of browsers: 110 MB to fetch, 496 MB on the disk, so only who asks for them gets them.
FAMILY_PACKAGES := firefox-esr webkit2gtk-driver xvfb

.PHONY: help demo test lint bench docs gallery families cli-docs measures-docs streets-docs schema-docs outputs-docs lock clean

help:
	@sed -n '2,4s/^# //p' $(firstword $(MAKEFILE_LIST))

# The last line is the page to open.
demo: $(VENV)/.run
	$(BIN)/tesoma-geo run --workspace layers/tesoma.toml --out $(RESULTS) --overwrite

# pytest comes last, so that the last line says how many tests passed.
test: $(VENV)/.test $(VENV)/.debian lint
	$(BIN)/python -m pytest -n 2 --dist worksteal

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Needs the real data in ../shared/data; writes benchmarks/results.md.
bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks

cli-docs: $(VENV)/.run
	$(BIN)/python docs/make_cli.py > docs/cli.md

# The documentation site, without a network; a link that leads nowhere stops it. The tests build it too.
docs: $(VENV)/.test
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet
	@echo "Open this page in a browser: build/docs/index.html"

# The pictures of the gallery and the README, from the sample; needs Chromium.
gallery: $(VENV)/.test
	$(BIN)/python docs/make_gallery.py

# The pages in Firefox and WebKit too.
families: DEBIAN_PACKAGES += $(FAMILY_PACKAGES)
families: $(VENV)/.test $(VENV)/.families
	$(BIN)/python -m pytest tests/browser/test_families.py

schema-docs: $(VENV)/.run
	$(BIN)/python docs/make_schema.py

outputs-docs: $(VENV)/.run
	$(BIN)/python docs/make_outputs.py

measures-docs: $(VENV)/.run
	$(BIN)/python docs/make_measures.py > docs/measures.md

streets-docs: $(VENV)/.run
	$(BIN)/python docs/make_streets.py > docs/streets.md

# Needs uv. One set of versions for every Python that pyproject.toml allows. With the extras of `make demo`: pages
# with their pictures, the report as PDF, downloads, the workshop.
VERSIONS := --universal --python-version 3.11 --fork-strategy fewest --generate-hashes --no-header --no-emit-index-url --quiet
LOCK := pip compile pyproject.toml $(VERSIONS) --group build --extra fetch --extra pdf --extra stills --extra workshop
# What the image has beyond them: all that a command may ask for but the browser of `check --browser`.
IMAGE_EXTRAS := --extra annotations --extra cluster --extra dp --extra location --extra postgis --extra s3
lock:
	$(UV) $(LOCK) --output-file requirements/run.txt
	$(UV) $(LOCK) --constraint requirements/run.txt --group test --group lint --group docs --output-file requirements/test.txt
	$(UV) $(LOCK) --constraint requirements/run.txt --group bench --output-file requirements/bench.txt
	$(UV) $(LOCK) --constraint requirements/test.txt $(IMAGE_EXTRAS) --output-file requirements/image.txt

clean:
	rm -rf $(VENV) $(RESULTS) build dist

# A stamp is newer than what was installed; a changed list of versions installs again.
$(VENV)/bin/python:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed. Install it, or name one: make PYTHON=/path/to/python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); exit 1; }

$(VENV)/.run $(VENV)/.test $(VENV)/.bench: $(VENV)/.%: requirements/%.txt pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $<
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.debian $(VENV)/.families: | $(VENV)/bin/python
	@missing=$$(for package in $(DEBIAN_PACKAGES); do \
		dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'ok installed' || echo $$package; done); \
	if [ -n "$$missing" ]; then \
		command -v apt-get >/dev/null || { echo "The tests need: $$missing. Install them and run make test again."; exit 1; }; \
		root=$$([ "$$(id -u)" = 0 ] || echo sudo); set -x; \
		$$root apt-get update -qq && $$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $$missing; \
	fi
	@touch $@
