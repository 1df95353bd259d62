#!/usr/bin/env bash
# Gets what Hashloom is built from: packages of Debian 12, and LibTorch into the user's cache folder.
# Where nothing is missing it does nothing. It can be stopped at any time and run again.
#
#   ./setup.sh            says what is missing and how large it is, then gets it
#   ./setup.sh --check    only says it; exit status 1 if something is missing
#   ./setup.sh --tests    also what only tests and the manual need; with --check too
#   ./setup.sh --fuzz     also what only the fuzzers need; with --check too
#
#   Torch_DIR=DIR         use the LibTorch (2.4 or newer) whose TorchConfig.cmake lies in DIR
#   HASHLOOM_DASHBOARD=no do without what the dashboard's window is built from
#   HASHLOOM_CUDA=yes|no  get LibTorch's CUDA part, or not; without it: where an NVIDIA driver is
set -euo pipefail

readonly packages=(
  g++ cmake ninja-build lld ccache git ca-certificates python3 python3-pip
  libboost-dev libboost-filesystem-dev libboost-program-options-dev
  libyaml-cpp-dev nlohmann-json3-dev libsimdjson-dev libspdlog-dev libfmt-dev
  libpng-dev libturbojpeg0-dev libprotozero-dev zlib1g-dev libcurl4-openssl-dev libssl-dev
  libgtest-dev libgmock-dev dataset-fashion-mnist)
readonly debian_size="200 MB to download, 850 MB on disk; less where some are there"

# What the dashboard's window needs beside it: X11's headers, OpenGL (Mesa draws where no display or GPU is), a font.
readonly window_packages=(
  libx11-dev libxcursor-dev libxrandr-dev libxinerama-dev libxi-dev libopengl0 libegl1 libgl1 libgl1-mesa-dri fonts-inter)
readonly window_size="40 MB to download, 170 MB on disk; less where some are there"

# What tests and the manual need beside it: Sphinx builds the manual, dpkg-dev and file the Debian package, jsonschema and
# yaml test what `hashloom schema` writes, Graphviz draws what `hashloom graph` says.
readonly test_packages=(python3-sphinx python3-myst-parser furo dpkg-dev file python3-jsonschema python3-yaml graphviz)
readonly tests_size="38 MB to download, 150 MB on disk; less where some are there"

# What only the fuzzers need: Clang.
readonly fuzz_packages=(clang-14 libclang-rt-14-dev)
readonly fuzz_size="45 MB to download, 270 MB on disk; less where some are there"

readonly torch_version=2.11.0
readonly torch_wheels=("torch==$torch_version" "nvidia-cuda-runtime==13.0.*" "nvidia-cuda-cupti==13.0.*")
readonly torch_size="550 MB to download, 1.1 GB on disk (2 GB while it is unpacked)"
readonly torch_peak_mb=2000
readonly cuda_size="2 GB to download, 2.7 GB on disk (5 GB while it is unpacked)"
readonly cuda_peak_mb=5000

# The sources of the dashboard's window: Dear ImGui, ImPlot, GLFW and their like.
readonly imgui_version=1.93.0
readonly imgui_size="54 MB to download, 26 MB on disk (200 MB while it is unpacked)"
readonly imgui_peak_mb=200
readonly imgui_parts=(imgui implot imgui-node-editor glfw imgui_test_engine)

readonly board_wheels=("tensorboard==2.20.*")
readonly board_size="45 MB to download, 160 MB on disk"

readonly cache=${XDG_CACHE_HOME:-$HOME/.cache}/hashloom
readonly torch=$cache/torch-$torch_version
readonly imgui=$cache/imgui-bundle-$imgui_version
readonly board=$cache/tests-python
readonly partial=$torch.partial
readonly log=$cache/setup.log

say() { printf '%s\n' "$*"; }

fail() {  # what, remedy
  printf 'error: %s\n' "$1" >&2
  printf '  %s\n' "$2" >&2
  exit 1
}

# --- what is missing -----------------------------------------------------------------------------------------------

has_apt() { command -v apt-get >/dev/null; }

missing_packages() {  # packages
  local installed name
  installed=$(dpkg-query -W -f '${db:Status-Abbrev}:${Package}\n' "$@" 2>/dev/null || true)
  for name in "$@"; do
    grep -qxF "ii :$name" <<<"$installed" || printf '%s ' "$name"
  done
}

missing_tools() {
  local tool
  for tool in g++ cmake ninja python3; do
    command -v "$tool" >/dev/null || printf '%s ' "$tool"
  done
}

torch_is_whole() {
  [[ -e $1/torch/lib/libtorch_cpu.so && -d $1/torch/include/ATen ]] &&
    [[ -e $1/nvidia/cu13/lib/libcudart.so.13 && -e $1/nvidia/cu13/lib/libcupti.so.13 ]]
}

