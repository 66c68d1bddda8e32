#!/bin/sh
# huge.sh BINARY: 200 teams, 2,000 packages and 1,000 risks, besides what integrates them, are made, checked and lived within a few hundred megabytes
set -u
binary=$1
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-huge-XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
fault() { echo "FAULT: $*"; exit 1; }

"$binary" new "$folder/huge" --teams 200 --packages 10 --risks 0.5 >"$folder/out" 2>&1 || fault "new: $(cat "$folder/out")"
"$binary" check "$folder/huge" >"$folder/out" 2>&1 || fault "check: $(cat "$folder/out")"
(
    ulimit -v 1000000
    "$binary" run "$folder/huge" -n 32 -j 1 --arms none,tpm --no-figures --no-attribution -o "$folder/run" >"$folder/out" 2>&1
) || fault "run: $(cat "$folder/out")"
[ "$(grep -vc '^world,' "$folder/run/outcomes.csv")" = 64 ] || fault "not every world under both organisations"
"$binary" bench "$folder/huge" -n 16 --arms none,tpm -j 1 --json >"$folder/bench.json" || fault "bench"
[ "$(sed -n 's/^  "packages": \([0-9]*\),*$/\1/p' "$folder/bench.json")" -ge 2000 ] || fault "fewer packages than asked for"
[ "$(sed -n 's/^  "peak_memory_bytes": \([0-9]*\),*$/\1/p' "$folder/bench.json")" -lt 300000000 ] || fault "more than 300 MB"
