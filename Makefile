# Every target builds the environment it needs first. PYTHON may name another interpreter (3.11 or newer).
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
STAMP = $(VENV)/.installed
PACKAGES = core storage knowledge tools tools_registry graphs server evals cli

.PHONY: run test notebooks check fuzz chaos test-firebase-emulator bench eval accept install clean lock

run: $(STAMP)  ## from nothing to a running service, no key needed
	$(BIN)/copilot up --demo

test: $(STAMP)  ## the whole suite, real Postgres included
	$(BIN)/python -m pytest tests/unit -q
	$(BIN)/python -m pytest tests/integration -q -n 2 --dist loadgroup
	$(BIN)/python -m pytest tests/chaos -q
	$(MAKE) notebooks

notebooks: $(STAMP)  ## run every notebook from top to bottom; a failing cell or assertion fails
	JUPYTER_PLATFORM_DIRS=1 $(BIN)/python -m pytest notebooks -q -n 2 \
		-p nbmake.pytest_plugin --nbmake --nbmake-timeout=120

check: $(STAMP)  ## lint, types, layer contracts, known weaknesses, secrets, notebooks without outputs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nbstripout --verify --keep-id notebooks/*.ipynb
	$(BIN)/bandit -q -c pyproject.toml -r $(PACKAGES)
	git ls-files -z | xargs -0 $(BIN)/detect-secrets-hook

fuzz: $(STAMP)  ## ask every operation of the API a hundred times each way, as three roles
	COPILOT_FUZZ_EXAMPLES=100 $(BIN)/python -m pytest tests/integration/server/test_openapi.py -q

chaos: $(STAMP)  ## kill services, workers and Postgres 200 times under load; CHAOS_SEED repeats a run
	CHAOS_KILLS=$${CHAOS_KILLS:-200} $(BIN)/python -m pytest tests/chaos -q

test-firebase-emulator: $(STAMP)  ## against Firebase's emulator, which npm installs first
	COPILOT_FIREBASE_EMULATOR=1 $(BIN)/python -m pytest -q \
		tests/integration/server/test_firebase_emulator.py

bench: $(STAMP)  ## ratios against the plain way, to bench/results/*.json
	$(BIN)/python -m bench

eval: $(STAMP)  ## every suite on the samples, held against thresholds and accepted scores; EVAL_RESULTS keeps them
	sh deploy/eval.sh $(BIN) "$(EVAL_RESULTS)" --gate
	$(BIN)/python -m pytest -q -p langsmith.pytest_plugin -p evals.pytest_plugin tests/quality

accept: $(STAMP)  ## hold later changes against the scores of this one, and write README's figures
	sh deploy/eval.sh $(BIN) "$(EVAL_RESULTS)" --accept
	$(BIN)/copilot eval readme

install: $(STAMP)

$(STAMP): pyproject.toml constraints.txt deploy/install.sh
	sh deploy/install.sh "$(PYTHON)" "$(VENV)"
	touch $(STAMP)

lock: $(STAMP)  ## write constraints.txt anew from what pyproject.toml resolves to
	sh deploy/lock.sh "$(PYTHON)"

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .langgraph_api
