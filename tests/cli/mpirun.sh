# mpirun.sh: what the scripts share that start MPI jobs; read by them with . after expect.sh
#
# Ends the script with 77, which means skipped, where there is no mpirun or the command was built without MPI.

ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" # MPI itself keeps memory until its end
export ASAN_OPTIONS
as_root=
[ "$(id -u)" != 0 ] || as_root=--allow-run-as-root
mpirun_all="mpirun $as_root --oversubscribe --bind-to none"

err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }
said_once() { [ "$(grep -cF -e "$1" err)" = 1 ] || fault "$said: stderr does not say once: $1"; }

ranks() { # STATUS N ARGUMENT...
    wanted=$1 n=$2
    shift 2
    said="mpirun -n $n orgsim $*"
    timeout 120 $mpirun_all -n "$n" "$binary" "$@" >out 2>err </dev/null
    status=$?
    [ "$status" = "$wanted" ] || fault "$said: status $status, expected $wanted"
}

# ARGUMENT...: stdout, folder (with $output) and JSON of one process, and of 1, 2 and 3 ranks; the last two with one thread each
same_answer() {
    for n in 0 1 2 3; do
        rm -rf "n$n" && mkdir "n$n" && cd "n$n" || exit 1
        if [ $n = 0 ]; then expect 0 "$@" $output --json=answer.json
        else ranks 0 $n "$@" $output --json=answer.json $([ $n = 1 ] || echo "-j 1")
        fi
        [ ! -s err ] || fault "$said: says something on stderr"
        cd ..
        diff -r -x run.log n0 "n$n" >out 2>err || fault "$said: is not what one process says"
    done
}

# Waits for the job $launcher, of which a rank was ended, and leaves its status. mpirun of Open MPI 4.1.4 now and then waits for itself at its end, with no
# rank left: that is no fault of theirs.
job_ends() {
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40; do
        kill -0 $launcher 2>/dev/null || break
        sleep 0.5
    done
    if kill -0 $launcher 2>/dev/null; then
        left=$(ps -o pid=,stat= --ppid $launcher | awk '$2 !~ /^Z/ { print $1 }')
        [ -z "$left" ] || fault "$said: the ranks $left go on"
        kill -KILL $launcher $left
    fi
    wait $launcher
    status=$?
}

command -v mpirun >/dev/null || { echo "skipped: there is no mpirun (Debian: openmpi-bin)"; exit 77; }
timeout 120 $mpirun_all -n 2 "$binary" run no-such-folder >out 2>err </dev/null
if grep -q "knows no MPI" err; then echo "skipped: the command was built without MPI"; exit 77; fi
