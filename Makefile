# Two commands do all the set-up: `make demo` and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check -qq
PORT ?= 8000
export PORT

OIDC := tests/oidc/node_modules
CARNET := tests/annuaire/carnet/node_modules
LIGHTHOUSE := tests/navigateur/lighthouse/node_modules
VNU := tests/html/vnu/node_modules

.PHONY: demo demo-reset test lint fmt typecheck essais bench captures lighthouse lock

demo: $(VENV)/.demo
	@deploy/paquets.sh demo
	@exec $(PY) -m dossierunique.embarque demo

demo-reset: $(VENV)/.demo
	@$(PY) -m dossierunique.embarque effacer
	@$(MAKE) --no-print-directory demo

test: $(VENV)/.test
	@deploy/paquets.sh test
	@$(MAKE) --no-print-directory lint typecheck
	@$(MAKE) --no-print-directory essais

# The stamps say which lock the virtual environment holds; the lock of the tests contains the demo's.
$(VENV)/.demo: requirements/demo.lock | $(PY)
	@echo "Installation des paquets Python…"
	@test -e $(VENV)/.test || $(PIP) install --require-hashes -r requirements/demo.lock
	@test ! -e $(VENV)/.test || $(PIP) install --require-hashes -r requirements/test.lock
	@touch $@

$(VENV)/.test: requirements/test.lock | $(PY)
	@echo "Installation des paquets Python des essais…"
	@$(PIP) install --require-hashes -r requirements/test.lock
	@touch $@ $(VENV)/.demo

# A real OpenID provider, for the tests of the federated sign-in: npm only checks the lock's hashes and unpacks.
$(OIDC)/.package-lock.json: tests/oidc/package-lock.json
	@echo "Installation du fournisseur OpenID des essais…"
	@cd tests/oidc && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# The vCard reader of Thunderbird, for the tests of the directory.
$(CARNET)/.package-lock.json: tests/annuaire/carnet/package-lock.json
	@echo "Installation du lecteur de cartes des essais…"
	@cd tests/annuaire/carnet && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# The Nu HTML checker, for the tests of the pages; it runs on Java.
$(VNU)/.package-lock.json: tests/html/vnu/package-lock.json
	@echo "Installation du vérificateur de HTML des essais…"
	@cd tests/html/vnu && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || \
		{ echo "Python 3.11 est nécessaire (PYTHON=/chemin/python3.11 make …)" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

lint: $(VENV)/.test
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check -q .
	@git ls-files '*.html' | xargs $(VENV)/bin/djade --check || { echo "Gabarits à mettre en forme : make fmt"; exit 1; }
	$(VENV)/bin/lint-imports --config pyproject.toml | tail -n 3
	DJANGO_SETTINGS_MODULE=dossierunique.settings.test $(PY) -W ignore::RuntimeWarning manage.py makemigrations --check --dry-run --skip-checks

typecheck: $(VENV)/.test
	$(VENV)/bin/mypy

essais: $(VENV)/.test $(OIDC)/.package-lock.json $(CARNET)/.package-lock.json $(VNU)/.package-lock.json
	$(VENV)/bin/pytest -n 3 --dist loadgroup -q

fmt: $(VENV)/.test
	$(VENV)/bin/ruff check --fix -q . ; $(VENV)/bin/ruff format -q .
	git ls-files '*.html' | xargs $(VENV)/bin/djade || true

bench: $(VENV)/.test
	$(PY) -m bench

# Screenshots of every page type, wide and on a phone, light and dark, into captures/ (ignored by git).
captures: $(VENV)/.test
	@deploy/paquets.sh test
	$(PY) -m tests.navigateur.captures

# Lighthouse on the five main pages; it fails under 95 and writes bench/lighthouse.md. On a quiet machine: it times.
lighthouse: $(VENV)/.test $(LIGHTHOUSE)/.package-lock.json
	@deploy/paquets.sh test
	$(PY) -m tests.navigateur.phare

$(LIGHTHOUSE)/.package-lock.json: tests/navigateur/lighthouse/package-lock.json
	@echo "Installation de Lighthouse…"
	@cd tests/navigateur/lighthouse && npm ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

# Lock files carry hashes and no registry address.
OUTILS := var/outils
lock:
	@test -x $(OUTILS)/bin/uv || { $(PYTHON) -m venv $(OUTILS) && $(OUTILS)/bin/pip -q install -r requirements/outils.in; }
	for nom in base demo test; do \
		$(OUTILS)/bin/uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
			--no-header requirements/$$nom.in -o requirements/$$nom.lock || exit 1; \
	done
