# Everything goes through `make setup`: a fresh machine needs Python >= 3.11, make and git.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup demo test test-ffmpeg soak bench lint format lock test-adk clean

setup: $(STAMP)

$(STAMP): requirements-dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup  ## a spoken clip goes in, an MP3 comes out
	$(BIN)/python -m bots.demo

test: setup
	$(BIN)/python -m pytest --numprocesses 4 --dist worksteal

# By the files that hold the mark: to collect all the others would take longer than these tests.
test-ffmpeg: setup  ## the tests that show what FFmpeg can do, with another one: make test-ffmpeg FFMPEG=/usr/bin/ffmpeg
	@test -x "$(FFMPEG)" || { echo "Say which one: make test-ffmpeg FFMPEG=/usr/bin/ffmpeg" >&2; exit 2; }
	STUDIO_FFMPEG="$(FFMPEG)" $(BIN)/python -m pytest --numprocesses auto --dist worksteal -rs -m ffmpeg \
		$$(grep -rl --include='*.py' 'pytest\.mark\.ffmpeg' tests)

soak: setup  ## kill -9 at length; says what was lost, which has to be nothing
	$(BIN)/python -m tests.soak

bench: setup  ## measures, and writes what it found to bench/results
	$(BIN)/python -m bench

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: setup
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# google-adk's own server as a peer for the stream reader, in an environment of its own.
ADK := .venv-adk
test-adk: $(ADK)/.installed
	$(ADK)/bin/python -m pytest -m adk tests/adk

$(ADK)/.installed: requirements-adk.txt
	@test -x $(ADK)/bin/python || $(PYTHON) -m venv $(ADK)
	$(ADK)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-adk.txt
	$(ADK)/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# Versions and hashes for every platform and Python; no addresses, so any index serves them.
UV_COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url pyproject.toml
lock:
	$(UV_COMPILE) --output-file requirements.txt
	$(UV_COMPILE) --extra postgres --group dev --output-file requirements-dev.txt
	$(UV_COMPILE) --extra postgres --group dev --group adk --output-file requirements-adk.txt

clean:
	rm -rf $(VENV) $(ADK) demo
