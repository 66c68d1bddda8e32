#!/bin/sh
# ranks.sh BINARY SOURCE_DIR: a run on several ranks of an MPI job, on several kernels, threads and shards, killed and resumed, is the run of one process
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
same() { diff -r -x run.log "$1" "$2" >out 2>err || fault "$said: $1 is not $2"; }
few="-n 1500 --arms tpm,engineer --no-figures --quiet"

# kernels x threads x ranks x shards
same_bytes() {
    ranks 0 2 run "$scenario" $few -o first
    expect 0 run "$scenario" $few -o one -j 1 --isa scalar
    same first one
    isas="scalar sse2"
    grep -qw avx2 /proc/cpuinfo && isas="$isas avx2"
    grep -qw avx512f /proc/cpuinfo && isas="$isas avx512"
    n=2 j=1
    for isa in $isas; do
        ranks 0 $n run "$scenario" $few -o "r$isa" -j $j --isa "$isa"
        same "r$isa" one
        expect 0 run "$scenario" $few --shard 1/2 -o "a$isa" -j $j --isa "$isa"
        n=$((n % 4 + 1)) j=$((j % 3 + 1))
        expect 0 run "$scenario" $few --shard 2/2 -o "b$isa" -j $j
        expect 0 merge "a$isa" "b$isa" -o "s$isa" --quiet
        same "s$isa" one
    done
    ranks 0 9 run "$scenario" $few -o many -j 1 # more ranks than two to a block
    same many one
    ranks 0 3 run "$scenario" $few -n 100000 --precision on_time=0.03 -o sharp
    expect 0 run "$scenario" $few -n 100000 --precision on_time=0.03 -o sharp_one
    same sharp sharp_one
}

# FOLDER PATTERN: kills with SIGKILL what PATTERN names (rank 0, rank 1, or mpirun) once a block is stored
kill_one() {
    $mpirun_all -n 3 "$binary" run "$scenario" $long --save-every 0 -j 1 -o "$1" >out 2>err &
    launcher=$!
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40; do
        [ ! -e ".$1.partial/blocks/000000000002.bin" ] || break
        sleep 0.25
    done
    child=$(ps -o pid= --ppid $launcher | sed -n "$2p" | tr -d ' ')
    kill -"$3" "$child"
    job_ends
    [ $status != 0 ] || fault "a job of which one rank was killed ends with 0"
    [ -e ".$1.partial/blocks/run.txt" ] || [ -e "$1/blocks/run.txt" ] || fault "no checkpoint is left of a job of which one rank was killed"
}

# A rank dies: the job ends and says so; what was stored goes on with other ranks, or none.
deaths() {
    long="-n 60000 --arms tpm --no-figures --no-attribution --quiet"
    expect 0 run "$scenario" $long -o long
    said="killing rank 0"
    kill_one zero 1 KILL
    ranks 0 2 run "$scenario" $long -o zero --resume
    same zero long
    said="killing rank 2"
    kill_one two 3 KILL
    err_has "rank 2"
    expect 0 run "$scenario" $long -o two --resume
    same two long
    said="telling rank 1 to end"
    kill_one told 2 TERM
    err_has "go on with --resume"
    ranks 0 4 run "$scenario" $long -o told --resume
    same told long
}

# A launcher that is told to end kills all ranks soon after: what takes long is left out, so that the rest is written, and it is said. gnuplot comes to no end here.
hurries() {
    mkdir -p slow
    printf '#!/bin/sh\n: >"$DRAWING"\nexec sleep 300\n' >slow/gnuplot
    chmod +x slow/gnuplot
    for when in living drawing; do
        said="interrupting mpirun orgsim run while $when"
        worlds=600
        [ $when = drawing ] || worlds=1000000
        DRAWING=$folder/begun PATH=$folder/slow:$PATH $mpirun_all -n 2 "$binary" run "$scenario" -n $worlds --arms tpm --save-every 0 -o $when >out 2>err </dev/null &
        launcher=$!
        for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40; do
            [ $when != drawing ] || [ ! -e begun ] || break
            [ $when != living ] || [ ! -e .living.partial/blocks/000000000002.bin ] || break
            sleep 0.25
        done
        kill -INT $launcher
        job_ends
        [ $status != 0 ] || fault "$said: ends with 0"
        [ -s $when/report.html ] && [ -s $when/summary.csv ] || fault "$said: no results"
        grep -q "figures: left out when the run was interrupted" $when/run.log || fault "$said: run.log does not say that figures were left out"
    done
}

refusals() {
    ranks 2 2 run "$scenario" $few -o one; err_has "exists already"
    ranks 2 3 check "$scenario"; err_has "without mpirun"
    ranks 2 2 run "$scenario" $few --shard 1/2 -o no; err_has "two ways"
    ranks 4 2 run nowhere -o no
    ranks 2 2 run "$scenario" --arms nobody -o no; err_has "nobody"
    [ ! -e no ] || fault "a refusal left a folder"
}

same_bytes
deaths
hurries
refusals
[ "$faults" = 0 ] && echo "all as it should be"
exit $((faults > 0))
