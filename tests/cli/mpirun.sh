# mpirun.sh: what the scripts share that start MPI jobs; read by them with . after expect.sh
#
# Ends the script with 77, which means skipped, where there is no mpirun or the command was built without MPI.

ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=0" # MPI itself keeps memory until its end
export ASAN_OPTIONS
as_root=
[ "$(id -u)" != 0 ] || as_root=--allow-run-as-root
mpirun_all="mpirun $as_root --oversubscribe --bind-to none"

err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }

ranks() { # STATUS N ARGUMENT...
    wanted=$1 n=$2
    shift 2
    said="mpirun -n $n orgsim $*"
    timeout 120 $mpirun_all -n "$n" "$binary" "$@" >out 2>err </dev/null
    status=$?
    [ "$status" = "$wanted" ] || fault "$said: status $status, expected $wanted"
}

command -v mpirun >/dev/null || { echo "skipped: there is no mpirun (Debian: openmpi-bin)"; exit 77; }
timeout 120 $mpirun_all -n 2 "$binary" run no-such-folder >out 2>err </dev/null
if grep -q "knows no MPI" err; then echo "skipped: the command was built without MPI"; exit 77; fi
