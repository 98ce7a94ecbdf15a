#!/bin/sh
# How long a fresh machine takes to a first answer: clones HEAD into an empty folder and does what a new user does.
# fresh.sh PYTHON
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
folder=$(mktemp -d)
service=
stop() {
    [ -z "$service" ] || { kill "$service" && while kill -0 "$service" 2>/dev/null; do sleep 0.2; done; }
    rm -rf "$folder"
}
trap stop EXIT
seconds() { echo $(($(date +%s) - began)); }

began=$(date +%s)
git clone --quiet "$here" "$folder/clone"
cd "$folder/clone"
COPILOT_DATA_DIR=$folder/data make run PYTHON="$1" PORT=0 >"$folder/log" 2>&1 &
make=$!
until link=$(grep -o 'http://[^ ]*/sign-in?token=[^ ]*' "$folder/log"); do
    kill -0 $make 2>/dev/null || { cat "$folder/log"; exit 1; }
    sleep 0.2
done
service=$(pgrep -f "^$folder/clone/.venv/bin/python .*copilot up")
echo "address after $(seconds) s, environment of $(du -sm .venv | cut -f1) MB"

address=${link%%/sign-in*}
curl -sf -c "$folder/jar" -o /dev/null "$link"
until curl -sf -b "$folder/jar" "$address/ask" -H 'content-type: application/json' \
    -d '{"question": "What was Halvorsen'"'"'s net revenue in fiscal 2023?"}' >"$folder/answer" &&
    grep -q '959,657' "$folder/answer"; do
    [ "$(seconds)" -lt 300 ] || { cat "$folder/answer"; exit 1; }
    sleep 0.5
done
echo "right answer after $(seconds) s"
