#!/usr/bin/env bash
# Wheel and sdist from what is committed (or, without git, from what lies here), installed into a clean environment and tried in an empty folder. Leaves both in dist/.
# Usage: packaging/dist.sh PYTHON [FOLDER]   (PYTHON has setuptools; FOLDER is where the files go)
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
target=${2:-dist}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$target" "$work/source" "$work/made"
if git rev-parse --is-inside-work-tree >/dev/null 2>&1; then
  git archive --format=tar HEAD
else  # an unpacked copy
  tar -c --exclude=./output --exclude='./.venv*' --exclude=./dist --exclude=./build --exclude='*.egg-info' .
fi | tar -x -C "$work/source"
(cd "$work/source" && "$python" -c "
from setuptools import build_meta as build
build.build_sdist('$work/made')
build.build_wheel('$work/made')" >/dev/null)
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --require-hashes -r requirements.lock
"$work/venv/bin/pip" install -q --no-deps "$work"/made/*.whl
"$work/venv/bin/python" packaging/smoke.py "$work/venv/bin/hrbook"
# The sdist makes the same package: installed in the wheel's place it holds the same files.
listing() { "$work/venv/bin/python" -I -c "
import importlib.metadata as m
print(*sorted(str(f) for f in m.files('hrbook') if 'dist-info' not in str(f) and '__pycache__' not in str(f)), sep='\n')"; }
listing > "$work/wheel.txt"
"$work/venv/bin/pip" install -q --no-deps --no-build-isolation --force-reinstall "$work"/made/*.tar.gz
listing > "$work/sdist.txt"
diff "$work/wheel.txt" "$work/sdist.txt"
(cd "$work" && "$work/venv/bin/hrbook" --version)
cp "$work"/made/* "$target"
(cd "$target" && sha256sum ./*.whl ./*.tar.gz > SHA256SUMS)
