# Everything a newcomer needs: make demo, make test, make check, make bench.
# Python 3.11, Node 20 and their package managers are enough; uv is fetched into .venv.

PYTHON ?= python3
WORLD ?= prefecture
PORT ?= 8000
BIN := .venv/bin
UV := $(BIN)/uv
STAMPS := build/stamps

export UV_PROJECT_ENVIRONMENT := .venv
export PORT
unexport PYTHONDONTWRITEBYTECODE # else each process compiles everything anew

.PHONY: demo test test-e2e check bench install front messages clean

demo: install front messages
	GENXU_MODE=demo $(BIN)/genxu demo --scale $(WORLD)

test: install front messages
	npm test --silent
	$(BIN)/pytest -n auto --dist worksteal $(PYTEST)

check: install front messages
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint src --lint --quiet
	npm run --silent check

bench: install front messages
	$(BIN)/python -m bench $(BENCH)

install: $(STAMPS)/python
front: $(STAMPS)/front
messages: $(STAMPS)/messages

$(UV):
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet uv

$(STAMPS)/python: $(UV) pyproject.toml uv.lock
	$(UV) sync --locked --quiet
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/node: package.json package-lock.json
	npm ci --silent --no-audit --no-fund
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/front: $(STAMPS)/node vite.config.ts tsconfig.json $(shell find frontend -type f)
	npm run --silent build
	@mkdir -p $(STAMPS) && touch $@

$(STAMPS)/messages: $(STAMPS)/python $(shell find src/genxu/locale -name '*.po')
	$(BIN)/pybabel -q compile --domain django --directory src/genxu/locale
	@mkdir -p $(STAMPS) && touch $@

clean:
	rm -rf .venv node_modules build var src/genxu/static_build/assets src/genxu/fonts_build
