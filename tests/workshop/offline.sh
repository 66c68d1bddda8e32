#!/bin/sh
# offline.sh NATIVE ROOT: the numbers of an exported page are those of the program: a lesson gone through by both, every reply and event the same bytes.
# 77: skipped, and why
set -eu
native=$1
root=$2
worker=$root/build/offline/worker.js
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-offline-XXXXXX")
trap 'rm -rf "$folder"' EXIT
[ -s "$worker" ] || { echo "skipped: the part that runs in browsers was not built (./sim/bootstrap offline)"; exit 77; }
command -v node >/dev/null || { echo "skipped: node is not installed (Debian: apt install nodejs)"; exit 77; }

cat >"$folder/script" <<'END'
open 1000
get api/state
lead {"do":"next"}
post api/answer {"question":"with","value":30}
post api/answer {"question":"without","value":99}
lead {"do":"go","value":6}
turn
get api/replay typical
get api/replay tpm-lost
lead {"do":"go","value":10}
post api/dials {"wanted":[0,2,1,2,1]}
turn
post api/dials {"wanted":[3,1,2,0,2]}
turn
lead {"do":"go","value":12}
post api/own {"wanted":[1,2,1,0,2]}
turn
get api/state
END
for scenario in workshop startup; do
    lesson=$root/scenarios/workshop/lessons/45-minutes.csv
    "$native" "$root/scenarios/$scenario" "$lesson" <"$folder/script" >"$folder/native"
    node "$root/tests/workshop/offline_wasm.cjs" "$worker" "$root/scenarios/$scenario" "$lesson" <"$folder/script" >"$folder/wasm"
    [ "$(grep -c '^hear event: \(dials\|own\)' "$folder/native")" -ge 3 ] || { echo "$scenario: too few results"; exit 1; }
    # Snapshots on the way, and the time that a station has left, go by the clock; results that are done, and all else, do not.
    for side in native wasm; do sed '/"done":false/d; /^$/d; /^hear event:/d; /^event:/d; s/"seconds_left":[0-9.]*//g' "$folder/$side" >"$folder/$side.done"; done
    if ! cmp -s "$folder/native.done" "$folder/wasm.done"; then
        echo "$scenario: the page's numbers differ from the program's:"
        diff "$folder/native.done" "$folder/wasm.done" | cut -c1-400 | head -8
        exit 1
    fi
done
