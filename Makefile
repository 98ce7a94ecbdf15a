# Every target builds the environment it needs first. PYTHON may name another interpreter (3.11 or newer).
# PORT may name another port for `make run`.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
RUNTIME = $(VENV)/.runtime-installed
DEV = $(VENV)/.dev-installed
REQUIREMENTS = pyproject.toml constraints.txt deploy/weights.txt deploy/install.sh
PACKAGES = core storage knowledge tools tools_registry graphs server evals cli

# Modules are compiled when they are first imported; where this is set, each process would compile them again.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test test-interpreters notebooks check fuzz chaos test-firebase-emulator bench eval accept \
	install torch clean lock resolve fresh

run: $(RUNTIME)  ## from nothing to a running service, no key needed
	$(if $(PORT),COPILOT_PORT=$(PORT)) $(BIN)/copilot up --demo

test: $(DEV)  ## the whole suite, real Postgres included
	$(BIN)/python -m pytest tests/unit -q
	$(BIN)/python -m pytest tests/integration -q -n 2 --dist loadgroup
	$(BIN)/python -m pytest tests/chaos -q
	$(MAKE) notebooks

test-interpreters:  ## the unit suite and a first answer on each other Python that this machine has
	sh deploy/test_interpreters.sh

notebooks: $(DEV)  ## run every notebook from top to bottom; a failing cell or assertion fails
	JUPYTER_PLATFORM_DIRS=1 $(BIN)/python -m pytest notebooks -q -n 2 \
		-p nbmake.pytest_plugin --nbmake --nbmake-timeout=120

check: $(DEV)  ## lint, types, layer contracts, known weaknesses, secrets, notebooks without outputs
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/nbstripout --verify --keep-id notebooks/*.ipynb
	$(BIN)/bandit -q -c pyproject.toml -r $(PACKAGES)
	git ls-files -z -- ':!server/api_docs/static' | xargs -0 $(BIN)/detect-secrets-hook

fuzz: $(DEV)  ## ask every operation of the API a hundred times each way, as three roles
	COPILOT_FUZZ_EXAMPLES=100 $(BIN)/python -m pytest tests/integration/server/test_openapi.py -q

chaos: $(DEV)  ## kill services, workers and Postgres 200 times under load; CHAOS_SEED repeats a run
	CHAOS_KILLS=$${CHAOS_KILLS:-200} $(BIN)/python -m pytest tests/chaos -q

test-firebase-emulator: $(DEV)  ## against Firebase's emulator, which npm installs first
	COPILOT_FIREBASE_EMULATOR=1 $(BIN)/python -m pytest -q \
		tests/integration/server/test_firebase_emulator.py

bench: torch  ## ratios against the plain way, to bench/results/*.json
	$(BIN)/python -m bench

eval: $(DEV)  ## every suite on the samples, held against thresholds and accepted scores; EVAL_RESULTS keeps them
	sh deploy/eval.sh $(BIN) "$(EVAL_RESULTS)" --gate
	$(BIN)/python -m pytest -q -p langsmith.pytest_plugin -p evals.pytest_plugin tests/quality

accept: $(DEV)  ## hold later changes against the scores of this one, and write README's figures
	sh deploy/eval.sh $(BIN) "$(EVAL_RESULTS)" --accept
	$(BIN)/copilot eval readme

install: $(DEV)

$(RUNTIME): $(REQUIREMENTS)
	sh deploy/install.sh "$(PYTHON)" "$(VENV)"
	touch $(RUNTIME)

$(DEV): $(REQUIREMENTS)
	sh deploy/install.sh "$(PYTHON)" "$(VENV)" dev,ocr
	touch $(RUNTIME) $(DEV)

torch: $(DEV)  ## the extra for COPILOT_EMBEDDINGS=local-torch and the baselines of benchmarks, as a CPU build
	sh deploy/install_torch.sh "$(BIN)/python"

fresh:  ## clone HEAD into an empty folder, run it, ask it: seconds and megabytes to a first answer
	sh deploy/fresh.sh "$(PYTHON)"

resolve: $(DEV)  ## check that the pins resolve to wheels on each supported platform and Python
	sh deploy/resolve.sh $(BIN)

lock: $(DEV)  ## write constraints.txt anew from what pyproject.toml resolves to
	sh deploy/lock.sh "$(PYTHON)"

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .langgraph_api
