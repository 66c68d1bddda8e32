#!/bin/sh
# ranks_studies.sh BINARY SOURCE_DIR: sweep, sensitivity and voi on the ranks of an MPI job print and write what one process does; what ends one ends all
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
    output="-o folder"
    same_answer sweep "$scenario" --vary h_seat=0:3:7 -n 300
    same_answer sweep "$scenario" --vary J_tpm=0.3:0.9:3 --vary m_max=2:3:3 -n 64
    grep -q "are left empty" n3/out || fault "no cell of the second grid is impossible"
    same_answer sensitivity "$scenario" -n 32 --range m_max=1:4 -v
    grep -q "m_max was not tried" n3/out || fault "no row of the tornado is impossible"
    same_answer sensitivity "$scenario" --method morris --size 4 -n 16
    same_answer sensitivity "$scenario" --method rank --size 60 -n 16 --range m_max=1:4
    grep -q "the scenario forbids" n3/out || fault "no point of the Latin hypercube is impossible"
    same_answer voi "$scenario" --points 128 -n 4
    same_answer sensitivity "$scenario" --method sobol --size 64 --inputs 4 -n 32
}

refusals() {
    ranks 2 3 sweep "$scenario" --vary m_max=3:4:5 -n 16; said_once "rework loop gain"
    ranks 2 3 sweep "$scenario" --vary h_saet=0:3:7; said_once 'did you mean "h_seat"'
    ranks 2 3 sensitivity "$scenario" --method morris --size 4 -n 16 --range m_max=1:4; said_once "impossible together"
    ranks 4 3 sweep nowhere --vary h_seat=0:3:7; said_once "nothing was run"
    mkdir here
    ranks 2 2 sweep "$scenario" --vary h_seat=0:3:7 -o here; said_once "exists already"
    ranks 2 2 explain "$scenario"; err_has "without mpirun"
}

# Another rank finds other tables, or none: nobody waits for it.
strangers() {
    mkdir a b c
    cp -r "$scenario" a/s
    cp -r "$scenario" b/s
    sed -i.old 's/^LEG-2,\(.*\),8,13,/LEG-2,\1,9,13,/' b/s/packages.csv
    ! cmp -s a/s/packages.csv b/s/packages.csv || fault "the tables of the two ranks are the same"
    for other in b c; do
        said="two ranks in two folders, a and $other"
        timeout 120 $mpirun_all -n 1 -wdir a "$binary" sweep s --vary h_seat=0:3:7 -n 16 : -n 1 -wdir $other "$binary" sweep s --vary h_seat=0:3:7 -n 16 >out 2>err </dev/null
        status=$?
        [ $status != 0 ] && [ $status != 124 ] || fault "$said: status $status"
        err_has "rank 1 of 2 cannot go on"
        [ ! -s out ] || fault "$said: an answer is given"
    done
}

# Another rank cannot start its threads: rank 0 says so. Not with sanitizers, which need more memory than that rank may have.
too_many_threads() {
    said="a rank without room for its threads"
    small='ulimit -v 4000000; exec "$0" "$@"'
    sh -c "$small" "$binary" --version >out 2>err || return 0
    ln -s "$scenario" tables
    for study in "sweep tables --vary h_seat=0:3:7" "sensitivity tables" "voi tables --points 128"; do
        timeout 120 $mpirun_all -n 1 "$binary" $study -n 16 : -n 1 sh -c "$small" "$binary" $study -n 16 -j 4096 >out 2>err </dev/null
        [ $? = 1 ] || fault "$said: the status is not 1"
        err_has "rank 1 of 2: cannot start the threads; choose fewer"
        [ ! -s out ] || fault "$said: an answer is given"
    done
}

# NUMBER SIGNAL: of three ranks one is ended while all are at work
end_one() {
    said="SIG$2 for rank $(($1 - 1))"
    $mpirun_all -n 3 "$binary" sweep "$scenario" --vary h_seat=0:3:3 -n 10000000 -j 1 -o ended >out 2>err </dev/null &
    launcher=$!
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
        child=$(ps -o pid= --ppid $launcher | sed -n "$1p" | tr -d ' ')
        [ "$(ps -o cputimes= -p "${child:-$launcher}" | tr -d ' ')" -lt 1 ] || break
        sleep 0.5
    done
    kill -"$2" "$child"
    job_ends
    [ $status != 0 ] || fault "$said: the job ends with 0"
    [ ! -e ended ] || fault "$said: the job wrote a folder"
}

ends() {
    end_one 1 KILL
    end_one 3 KILL; err_has "rank 2"
    end_one 2 TERM; err_has "rank 1 of 3 was told to end, and ends the whole job"
}

answers
refusals
strangers
too_many_threads
ends
[ "$faults" = 0 ] && echo "all as it should be"
exit $((faults > 0))
