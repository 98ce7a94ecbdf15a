#!/bin/sh
# Resolves pyproject.toml anew in an empty environment and writes constraints.txt: lock.sh PYTHON
set -eu
here=$(dirname "$0")/..
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"$1" -m venv "$folder"
torch=$(sed -n 's/^ *"\(torch==[^"]*\)".*/\1/p' "$here/pyproject.toml")
"$folder/bin/python" -m pip install --quiet "$torch"
"$folder/bin/python" -m pip install --quiet --editable "$here[dev,ocr,torch]"
{
    echo "# Written by make lock: every package that pyproject.toml brings, at the version that was tested."
    # Without the project itself, without paths, and without the mark of a CPU build.
    "$folder/bin/python" -m pip freeze --exclude-editable | grep -v ' @ ' | sed 's/^\(torch==[^+]*\)+.*/\1/'
} > "$here/constraints.txt"
