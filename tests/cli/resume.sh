#!/bin/sh
# resume.sh BINARY SOURCE_DIR [KILLS]: a run that is killed again and again ends in the same bytes as one that nobody disturbed
#
# Runs are killed at random instants until so many kills have struck a living process; in between each goes on with --resume until it is done. Then
# what must not be taken up is refused, and says why.
set -u
binary=$1
scenario=$2/scenarios/workshop
wanted_kills=${3:-50}
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-resume-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
faults=0
. "$2/tests/cli/expect.sh"
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }
same() { # FOLDER REFERENCE: all bytes but those of run.log
    diff -r -x run.log "$1" "$2" >out 2>err || fault "$said: $1 is not $2"
    [ ! -e ".$1.partial" ] || fault "$said: .$1.partial is left"
}
few="-n 900 --arms tpm --no-figures --no-attribution --quiet"

kills() {
    said="a run killed at random"
    started=$(date +%s%N)
    expect 0 run "$scenario" $few --save-every 0 -o undisturbed
    lasted=$(($(date +%s%N) - started))
    seed=$(date +%s%N | tail -c 9)
    awk -v seed="$seed" -v lasted="$lasted" 'BEGIN { srand(seed); for (i = 0; i < 1000; i++) printf "%.4f\n", 1.5e-9 * lasted * rand() }' >instants
    struck=0 number=0 stored=0
    while read -r instant && [ "$struck" -lt "$wanted_kills" ] && [ "$faults" = 0 ]; do
        "$binary" run "$scenario" $few --save-every 0 -j $((1 + struck % 3)) -o "run$number" --resume >out 2>err &
        child=$!
        sleep "$instant"
        kill -KILL $child 2>/dev/null
        wait $child 2>/dev/null
        status=$?
        if [ $status = 137 ]; then
            struck=$((struck + 1))
            [ ! -e ".run$number.partial/blocks/run.txt" ] || stored=$((stored + 1))
        else
            [ $status = 0 ] || fault "$said (seed $seed, instant $instant): status $status"
            same "run$number" undisturbed
            number=$((number + 1))
        fi
    done <instants
    expect 0 run "$scenario" $few --save-every 0 -o "run$number" --resume
    same "run$number" undisturbed
    echo "$struck kills, of which $stored left blocks; $((number + 1)) runs came to their end; seed of the instants $seed"
    [ "$struck" -ge "$wanted_kills" ] || fault "$said: only $struck of $wanted_kills kills struck a living process"
    [ "$stored" -gt 0 ] || fault "$said: no kill left anything to go on with"
}

# Kills a run once it has stored a block: leaves .NAME.partial
leave_unfinished() {
    "$binary" run "$scenario" $few --save-every 0 -n 1000000 -o "$1" >out 2>err &
    child=$!
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
        [ ! -e ".$1.partial/blocks/000000000001.bin" ] || break
        sleep 0.1
    done
    kill -KILL $child
    wait $child 2>/dev/null
}

refusals() {
    long="$few --save-every 0 -n 1000000"
    leave_unfinished foreign
    expect 2 run "$scenario" $long -o foreign; err_has "--resume"; err_has "--force"
    expect 2 run "$scenario" $long -o foreign --resume --seed 2; err_has 'seed "1", not "2"'
    expect 2 run "$scenario" $long -o foreign --resume -n 1000001; err_has "worlds"
    expect 2 run "$scenario" $long -o foreign --resume --arms coordinator; err_has "arms"
    expect 2 run "$scenario" $long -o foreign --resume --lever all=off; err_has "levers off"
    expect 2 run "$scenario" $long -o foreign --resume --contrary optimism_helps; err_has "contrarian switches"
    expect 2 run "$scenario" $long -o foreign --resume --tick 1; err_has "ticks a week"
    expect 2 run "$scenario" $long -o foreign --resume --set h_seat=2; err_has "assumptions"
    expect 2 run "$scenario" $long -o foreign --resume --set money.hiring_fee_share=0.1; err_has "command"
    expect 2 run "$scenario" $long -o foreign --resume --no-outcomes; err_has "command"
    expect 2 run "$2/scenarios/startup" $long -o foreign --resume; err_has "scenario tables"
    expect 2 run "$scenario" $long -o foreign --resume --save-every never; err_has "--save-every never"
    expect 2 run "$scenario" $long --save-every often; err_has "seconds"
    [ -e .foreign.partial/blocks/run.txt ] || fault "a refused run took blocks away"

    said="a run in a folder that another one writes"
    "$binary" run "$scenario" $long -o foreign --resume >out 2>err &
    child=$!
    sleep 0.3
    expect 2 run "$scenario" $long -o foreign --resume; err_has "another orgsim"
    expect 2 run "$scenario" $long -o foreign --force; err_has "another orgsim"
    kill -KILL $child
    wait $child 2>/dev/null

    printf 'x' | dd of=.foreign.partial/blocks/000000000001.bin bs=1 seek=500 conv=notrunc 2>/dev/null
    expect 1 run "$scenario" $long -o foreign --resume; err_has "000000000001.bin: the checkpoint is damaged"
    truncate -s 1000 .foreign.partial/blocks/000000000001.bin
    expect 1 run "$scenario" $long -o foreign --resume; err_has "cut short"
    sed -i 's/^orgsim_blocks 1$/orgsim_blocks 0/' .foreign.partial/blocks/run.txt
    expect 1 run "$scenario" $long -o foreign --resume; err_has "format 0"
    expect 0 run "$scenario" $few -o foreign --force
    same foreign undisturbed
}

# SIGTERM: a background job of a script ignores SIGINT by default; both do the same.
interruption() {
    for seconds in 0.3 1 4; do # a busy machine may need longer for its first block
        "$binary" run "$scenario" $few -n 60000 -o stopped >out 2>err &
        child=$!
        sleep $seconds
        kill -TERM $child
        wait $child
        status=$?
        [ -e stopped ] && break
    done
    said="an interrupted run"
    [ $status = 130 ] || fault "$said: status $status"
    err_has "go on with: orgsim run $scenario -n 900"
    err_has "--resume -o stopped"
    grep -q '"interrupted": true' stopped/manifest.json || fault "$said: its manifest does not say so"
    expect 2 run "$scenario" $few -o stopped --resume; err_has "worlds"
    [ -e stopped/report.html ] || fault "$said: a refusal took it away"
    expect 0 run "$scenario" $few -n 60000 -o stopped --resume
    expect 0 run "$scenario" $few -n 60000 -o went_through
    same stopped went_through
    expect 0 run "$scenario" $few -n 60000 -o stopped --resume # complete already
    same stopped went_through
    expect 2 run "$scenario" $few -n 1000 -o stopped --resume; err_has "another run"
}

numbered() {
    expect 0 run "$scenario" $few
    "$binary" run "$scenario" $few --save-every 0 -n 1000000 >out 2>err &
    child=$!
    sleep 0.5
    kill -KILL $child
    wait $child 2>/dev/null
    [ -d orgsim-results/.workshop-2.partial/blocks ] || fault "the second run is not unfinished"
    expect 0 run "$scenario" $few # a new number, without touching the unfinished one
    [ -d orgsim-results/workshop-3 ] || fault "$said: not the next number"
    expect 2 run "$scenario" $few --save-every 0 --resume; err_has "workshop-2"; err_has "worlds"
}

kills
refusals "$@"
interruption
numbered
[ "$faults" = 0 ] && echo "all as it should be"
exit $((faults > 0))
