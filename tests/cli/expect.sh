# expect.sh: what the scripts of this folder share; read by them with . after $binary and $faults are set

fault() {
    faults=$((faults + 1))
    echo "FAULT: $*"
    echo "  stdout: $(head -c 600 out)"
    echo "  stderr: $(head -c 600 err)"
}

# STATUS ARGUMENT...: leaves stdout in out and stderr in err
expect() {
    wanted=$1
    shift
    said="orgsim $*"
    "$binary" "$@" >out 2>err </dev/null
    status=$?
    [ "$status" = "$wanted" ] || fault "$said: status $status, expected $wanted"
}
