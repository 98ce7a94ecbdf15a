#!/bin/sh
# Runs every suite on the sample filings, on to the last one whatever the others find: eval.sh BIN RESULTS OPTION
set -u
bin=$1
store=$(mktemp -d)
results=${2:-$store/results}
option=$3
status=0
trap 'rm -rf "$store"' EXIT

suite() {
    "$bin/copilot" eval "$@" "$option" --store "$store" --results "$results" || status=$?
}

if [ "$option" = --gate ]; then
    "$bin/copilot" eval reading --gate || status=$?
fi
suite retrieval
suite answers --model extractive
# The answers that were just given, looked at in other ways.
suite trajectory --model extractive --rescore
suite cost --model extractive --rescore
suite answers --model scripted --one-in 4
suite trajectory --model scripted --one-in 4 --rescore
exit $status
