# Tasks of the house. `make help` lists them. Everything runs in .venv, made from the locks.
PY := .venv/bin/python
SHARED ?= ../shared

# docs, dist, notices and frozen are names of folders or files, too
.PHONY: docs dist notices frozen help setup check test proof pictures sample bench lock gallery nightly trust coverage

help:  ## this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup:  ## virtual environment with everything that work needs
	python3 -m venv .venv
	.venv/bin/pip install -q --require-hashes -r requirements-dev.lock
	.venv/bin/pip install -q --no-deps --no-build-isolation -e .

check:  ## ruff, mypy strict, import contracts
	$(PY) -m ruff check hrbook tests benchmarks manual packaging
	$(PY) -m ruff format --check hrbook tests benchmarks manual packaging
	$(PY) -m mypy
	.venv/bin/lint-imports

test:  ## the test suite; needs pip packages only
	$(PY) -m pytest

proof:  ## the checks with real LibreOffice, the npm validator and the corpus; says which it cannot run
	$(PY) -m pytest -m proof -rs

trust:  ## the figures on safety: leaks, kills, faults, injection, corpus, environments (about an hour)
	HRBOOK_SHARED=$(SHARED) $(PY) -m tests.trust

coverage:  ## branch coverage: 95 % overall, 100 % of core (an hour on two processors)
	$(PY) -m coverage erase
	$(PY) -m coverage run -m pytest -n auto --dist worksteal -p no:cacheprovider
	$(PY) -m coverage combine -q
	$(PY) -m coverage report --skip-covered --fail-under=95
	$(PY) -m coverage report --include='hrbook/core/*' --fail-under=100

pictures:  ## render the sample's books to PNG under output/pictures (needs LibreOffice, poppler)
	$(PY) -m benchmarks.pictures

nightly:  ## every book of 200 generated cities before the outside validator (hours)
	$(PY) -m benchmarks.nightly

gallery:  ## the pictures of the documentation, made anew in docs/pictures (needs ImageMagick, too; minutes)
	$(PY) -m benchmarks.gallery

sample:  ## make the shipped sample city again
	.venv/bin/hrbook sample --force

bench:  ## ratios against the baselines, in one run; what a build costs by staff, departments, history; filling of forms
	$(PY) -m benchmarks
	$(PY) -m benchmarks.curve
	$(PY) -m benchmarks.forms

docs:  ## the documentation site, strictly, in output/site (needs requirements-docs.lock)
	NO_MKDOCS_2_WARNING=1 PYTHONPATH=. .venv/bin/mkdocs build --strict -q

dist:  ## wheel and sdist in dist/, installed into a clean environment and tried in an empty folder
	packaging/dist.sh $(PY)

notices:  ## the licences of what is installed with hrbook, in docs/notices.md
	$(PY) packaging/notices.py

frozen: dist  ## the one-folder build in dist/hrbook from the wheel in dist/, and a try of it (minutes)
	python3 -m venv build/frozen
	build/frozen/bin/pip install -q --require-hashes -r requirements.lock
	build/frozen/bin/pip install -q --no-deps dist/*.whl
	build/frozen/bin/pip install -q pyinstaller
	build/frozen/bin/python packaging/build_folder.py
	$(PY) packaging/smoke.py dist/hrbook/hrbook

lock:  ## renew the locks (needs uv)
	printf 'setuptools>=77\n' > build.in
	uv pip compile setup.cfg build.in --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements.lock
	uv pip compile setup.cfg --extra dev --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -o requirements-dev.lock
	uv pip compile setup.cfg --extra docs --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -c requirements-dev.lock -o requirements-docs.lock
	uv pip compile setup.cfg build.in --extra cluster --universal --python-version 3.11 --generate-hashes --no-header --no-annotate -q -c requirements-dev.lock -o requirements-cluster.lock
	rm build.in
