# Sourced by run.sh and test.sh: set-up and quiet builds. Needs bash with -euo pipefail, in the root of the source.
export CMAKE_BUILD_PARALLEL_LEVEL=${CMAKE_BUILD_PARALLEL_LEVEL:-$(nproc)}

# Shows "building 12 of 130" in place on a terminal, else a line at each fifth of the way; warnings and errors come at the
# end. (Not by awk: Debian's reads its input in blocks, minutes late.)
show_progress() {
  local line next_fifth=0 step='^\[([1-9][0-9]*)/([0-9]+)\]'
  while IFS= read -r line; do
    [[ $line =~ $step ]] || continue
    local done=${BASH_REMATCH[1]} all=${BASH_REMATCH[2]}
    if [[ -t 1 ]]; then
      printf '\r  building %d of %d ' "$done" "$all"
    elif ((done * 5 >= all * next_fifth)); then
      printf '  building %d of %d\n' "$done" "$all"
      next_fifth=$((done * 5 / all + 1))
    fi
  done
  if [[ -t 1 ]]; then printf '\r\033[K'; fi
}

# build PRESET [TARGET...]: configures and builds in build/PRESET; all targets if none is named.
build() {
  local preset=$1 folder=build/$1
  shift
  mkdir -p "$folder"
  if ! cmake --preset "$preset" "-DHASHLOOM_DASHBOARD=${HASHLOOM_DASHBOARD:-yes}" >"$folder/configure.log" 2>&1; then
    cat "$folder/configure.log" >&2
    printf 'error: %s could not be configured\n' "$folder" >&2
    return 1
  fi
  if ! cmake --build "$folder" ${1:+--target "$@"} 2>&1 | tee "$folder/build.log" | show_progress; then
    grep -v '^\[' "$folder/build.log" | tail -n 60 >&2
    printf 'error: the build failed; %s/build.log has everything\n' "$folder" >&2
    return 1
  fi
}

# set_up_and_build PRESET [TARGET...]; setup_options is what setup.sh is given.
setup_options=()
set_up_and_build() {
  local start=$SECONDS ready
  ./setup.sh "${setup_options[@]}"
  ready=$SECONDS
  build "$@"
  printf 'set-up %d s, build %d s\n' "$((ready - start))" "$((SECONDS - ready))"
}
