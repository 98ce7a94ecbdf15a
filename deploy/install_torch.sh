#!/bin/sh
# Adds the extra `torch` to an environment if pip offers a CPU build: install_torch.sh PYTHON_OF_THE_ENVIRONMENT
# Several GB of CUDA, which nothing here uses, are installed only with COPILOT_INSTALL_CUDA=1.
set -eu
here=$(dirname "$0")/..
pip="$1 -m pip --disable-pip-version-check install --quiet --constraint $here/constraints.txt"

"$1" -c 'import sentence_transformers' 2>/dev/null && exit 0
torch=$(grep '^torch==' "$here/constraints.txt")
if [ -z "${COPILOT_INSTALL_CUDA:-}" ] && $pip --dry-run --report - "$torch" | grep -q '"name": "nvidia-'; then
    echo "pip would bring $torch with several GB of CUDA. Point PIP_EXTRA_INDEX_URL at PyTorch's index of" >&2
    echo "CPU builds, or accept CUDA with COPILOT_INSTALL_CUDA=1, and run the same command again." >&2
    exit 1
fi
# By itself first: beside other packages, pip may prefer a newer build from another index.
$pip "$torch"
$pip --editable "$here[torch]"
