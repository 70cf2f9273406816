# The newcomer's two commands are `make demo` and `make test`; everything lives in .venv and .labourscope.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SERVE ?= 1
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# set in many containers; each of the dozens of processes that demo and tests start would compile the libraries anew
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help install install-dev demo test test-all lint format docs lock clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "make %-12s %s\n", $$1, $$2}'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Labourscope needs Python 3.11 or newer, this is " + sys.version.split()[0] + "; name another with make PYTHON=python3.12 ...")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || { echo "This Python cannot make virtual environments; on Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)

# pip fetches uv and uv the rest, many times faster than pip would; where uv cannot (an index that only pip is told of in a file, no
# wheel of it), pip does it all
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
ifdef PIP_CERT
export SSL_CERT_FILE ?= $(PIP_CERT)
endif
UV := test -x $(BIN)/uv && $(BIN)/uv pip install --quiet --python $(BIN)/python
PIP := $(BIN)/python -m pip install --quiet

$(VENV)/.uv: requirements-uv.lock | $(BIN)/python
	@$(PIP) --require-hashes --only-binary :all: -r requirements-uv.lock || echo "uv cannot be had here: pip installs the libraries, which takes minutes"
	@touch $@

# for pip the lock is its own constraint too: it looks at a library with extras (sqlalchemy[asyncio]) apart from the pinned one
$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/.uv
	@echo "installing the libraries"
	@$(UV) --require-hashes -r requirements.lock || $(PIP) --require-hashes -r requirements.lock -c requirements.lock
	@$(UV) --no-deps --no-build-isolation -e . || $(PIP) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	@$(UV) --require-hashes -r requirements-dev.lock || $(PIP) --require-hashes -r requirements-dev.lock -c requirements-dev.lock
	@touch $@

install: $(VENV)/.installed  ## create .venv with the locked dependencies
install-dev: $(VENV)/.installed-dev  ## the same with what tests, lint and docs need

demo: install  ## run the whole way on the sample boards and serve it (SERVE=0: do not serve)
	@LABOURSCOPE_HOME=$${LABOURSCOPE_HOME:-.labourscope/demo} $(BIN)/labourscope demo $(if $(filter 0,$(SERVE)),--no-serve,--serve)

# modules with few tests hold the longest ones: begun last, as pytest-xdist would, they leave one process waiting for the other
test: install-dev  ## run the tests that need no server, network or browser, and not long
	$(BIN)/python -m pytest -n 2 --dist loadscope --no-loadscope-reorder -m "not long"

test-all: install-dev  ## fetch and start Elasticsearch and Chromium and run every test
	$(BIN)/python tests/services/test_all.py

lint: install-dev  ## formatting, lint, types and the house's arrows
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: install-dev  ## format and mend what ruff can mend
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: install-dev  ## generate the reference pages and build the documentation
	$(BIN)/labourscope docs docs/reference
	$(BIN)/sphinx-build -q -W -b html docs docs/_build/html

lock:  ## write the lock files anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --extra build pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --extra build --extra dev --extra docs pyproject.toml -o requirements-dev.lock
	echo uv | uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url - -o requirements-uv.lock

clean:  ## remove the environment and the demo's data
	rm -rf $(VENV) .labourscope .cache docs/_build
