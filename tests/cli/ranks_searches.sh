#!/bin/sh
# ranks_searches.sh BINARY SOURCE_DIR: breakeven, claims, optimise and what follows the worlds of a run, on the ranks of an MPI job, print and write what one
# process does; what ends one ends all
set -u
binary=$1
scenario=$2/scenarios/workshop
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-ranks-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
faults=0
. "$2/tests/cli/expect.sh"
. "$2/tests/cli/mpirun.sh"

answers() {
    output=
    same_answer breakeven "$scenario" --over h_seat -n 700
    same_answer breakeven "$scenario" --over shape.teams=1:5 -n 64
    same_answer breakeven "$scenario" -n 24 -v
    output="-o folder"
    same_answer claims "$2/scenarios/startup" -n 140
    same_answer optimise "$scenario" -n 2048 --arms none,tpm,engineer,coordinator --confidence 0.9
    same_answer optimise "$scenario" --over count.tpm=0:1 --over count.coordinator=0:1 -n 2048 --risk cvar
    same_answer optimise "$scenario" --over slots1=1:6 -n 256
    same_answer run "$scenario" -n 300 --arms none,tpm,engineer --ignorance 20 --no-figures --color never
    same_answer run "$scenario" -n 300 --arms none,tpm --no-figures --no-attribution --color never
}

refusals() {
    ranks 2 3 breakeven "$scenario" --over m_max=1:4 -n 64; said_once "rework loop gain"
    ranks 2 3 breakeven "$scenario" --over h_saet; said_once 'did you mean "h_seat"'
    ranks 2 3 breakeven "$scenario" --over h_seat=3:; said_once "is not a range"
    ranks 2 3 claims "$scenario" -n 1; said_once "measures no claim"
    ranks 2 3 optimise "$scenario" --over J_tpm=0:1 -n 256; said_once "not a choice"
    ranks 2 3 optimise "$scenario" --over count.tpm=1:2 --budget 0 -n 2048; said_once "nothing costs"
    ranks 2 3 run "$scenario" -n 1 --ignorance 20 -o no; said_once "one world has no luck"
    [ ! -e no ] || fault "a refusal left a folder"
}

# Another rank cannot start its threads: rank 0 says so. Not with sanitizers, which need more memory than that rank may have.
too_many_threads() {
    said="a rank without room for its threads"
    small='ulimit -v 4000000; exec "$0" "$@"'
    sh -c "$small" "$binary" --version >out 2>err || return 0
    ln -s "$scenario" tables
    for study in "breakeven tables --over h_seat" "breakeven tables" "claims tables" "optimise tables"; do
        timeout 120 $mpirun_all -n 1 "$binary" $study -n 2048 : -n 1 sh -c "$small" "$binary" $study -n 2048 -j 4096 >out 2>err </dev/null
        [ $? = 1 ] || fault "$said: $study: the status is not 1"
        err_has "rank 1 of 2: cannot start the threads; choose fewer"
        [ ! -s out ] || fault "$said: $study: an answer is given"
    done
}

# PATTERN ARGUMENT...: all ranks are told to end while they are at work, as by Ctrl-C
interrupt() {
    said="interrupting mpirun orgsim $2"
    wanted=$1
    shift
    $mpirun_all -n 2 "$binary" "$@" -j 1 >out 2>err </dev/null &
    launcher=$!
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
        child=$(ps -o pid= --ppid $launcher | sed -n 1p | tr -d ' ')
        [ "$(ps -o cputimes= -p "${child:-$launcher}" | tr -d ' ')" -lt 2 ] || break
        sleep 0.5
    done
    kill -INT $(ps -o pid= --ppid $launcher)
    job_ends
    [ $status != 0 ] || fault "$said: ends with 0"
    grep -q "$wanted" err || fault "$said: stderr lacks $wanted"
}

interruptions() {
    interrupt "interrupted" breakeven "$scenario" --over h_seat -n 10000000
    interrupt "interrupted" optimise "$scenario" -n 10000000 --confidence 0.99999 --indifference 0.001 -o none
    [ ! -e none ] || fault "$said: a folder is written"
    interrupt "interrupted after 300 worlds" run "$scenario" -n 300 --arms none,tpm --no-figures --no-attribution --ignorance 10000 -o kept
    [ -s kept/summary.csv ] || fault "$said: the results are gone"
}

answers "$@"
refusals
too_many_threads
interruptions
[ "$faults" = 0 ] && echo "all as it should be"
exit $((faults > 0))
