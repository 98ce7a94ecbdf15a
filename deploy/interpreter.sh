#!/bin/sh
# Prints the path of an interpreter, from PATH or pyenv, or nothing: interpreter.sh 3.12
for python in "$(command -v "python$1")" "${PYENV_ROOT:-$HOME/.pyenv}"/versions/"$1".*/bin/python; do
    # A shim of pyenv may stand for a version that isn't selected.
    "$python" -c '' 2>/dev/null && echo "$python" && exit
done
