#!/usr/bin/env bash
# Gets what is missing, builds the program and, with it, the manual.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=scripts/build.sh
source scripts/build.sh

setup_options=(--tests)
set_up_and_build release manual
echo "the manual: $PWD/build/manual/html/index.html"
