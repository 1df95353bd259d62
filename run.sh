#!/usr/bin/env bash
# Gets what is missing, builds the program and runs it: workflows/pgh.yaml, or what the arguments say.
#
#   ./run.sh                                   PGH on Fashion-MNIST
#   ./run.sh run workflows/pgh.yaml --set bits=64
#   ./run.sh plugins list
#   ./run.sh dash
set -euo pipefail
source_folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
readonly source_folder

prepare() {
  cd "$source_folder"
  # shellcheck source=scripts/build.sh
  source scripts/build.sh
  local window=()
  if [[ ${1:-} == dash && ${HASHLOOM_DASHBOARD:-yes} == yes ]]; then window=(hashloom-dash); fi
  set_up_and_build release hashloom plugins/all "${window[@]}"  # no tests, no hashloom-validate
}

# In a shell of its own, so that the program starts in the caller's folder; standard output is left to the program.
(prepare "$@") >&2
program=$source_folder/build/release/bin/hashloom
if (($# > 0)); then exec "$program" "$@"; fi
cd "$source_folder"
exec "$program" run workflows/pgh.yaml
