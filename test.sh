#!/usr/bin/env bash
# Gets what is missing, builds everything and runs every test.
#
#   ./test.sh                   all tests
#   ./test.sh --asan            the tests of the SDK and the host, under the address and undefined behaviour sanitizers
#   ./test.sh --tsan            the tests of events, scheduler and cache, under the thread sanitizer
#   ./test.sh --fuzz [SECONDS]  each fuzzer for so long (10 s), with Clang, which is fetched where it is missing
#   ./test.sh -R sdk            further arguments go to ctest
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
# Threads that wait do not spin: on a busy machine spinning makes two threads slower than one.
export OMP_WAIT_POLICY=${OMP_WAIT_POLICY:-passive}
# shellcheck source=scripts/build.sh
source scripts/build.sh

targets_of() {  # PART...
  local part
  for part in "$@"; do
    [[ ! -e tests/unit/$part/CMakeLists.txt ]] || printf 'tests/unit/%s/all\n' "$part"
  done
}

fuzz() {  # SECONDS
  setup_options=(--fuzz)
  set_up_and_build fuzz tests/fuzz/all
  exec python3 tests/fuzz/run.py build/fuzz/bin --seconds "$1"
}

preset=release
parts=()
runner=()
case ${1:-} in
  --asan)
    preset=asan
    parts=(sdk workflow events engine)
    ;;
  --tsan)
    preset=tsan
    parts=(events engine)
    export TSAN_OPTIONS="suppressions=$PWD/tests/support/tsan.supp ${TSAN_OPTIONS:-}"
    runner=(setarch --addr-no-randomize)  # the sanitizer does not know the places that newer kernels give memory
    ;;
  --fuzz) fuzz "${2:-10}" ;;
esac

setup_options=(--tests)
if [[ $preset == release ]]; then
  set_up_and_build release
  exec ctest --preset release --no-tests=error -j "$(nproc)" "$@"
fi
shift
mapfile -t targets < <(targets_of "${parts[@]}")
set_up_and_build "$preset" "${targets[@]}"
exec "${runner[@]}" ctest --preset "$preset" --no-tests=error -j "$(nproc)" -R "^($(IFS='|'; echo "${parts[*]}"))\." "$@"
