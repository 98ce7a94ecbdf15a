#!/bin/sh
# Builds the environment: install.sh PYTHON VENV
set -eu
python=$1
venv=$2
here=$(dirname "$0")/..

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 ..." >&2
    exit 1
}
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
pip="$venv/bin/python -m pip --disable-pip-version-check"

# torch comes first, by plain pip at its pinned version, so that a CPU build is taken wherever pip's
# own configuration offers one. Several GB of CUDA are never installed by accident.
torch=$(grep '^torch==' "$here/constraints.txt")
if ! "$venv/bin/python" -c 'import torch' 2>/dev/null && [ -z "${COPILOT_INSTALL_CUDA:-}" ]; then
    if $pip install --dry-run --quiet --report - "$torch" | grep -q '"name": "nvidia-'; then
        echo "pip would bring $torch with several GB of CUDA, which nothing here uses." >&2
        echo "Point PIP_EXTRA_INDEX_URL at PyTorch's index of CPU builds, or accept CUDA with" >&2
        echo "COPILOT_INSTALL_CUDA=1, and run the same command again." >&2
        exit 1
    fi
fi
$pip install --quiet "$torch"
$pip install --quiet --constraint "$here/constraints.txt" --editable "$here[dev]"
