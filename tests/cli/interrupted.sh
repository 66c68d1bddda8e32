#!/bin/sh
# interrupted.sh BINARY SOURCE_DIR: a study that is cut short says so wherever its answer is, and is no part of a report
binary=$1
scenario=$2/scenarios/startup
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-interrupted-XXXXXX")
faults=0
unset ORGSIM_DATA
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
. "$2/tests/cli/expect.sh"
out_has() { grep -qF -e "$1" out || fault "$said: stdout lacks: $1"; }
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }

# ARGUMENT...: as expect, interrupted once it has something to answer: after a second or, as long as it says nothing, after twice as long
cut_short() {
    said="orgsim $*, interrupted"
    for seconds in 1 2 4 8 16 32; do
        timeout --preserve-status -s INT "$seconds" "$binary" "$@" -j 1 --no-progress >out 2>err </dev/null
        status=$?
        if [ -s out ] || [ "$status" != 130 ]; then break; fi
    done
    [ "$status" = 130 ] || fault "$said: status $status, expected 130"
}

partial='"interrupted": true'
cut_short sweep "$scenario" --vary h_seat=0:3:100 --vary E_tpm=0:1:100 -n 128 -o sweep
out_has " of 10000 cells were lived"; out_has "more were not lived)"
head -2 out | grep -q "every value" && fault "a few cells are said to be every value"
grep -q "Interrupted: " sweep/answer.txt || fault "answer.txt of a sweep does not say that it was interrupted"
grep -q "$partial" sweep/sweep.json || fault "sweep.json does not say that it was interrupted"
cut_short sensitivity "$scenario" -n 1024 -o tornado
out_has "Interrupted: "
grep -q "Interrupted: " tornado/answer.txt || fault "answer.txt of a tornado does not say that it was interrupted"
grep -q "$partial" tornado/sensitivity.json || fault "sensitivity.json does not say that it was interrupted"
cut_short breakeven "$scenario" -n 1024 --json=breakeven.json
out_has "Interrupted: "
grep -q "$partial" breakeven.json || fault "breakeven.json does not say that it was interrupted"
cut_short voi "$scenario" -n 4 --points 100000 -o voi
out_has "Interrupted: "
grep -q "Interrupted: " voi/answer.txt || fault "answer.txt of voi does not say that it was interrupted"
grep -q "$partial" voi/voi.json || fault "voi.json does not say that it was interrupted"
cut_short validate -o validation
out_has "Interrupted: "; out_has "Tables and figure: validation"
grep -q "$partial" validation/validate.json || fault "validate.json does not say that it was interrupted"
[ -s validation/validate.csv ] || fault "the folder lacks the table of what was done"

expect 0 run "$scenario" -n 64 -q --no-progress -o run
for study in breakeven.json tornado/sensitivity.json voi/voi.json validation/validate.json; do
    cp "$study" run
    expect 1 report run; err_has "was cut short"
    rm "run/${study##*/}"
done
expect 0 report run

# What was not interrupted says that, too.
expect 0 sweep "$scenario" --vary h_seat=0:3:2 -n 64 --json; out_has '"interrupted": false'
expect 0 breakeven "$scenario" --over h_seat -n 64 --json; out_has '"interrupted": false'
expect 0 breakeven "$scenario" -n 16 --json; out_has '"interrupted": false'
expect 0 sensitivity "$scenario" -n 16 --json; out_has '"interrupted": false'
expect 0 voi "$scenario" -n 4 --points 128 --json; out_has '"interrupted": false'

# Cells that the scenario forbids are not among those that pay.
expect 0 sweep "$scenario" --vary J_tpm=0.7:5:3 -n 64
out_has "at 1 of 1 value of J_tpm (2 more are impossible)"
[ "$faults" = 0 ]
