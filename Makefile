# Every target runs `make setup` first: a fresh machine needs only Python >= 3.11, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: help setup check test test-unit test-words test-full test-browser test-ffmpeg test-adk demo soak soak-short soak-faults files files-short bench lint format lock clean
.DEFAULT_GOAL := help

PYTEST := $(BIN)/python -m pytest
# Every worker and every process of the tests would otherwise compile the whole program for itself.
unexport PYTHONDONTWRITEBYTECODE
# Tests wait for processes and clocks more than they compute: with two workers a core the cores were half idle, and each
# more collects all tests once more. A worker gets one test at a time: whoever is free takes the next.
WORKERS ?= 6
PARALLEL := --numprocesses $(WORKERS) --dist load --maxschedchunk 1
# Tests that only compute need a worker a core.
COMPUTING := --numprocesses auto --dist worksteal
# These tests start no process, no FFmpeg and no server of another kind, so they finish within a minute.
UNIT := tests/core tests/studio/understanding tests/bots/console tests/test_architecture.py

help:  ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## +/\1\t/' | expand -t 14

setup: $(STAMP)  ## the environment in .venv, from locked requirements

$(STAMP): requirements-dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

check: lint test-unit  ## lint, types and unit tests, in less than a minute: before every commit

test-unit: setup  ## the tests of words, rules and pure functions
	$(PYTEST) $(COMPUTING) $(UNIT) --ignore tests/core/media/test_media.py --ignore tests/core/media/test_odd_types.py

test: setup  ## every test but the long ones below
	$(PYTEST) $(PARALLEL)

test-words: setup  ## every rewording of the corpora (`test` tries a sample): a few minutes
	HYPOTHESIS_PROFILE=thorough $(PYTEST) $(COMPUTING) -m '' tests/studio/understanding

test-full: setup  ## the long series of starts, kills and renders (`test` runs a short one of each)
	$(PYTEST) $(PARALLEL) -m full

test-browser: setup  ## the page of a result in a real Chromium; SCREENSHOTS=folder keeps pictures of it
	$(PYTEST) -rs -m browser tests/bots/results

demo: setup  ## a spoken clip goes in, an MP3 comes out
	$(BIN)/python -m bots.demo

# Only the files with the mark are collected: collecting all files would take longer than these tests.
test-ffmpeg: setup  ## the tests that show what FFmpeg can do, with another one: make test-ffmpeg FFMPEG=/usr/bin/ffmpeg
	@test -x "$(FFMPEG)" || { echo "Say which one: make test-ffmpeg FFMPEG=/usr/bin/ffmpeg" >&2; exit 2; }
	STUDIO_FFMPEG="$(FFMPEG)" $(PYTEST) $(PARALLEL) -rs -m 'ffmpeg and not full' \
		$$(grep -rl --include='*.py' 'pytest\.mark\.ffmpeg' tests)

soak: setup  ## kill -9 again and again; reports what was lost, which must be nothing: about half an hour
	$(BIN)/python -m tests.soak

soak-short: setup  ## the same in a minute or two, with one process
	$(BIN)/python -m tests.soak short

soak-faults: setup  ## one fault at one call of a job, in 650 cases; counts turns paid twice and untruths: minutes
	$(BIN)/python -m tests.soak.faults
	$(BIN)/python -m tests.soak.faults --studio --cases 150

files: setup  ## every odd but ordinary file, every operation and skill on it, with a table; STUDIO_FFMPEG tries another
	$(BIN)/python -m tests.files

files-short: setup  ## the same with a few operations, in a minute
	$(BIN)/python -m tests.files short

bench: setup  ## measures speed and writes the results to bench/results
	$(BIN)/python -m bench

lint: setup  ## ruff, mypy (strict) and the import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup  ## ruff fixes and formats the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# A separate environment, because google-adk brings a hundred packages. The pip that comes with Python 3.11 refuses its
# extras ("must have their versions pinned"), although they are pinned.
ADK := .venv-adk
test-adk: $(ADK)/.installed  ## tests the stream reader against google-adk's own server
	$(ADK)/bin/python -m pytest -m adk tests/adk

$(ADK)/.installed: requirements-adk.txt
	@test -x $(ADK)/bin/python || $(PYTHON) -m venv $(ADK)
	$(ADK)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25'
	$(ADK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-adk.txt
	$(ADK)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Versions and hashes for every platform and Python, without index addresses, so any index can be used.
UV_COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml
lock:  ## compiles the locked requirements again; needs uv
	$(UV_COMPILE) --output-file requirements.txt
	$(UV_COMPILE) --extra postgres --group dev --output-file requirements-dev.txt
	$(UV_COMPILE) --extra postgres --group dev --group adk --output-file requirements-adk.txt

clean:  ## removes the environments
	rm -rf $(VENV) $(ADK) demo
