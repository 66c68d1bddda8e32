#!/bin/sh
# instructions.sh PROGRAM SCENARIOS BASELINE COMPILER FLAGS [record]: how many instructions the kernel of one lane needs for one life, against
# what was written down; fails beyond 5 % either way, so that a loss is seen and a gain is written down
#
# Time differs from run to run, a count of instructions does not. Callgrind counts two numbers of worlds; the difference is that of the kernel
# alone. Another compiler, other flags or another processor's architecture make other instructions: then there is nothing to compare with, and the test is skipped.
set -u
program=$1 scenarios=$2 baseline=$3 compiler=$4 flags=$5 record=${6:-}
few=8 many=24 organisations=2 faults=0
skip() { echo "skipped: $1"; exit 77; }

command -v valgrind >/dev/null 2>&1 || skip "there is no valgrind (package valgrind)"
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-instructions-XXXXXX") || exit 1
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM

built="$compiler,$(uname -m),$flags"
rows=$(grep -F "$built," "$baseline" | grep -v '^#') || true
[ -n "$rows" ] || [ "$record" = record ] || skip "no count was written down for $built"

count() {
    valgrind --tool=callgrind --callgrind-out-file="$folder/out" "$program" "$scenarios/$1" "$2" >"$folder/said" 2>&1 || {
        cat "$folder/said" >&2
        return 1
    }
    sed -n 's/^\(summary\|totals\): *\([0-9]*\).*/\2/p' "$folder/out" | head -n 1
}

for scenario in startup platform-migration; do
    low=$(count $scenario $few) && high=$(count $scenario $many) || exit 1
    now=$(((high - low) / ((many - few) * organisations)))
    if [ "$record" = record ]; then
        echo "$built,$scenario,$now"
        continue
    fi
    before=$(echo "$rows" | sed -n "s/^.*,$scenario,//p")
    [ -n "$before" ] || skip "no count was written down for $scenario"
    change=$(awk "BEGIN { printf \"%+.1f\", 100 * ($now / $before - 1) }")
    echo "$scenario: $now instructions for a life, $before before: $change %"
    [ $((now * 100)) -le $((before * 105)) ] && [ $((now * 100)) -ge $((before * 95)) ] || faults=$((faults + 1))
done
[ "$faults" = 0 ] && exit 0
echo "more than 5 % from $baseline. If that is meant, write the new counts there:"
echo "    sh tests/bench/instructions.sh $program $scenarios $baseline \"$compiler\" \"$flags\" record"
exit 1
