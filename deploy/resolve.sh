#!/bin/sh
# Checks that the pins resolve, to wheels alone, on each supported platform and Python: resolve.sh BIN
set -eu
cd "$(dirname "$0")/.."
export MACOSX_DEPLOYMENT_TARGET=14.0 # onnxruntime's oldest

for platform in x86_64-unknown-linux-gnu aarch64-unknown-linux-gnu aarch64-apple-darwin; do
    for python in 3.11 3.12 3.13 3.14; do
        # forbiddenfruit, which Studio's server brings, is published as source alone, without compiled parts.
        packages=$("$1/uv" pip compile --quiet --no-header --no-annotate --only-binary :all: --no-binary forbiddenfruit \
            --python-platform $platform --python-version $python --constraint constraints.txt \
            --extra dev --extra ocr pyproject.toml | grep -c ==)
        echo "$platform, Python $python: $packages packages"
    done
done