cuda_is_whole() { [[ -d $1/nvidia/cudnn/lib && -d $1/nvidia/nccl/lib && -e $1/nvidia/cu13/lib/libcublas.so.13 ]]; }

wants_cuda() {
  case ${HASHLOOM_CUDA:-auto} in
    yes) return 0 ;;
    no) return 1 ;;
    auto) [[ -e /proc/driver/nvidia/version ]] || command -v nvidia-smi >/dev/null ;;
    *) fail "HASHLOOM_CUDA is '$HASHLOOM_CUDA'" "it takes yes, no or auto" ;;
  esac
}

wants_dashboard() {
  case ${HASHLOOM_DASHBOARD:-yes} in
    yes) return 0 ;;
    no) return 1 ;;
    *) fail "HASHLOOM_DASHBOARD is '$HASHLOOM_DASHBOARD'" "it takes yes or no" ;;
  esac
}

torch_dir_version() {  # the LibTorch around Torch_DIR
  local root=$1 header
  for header in "$root"/include/torch/headeronly/version.h "$root"/include/torch/csrc/api/include/torch/version.h; do
    if [[ -e $header ]]; then
      sed -nE 's/.*define TORCH_VERSION_(MAJOR|MINOR) ([0-9]+).*/\2/p' "$header" | paste -sd.
      return
    fi
  done
}

check_torch_dir() {
  local root=$Torch_DIR/../../.. version
  [[ -e $Torch_DIR/TorchConfig.cmake ]] ||
    fail "Torch_DIR is '$Torch_DIR', where no TorchConfig.cmake is" "it is LIBTORCH/share/cmake/Torch; unset it to let setup.sh get LibTorch"
  [[ -e $root/lib/libtorch_cpu.so ]] ||
    fail "Torch_DIR is '$Torch_DIR', but there is no lib/libtorch_cpu.so three folders up" "unset it to let setup.sh get LibTorch"
  version=$(torch_dir_version "$root")
  [[ $(printf '2.4\n%s\n' "$version" | sort -V | head -n 1) == 2.4 ]] ||
    fail "the LibTorch of Torch_DIR ($Torch_DIR) is '$version'" "2.4 or newer is needed; unset it to let setup.sh get LibTorch"
  if grep -q 'GLIBCXX_USE_CXX11_ABI=0' "$Torch_DIR/TorchConfig.cmake"; then
    fail "the LibTorch of Torch_DIR ($Torch_DIR) is built for the old C++ ABI" "take the build named 'cxx11 ABI', or unset Torch_DIR"
  fi
}

# --- getting it ----------------------------------------------------------------------------------------------------

by_hand_packages() { say "apt-get install --no-install-recommends $*"; }

by_hand_torch() {
  say "by hand: unpack a LibTorch 2.4 or newer (pytorch.org) and set Torch_DIR to its share/cmake/Torch"
}

# Runs apt-get as root; without a terminal sudo must not ask for a password.
as_root() {
  local sudo=()
  if [[ $(id -u) != 0 ]]; then
    sudo=(sudo)
    [[ -t 0 ]] || sudo+=(-n)
  fi
  "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive "$@"
}

logged() { "$@" </dev/null >>"$log" 2>&1; }

install_packages() {
  local start=$SECONDS
  if [[ $(id -u) != 0 ]]; then
    command -v sudo >/dev/null || fail "no root and no sudo: $# packages are missing" "as root: $(by_hand_packages "$@")"
    as_root true || fail "sudo does not let this user in: $# packages are missing" "as root: $(by_hand_packages "$@")"
  fi
  say "Debian: installing $# packages ($log has the details) ..."
  if [[ -n $(dpkg --audit) ]]; then  # an earlier installation was stopped half-way
    logged as_root dpkg --configure -a || true
  fi
  logged as_root apt-get update -q -o APT::Update::Error-Mode=any -o DPkg::Lock::Timeout=300 || say "Debian: the package lists could not be fetched; trying with those that are there"
  if ! logged as_root apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=300 "$@"; then
    grep -E '^E: ' "$log" | tail -n 5 >&2
    fail "Debian's packages could not be installed: $*" "check the network and /etc/apt/sources.list, then run setup.sh again; or as root: $(by_hand_packages "$@")"
  fi
  say "Debian: done in $((SECONDS - start)) s"
}

check_space() {  # megabytes
  local free
  free=$(df -Pm "$cache" | awk 'NR == 2 {print $4}')
  ((free >= $1)) || fail "$cache has $free MB free, $1 MB are needed" "make room, or set XDG_CACHE_HOME to a folder on a larger disk"
}

