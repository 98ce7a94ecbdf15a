#!/bin/sh
# The unit suite and a first answer on each supported Python, other than the default one, that this machine has.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unset PYTHONPATH

for version in ${PYTHON_VERSIONS:-3.12 3.13 3.14}; do
    python=$(sh deploy/interpreter.sh "$version")
    if [ -z "$python" ]; then
        echo "Python $version: not on this machine, not tested"
        continue
    fi
    sh deploy/install.sh "$python" "$folder/$version" dev
    "$folder/$version/bin/python" -m pytest tests/unit -q -n 2
    COPILOT_DATA_DIR=$folder/data-$version sh deploy/first_answer.sh "$folder/$version/bin" "$folder/samples-$version"
    echo "Python $version: passed"
done
