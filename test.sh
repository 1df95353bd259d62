#!/usr/bin/env bash
# Gets what is missing, builds everything and runs every test.
#
#   ./test.sh            all tests
#   ./test.sh --asan     the tests of the SDK and the host, under the address and undefined behaviour sanitizers
#   ./test.sh -R sdk     further arguments go to ctest
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# Threads that wait do not spin: on a busy machine spinning makes two threads slower than one.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive}
# shellcheck source=scripts/build.sh
source scripts/build.sh

readonly sanitized_parts=(sdk workflow events engine)

sanitized_targets() {
  local part
  for part in "${sanitized_parts[@]}"; do
    [[ ! -e tests/unit/$part/CMakeLists.txt ]] || printf 'tests/unit/%s/all\n' "$part"
  done
}

preset=release
targets=()
chosen=()
if [[ ${1:-} == --asan ]]; then
  shift
  preset=asan
  mapfile -t targets < <(sanitized_targets)
  chosen=(-R "^($(IFS='|'; echo "${sanitized_parts[*]}"))\.")
fi

setup_options=(--tests)
set_up_and_build "$preset" "${targets[@]}"
exec ctest --preset "$preset" --no-tests=error -j "$(nproc)" "${chosen[@]}" "$@"