# pip unpacks beside the place where the files will lie, so that the rename at the end is one step.
pip_into() {  # folder, then pip's arguments
  local folder=$1
  shift
  mkdir -p "$folder.tmp"
  logged env PIP_USER=0 TMPDIR="$folder.tmp" python3 -m pip install --no-cache-dir --disable-pip-version-check \
    --no-warn-script-location --target "$folder" "$@" || { grep -E "^ERROR" "$log" | tail -n 3 >&2; return 1; }
}

discard_partial() { rm -rf "$partial" "$partial.tmp"; }

# Of the torch wheel only lib, include and share are used; the rest is Python.
keep_cpp_part() {
  find "$1/torch" -mindepth 1 -maxdepth 1 ! -name lib ! -name include ! -name share -exec rm -rf {} +
  rm -rf "$1/torch/lib/libtorch_python.so" "$1/functorch" "$1/torchgen" "${1:?}/bin"
}

install_torch() {
  local start=$SECONDS
  check_space $torch_peak_mb
  say "LibTorch: fetching ${torch_wheels[*]} ($log has the details) ..."
  pip_into "$partial" --no-deps "${torch_wheels[@]}" || fail "LibTorch could not be fetched from PyPI" "run setup.sh again with a network; $(by_hand_torch)"
  keep_cpp_part "$partial"
  torch_is_whole "$partial" || fail "the torch wheel lacks parts that Hashloom needs" "$(by_hand_torch)"
  rm -rf "$torch"
  mv "$partial" "$torch"
  discard_partial
  say "LibTorch: done in $((SECONDS - start)) s, in $torch"
}

# What this torch wheel says of NVIDIA's libraries, as arguments for pip.
cuda_wheels() {
  sed -nE 's/^Requires-Dist: ((nvidia-|cuda-toolkit)[^;]*).*/\1/p' "$torch"/torch-*.dist-info/METADATA
}

install_cuda() {
  local start=$SECONDS wheels
  check_space $cuda_peak_mb
  mapfile -t wheels < <(cuda_wheels)
  say "CUDA: fetching ${wheels[*]} ($log has the details) ..."
  pip_into "$partial" "${wheels[@]}" || fail "LibTorch's CUDA part could not be fetched from PyPI" "run setup.sh again with a network, or with HASHLOOM_CUDA=no to do without"
  cuda_is_whole "$partial" || fail "the fetched CUDA part lacks libraries" "HASHLOOM_CUDA=no does without"
  rm -rf "$torch/nvidia.old"
  mv "$torch/nvidia" "$torch/nvidia.old"
  mv "$partial/nvidia" "$torch/nvidia"
  rm -rf "$torch/nvidia.old"
  discard_partial
  say "CUDA: done in $((SECONDS - start)) s"
}

imgui_is_whole() { [[ -e $1/imgui/imgui/imgui.cpp && -e $1/implot/implot/implot.cpp && -e $1/glfw/glfw/src/null_init.c ]]; }

# A source package: pip fetches it and leaves the archive as it is.
fetch_imgui() {
  mkdir -p "$partial" "$partial.tmp"
  logged env TMPDIR="$partial.tmp" python3 -m pip download --no-cache-dir --disable-pip-version-check --no-deps \
    --no-binary imgui-bundle --dest "$partial.tmp" "imgui-bundle==$imgui_version" || return 1
  tar -xzf "$partial.tmp/imgui_bundle-$imgui_version.tar.gz" -C "$partial" --strip-components 2 \
    "${imgui_parts[@]/#/imgui_bundle-$imgui_version/external/}"
}

install_imgui() {
  local start=$SECONDS
  check_space $imgui_peak_mb
  say "Dear ImGui: fetching imgui-bundle==$imgui_version ($log has the details) ..."
  fetch_imgui && imgui_is_whole "$partial" || fail "imgui-bundle could not be fetched from PyPI" \
    "run setup.sh again with a network; or with HASHLOOM_DASHBOARD=no, and build with -DHASHLOOM_DASHBOARD=OFF"
  rm -rf "$imgui"
  mv "$partial" "$imgui"
  discard_partial
  say "Dear ImGui: done in $((SECONDS - start)) s, in $imgui"
}

board_is_whole() { [[ -e $1/tensorboard && -e $1/numpy ]]; }

# Tests do without, and say what they skip.
install_board() {
  local start=$SECONDS
  say "TensorBoard: fetching ${board_wheels[*]} ($log has the details) ..."
  if pip_into "$partial" --retries 1 --timeout 15 "${board_wheels[@]}" && board_is_whole "$partial"; then
    rm -rf "$board"
    mv "$partial" "$board"
    say "TensorBoard: done in $((SECONDS - start)) s, in $board"
  else
    say "TensorBoard: could not be fetched from PyPI; the tests that read by it are skipped"
  fi
  discard_partial
}

