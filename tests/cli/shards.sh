#!/bin/sh
# shards.sh BINARY SOURCE_DIR: a run in parts, merged, is the run in one piece; parts that do not belong together are refused
set -u
binary=$1
scenario=$2/scenarios/workshop
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-shards-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
faults=0
. "$2/tests/cli/expect.sh"
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }
out_has() { grep -qF -e "$1" out || fault "$said: stdout lacks: $1"; }
same() { diff -r -x run.log "$1" "$2" >out 2>err || fault "$said: $1 is not $2"; }
few="-n 1200 --arms tpm,engineer --no-figures"

in_one_piece_or_in_parts() {
    expect 0 run "$scenario" $few -o whole --quiet
    expect 0 run "$scenario" $few --shard 1/3 -o one -j 1 --isa scalar; out_has "Shard 1 of 3, worlds 0 to 511 of 1200, is complete in one"
    expect 0 run "$scenario" $few --shard 2/3 -o two -j 2 --save-every 0 --quiet; [ ! -s out ] || fault "$said: is not quiet"
    expect 0 run "$scenario" $few --shard 3/3 -o three -j 3; out_has "worlds 896 to 1199 of 1200"
    expect 0 merge three one two -o merged; out_has "Results     merged/report.html"
    same merged whole
    expect 0 merge one two three -o again --json --quiet; out_has '"headline"'
    same again whole
    expect 2 merge one two three -o merged; err_has "exists already"
    expect 0 merge one two three -o merged --force --quiet
    same merged whole
    expect 0 run "$scenario" $few --shard 1/1 -o all --quiet
    expect 0 merge all -o merged --force --quiet
    same merged whole
}

refusals() {
    expect 2 merge; err_has "DIR... is missing"
    expect 2 merge one three -o no; err_has "missing: 2;"
    expect 2 merge two -o no; err_has "missing: 1, 3;"
    expect 2 merge one two two three -o no; err_has "shard 2 comes twice"
    expect 2 merge one two three whole -o no; err_has "whole: is not a shard"
    expect 2 merge one nowhere -o no; err_has "nowhere: is not a shard"
    expect 0 run "$scenario" $few --shard 2/3 --seed 2 -o seed --quiet
    expect 2 merge one seed three -o no; err_has 'seed "2", not "1"'
    expect 0 run "$scenario" $few --shard 2/4 -o four --quiet
    expect 2 merge one four three -o no; err_has 'shards "4", not "3"'
    expect 0 run "$scenario" $few --shard 2/3 --set h_seat=2 -o set --quiet
    expect 2 merge one set three -o no; err_has "assumptions"
    expect 0 run "$2/scenarios/startup" $few --shard 2/3 -o other --quiet
    expect 2 merge one other three -o no; err_has "scenario tables"
    sed -i 's/^version .*/version 0.0.1/' other/blocks/run.txt
    expect 1 merge one other three -o no; err_has "checksum"
    cp -R two hurt
    printf 'x' | dd of="hurt/blocks/$(ls hurt/blocks | head -n 1)" bs=1 seek=3000 conv=notrunc 2>/dev/null
    expect 1 merge one hurt three -o no; err_has "damaged"
    expect 2 run "$scenario" $few --shard 2/3 -o two; err_has "--resume"
    expect 0 run "$scenario" $few --shard 2/3 -o two --resume
    expect 2 run "$scenario" $few --shard 2/3 -o whole --force; err_has "holds no shard"
    expect 2 run "$scenario" $few --shard 2/3; err_has "-o"
    expect 2 run "$scenario" $few --shard 2/11 -o no; err_has "too few for 11 shards"
    expect 2 run "$scenario" $few --shard 2/3 -o no --precision npv_k=5; err_has "precision"
    expect 2 run "$scenario" $few --shard 2/3 -o no --json; err_has "merge"
    for bad in 0/3 4/3 3 a/b 1/3x 1/99999999 /3 1/; do
        expect 2 run "$scenario" $few --shard $bad -o no; err_has "I/N"
    done
    [ ! -e no ] || fault "a refusal left a folder"
}

# A shard is a checkpoint: killed, it goes on; until then it is missing.
a_killed_shard() {
    said="a killed shard"
    long="-n 40000 --arms tpm --no-figures --no-attribution --quiet"
    "$binary" run "$scenario" $long --shard 2/2 --save-every 0 -o half >out 2>err &
    child=$!
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
        [ ! -e half/blocks/run.txt ] || break
        sleep 0.1
    done
    sleep 0.05
    kill -KILL $child
    wait $child 2>/dev/null
    expect 0 run "$scenario" $long --shard 1/2 -o first
    expect 2 merge first half -o no; err_has "unfinished: half (shard 2"
    expect 0 run "$scenario" $long --shard 2/2 -o half --resume
    expect 0 run "$scenario" $long -o long
    expect 0 merge first half -o merged_long --quiet
    same merged_long long
}

# Merging reads the scenario again: it must still be what it was.
a_changed_scenario() {
    cp -R "$scenario" mine
    expect 0 run mine $few --shard 1/2 -o a --quiet
    expect 0 run mine $few --shard 2/2 -o b --quiet
    sed -i '2s/,[^,]*$/,/' mine/money.csv
    sed -i 's/^deadline_week,.*/deadline_week,33,week,a test/' mine/program.csv
    grep -q '^deadline_week,33' mine/program.csv || echo 'deadline_week,33,week,a test' >>mine/program.csv
    expect 2 merge a b -o no; err_has "scenario tables"
    mv mine elsewhere
    expect 4 merge a b -o no
}

in_one_piece_or_in_parts
refusals "$@"
a_killed_shard
a_changed_scenario
[ "$faults" = 0 ] && echo "all as it should be"
exit $((faults > 0))
