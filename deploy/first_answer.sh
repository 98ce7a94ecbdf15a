#!/bin/sh
# Ingests a sample filing and asks about it, with a given installation: first_answer.sh BIN FOLDER
set -eu
"$1/copilot" samples "$2" >/dev/null
"$1/copilot" ingest "$2"/pdfs/HALVORSEN_2023_10K.pdf
"$1/copilot" ask "What was Halvorsen's net revenue in fiscal 2023?" | tee "$2/answer"
grep -q '959,657' "$2/answer"