# --- the whole -----------------------------------------------------------------------------------------------------

note_other_distribution() {
  local tools
  tools=$(missing_tools)
  [[ -z $tools ]] || fail "no apt-get here, and these tools are missing: $tools" "install what Debian 12 calls: ${packages[*]}"
  say "no apt-get here: going on with what is installed; needed is what Debian 12 calls: ${packages[*]}"
}

describe() {
  say "Hashloom needs, and does not find here:"
  [[ -z $missing ]] || say "  from Debian  $missing($debian_size)"
  [[ -z $missing_for_window ]] || say "  for dash     $missing_for_window($window_size)"
  [[ -z $missing_for_tests ]] || say "  for tests    $missing_for_tests($tests_size)"
  [[ -z $missing_for_fuzz ]] || say "  for fuzzers  $missing_for_fuzz($fuzz_size)"
  [[ $need_torch == no ]] || say "  from PyPI    LibTorch $torch_version, the C++ part of ${torch_wheels[*]}: $torch_size, in $torch"
  [[ $need_imgui == no ]] || say "  from PyPI    Dear ImGui and more for the dashboard, the source package imgui-bundle==$imgui_version: $imgui_size, in $imgui"
  [[ $need_board == no ]] || say "  for tests    TensorBoard from PyPI, ${board_wheels[*]}: $board_size, in $board"
  [[ $need_cuda == no ]] || say "  from PyPI    LibTorch's CUDA part, as an NVIDIA driver is here or HASHLOOM_CUDA says so: $cuda_size"
}

look() {
  missing="" missing_for_window="" missing_for_tests="" missing_for_fuzz="" need_torch=no need_cuda=no need_imgui=no need_board=no
  if has_apt; then
    missing=$(missing_packages "${packages[@]}")
    if wants_dashboard; then missing_for_window=$(missing_packages "${window_packages[@]}"); fi
    [[ $for_tests == no ]] || missing_for_tests=$(missing_packages "${test_packages[@]}")
    [[ $for_fuzz == no ]] || missing_for_fuzz=$(missing_packages "${fuzz_packages[@]}")
  fi
  if wants_dashboard && ! imgui_is_whole "$imgui"; then need_imgui=yes; fi
  if [[ $for_tests == yes ]] && ! board_is_whole "$board"; then need_board=yes; fi
  if [[ -n ${Torch_DIR:-} ]]; then
    check_torch_dir
  else
    torch_is_whole "$torch" || need_torch=yes
    if wants_cuda && ! cuda_is_whole "$torch"; then need_cuda=yes; fi
  fi
}

nothing_missing() { [[ -z $missing$missing_for_window$missing_for_tests$missing_for_fuzz && $need_torch$need_cuda$need_imgui$need_board == nononono ]]; }

# One setup.sh at a time works on a cache folder; whatever it was doing when stopped, it leaves nothing half.
own_the_cache() {
  mkdir -p "$cache" || fail "the cache folder $cache can't be made" "set XDG_CACHE_HOME to a folder that can be written"
  exec 9>"$cache/setup.lock"
  flock -n 9 || { say "another setup.sh is at work; waiting for it ..."; flock 9; }
  : >"$log"
  discard_partial
  trap discard_partial EXIT
  trap 'say "stopped; run setup.sh again to go on" >&2; exit 130' INT TERM
}

read_options() {
  check_only=no for_tests=no for_fuzz=no
  local option
  for option in "$@"; do
    case $option in
      --check) check_only=yes ;;
      --tests) for_tests=yes ;;
      --fuzz) for_fuzz=yes ;;
      -h | --help) sed -n '2,12s/^# \{0,1\}//p' "$0"; exit ;;
      *) fail "setup.sh has no option '$option'" "it has: --check, --tests, --fuzz, --help" ;;
    esac
  done
}

main() {
  read_options "$@"
  look
  has_apt || note_other_distribution
  if nothing_missing; then return; fi
  describe
  if [[ $check_only == yes ]]; then exit 1; fi
  own_the_cache
  look  # another setup.sh may have been at work
  # shellcheck disable=SC2086  # a list of words
  [[ -z $missing$missing_for_window$missing_for_tests$missing_for_fuzz ]] || install_packages $missing $missing_for_window $missing_for_tests $missing_for_fuzz
  [[ $need_torch == no ]] || install_torch
  [[ $need_cuda == no ]] || install_cuda
  [[ $need_imgui == no ]] || install_imgui
  [[ $need_board == no ]] || install_board
}

main "$@"
