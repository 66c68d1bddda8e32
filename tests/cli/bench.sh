#!/bin/sh
# bench.sh BINARY SOURCE_DIR: orgsim bench: its tables, its JSON, several scenarios, and what it refuses
set -u
binary=$1
scenarios=$2/scenarios
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-bench-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
faults=0

. "$2/tests/cli/expect.sh"
out_has() { grep -qF -e "$1" out || fault "$said: stdout lacks: $1"; }
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }

few="-n 16 --arms none,tpm -j 2"
expect 0 bench "$scenarios/startup" "$scenarios/workshop" $few
out_has "startup: 3 teams, 17 packages"; out_has "workshop: "; out_has "16 worlds x 2 organisations"; out_has "median of 5"
for word in scalar ns/entity-week "to one" normal "memory: "; do out_has "$word"; done
expect 0 bench "$scenarios/startup" "$scenarios/workshop" $few --json=bench.json; out_has "world-arms/s"
for key in kernels isa world_arms_per_second slowest fastest ratio_to_scalar ratio_alike ns_per_entity_week draws threads ratio_to_one weeks \
    memory_per_thread_bytes peak_memory_bytes scenarios; do
    grep -q "\"$key\":" bench.json || fault "bench.json lacks $key"
done
[ "$(grep -c '"scenario":' bench.json)" = 3 ] || fault "bench.json: not the first scenario and then both"
expect 0 bench "$scenarios/startup" $few --frictionless; out_has "0 items"

expect 2 bench; err_has "SCENARIO... is missing"
expect 4 bench "$scenarios/startup" "$scenarios/nowhere" $few; err_has "nowhere"; [ ! -s out ] || fault "$said: half an answer"
expect 2 bench "$scenarios/startup" -n 16 --arms none,nobody; err_has "nobody"

[ "$faults" = 0 ] || exit 1
