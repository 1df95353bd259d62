#!/usr/bin/env bash
# Makes docs/pictures/dashboard.png, the picture of the dashboard in README and manual, from a finished run:
#
#   hashloom run workflows/pgh.yaml
#   scripts/dashboard_picture.sh runs/PGH-...
set -euo pipefail
[[ $# == 1 && -e $1/events.jsonl ]] || { echo "usage: scripts/dashboard_picture.sh RUN" >&2; exit 2; }
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
pictures=$(mktemp -d)
trap 'rm -rf "$pictures"' EXIT
"${HASHLOOM_DASH:-$root/build/release/bin/hashloom-dash}" "$1" --screenshot "$pictures" --size 1280x800 >/dev/null
cp "$pictures/window.png" "$root/docs/pictures/dashboard.png"
