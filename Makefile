# make demo   everything embedded on the sample articles, then a running system
# make test   install, lint, types, every test tier that can run here
# make faults real servers and workers killed, frozen, filled up and cut off; about a quarter of an hour
# make soak   hours: 200,000 articles on real Kafka and Elasticsearch under random faults (SOAK_SEED=n repeats one), the longest
#             faults, and the name tagger trained anew
# make backends  install the other taggers of names, spaCy and onnxruntime, which `make test` runs too: half a gigabyte
# make lock   renew the hash-pinned requirement files
# make quality  scores of the development corpora, when ../shared is there

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
BACKENDS := $(VENV)/.backends
SHARED ?= ../shared
# Test files at a time: most of them wait for servers.
WORKERS ?= 3
# Every command and most tests start processes, each of which would compile all sources anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: setup backends demo test check faults soak bench quality lock kibana tagger clean

setup: $(READY)

$(READY): pyproject.toml deploy/locks/dev.txt $(wildcard deploy/build/*.py deploy/build/*/* pipeline/gazetteer/sources/*)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "tocsin needs Python 3.11 or later; $$($(PYTHON) --version) is too old. Try: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian: apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/locks/dev.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q schemas pipeline agents
	@touch $@

backends: $(BACKENDS)

$(BACKENDS): deploy/locks/backends.txt $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r deploy/locks/backends.txt
	@touch $@

demo: setup
	$(BIN)/tocsin demo

check: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check backends
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder --cov --cov-report=term:skip-covered

soak: setup
	$(BIN)/python -m pytest -m soak --no-cov -s tests/real/faults tests/quality

faults: setup
	$(BIN)/python -m pytest -m faults --no-cov -s tests/e2e tests/real

bench: setup
	$(BIN)/tocsin bench

quality: setup
	$(BIN)/python $(SHARED)/quality/score.py --predict pipeline.enrich:enrich_text --tasks ner,geo,figures,sanctions,cases

lock: setup
	$(BIN)/uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --output-file deploy/locks/run.txt
	$(BIN)/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --output-file deploy/locks/dev.txt
	$(BIN)/python -c "import tomllib; print(*tomllib.load(open('pyproject.toml', 'rb'))['build-system']['requires'], sep='\n')" | \
	  $(BIN)/uv pip compile - --constraint deploy/locks/dev.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --output-file deploy/locks/build.txt
	$(BIN)/python -c "import tomllib; p = tomllib.load(open('pyproject.toml', 'rb')); extras = p['project']['optional-dependencies']; print(*extras['spacy'], *extras['transformers'], *p['dependency-groups']['backends'], sep='\n')" | \
	  $(BIN)/uv pip compile - --constraint deploy/locks/dev.txt --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header --quiet --output-file deploy/locks/backends.txt

# Kibana's import file, after a change of fields or rules
kibana: setup
	$(BIN)/python -m deploy.kibana

# weights of the name tagger, from the development data; the same bytes every time
tagger: setup
	$(BIN)/python -m deploy.tagger

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis .coverage
