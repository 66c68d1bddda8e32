#!/bin/sh
# calls.sh FLOOR=ARCHIVE...: no floor needs a symbol that only a floor above it defines (archives given lowest first)
set -eu
for pair in "$@"; do
    echo "archive ${pair%%=*}"
    "${NM:-nm}" -A -P -g "${pair#*=}" 2>/dev/null
done | awk '
$1 == "archive" { floors++; floor[floors] = $2; next }
!match($0, /\[[^]]*\]: /) { next }
{
    object = substr($0, RSTART + 1, RLENGTH - 4)
    split(substr($0, RSTART + RLENGTH), field, " ")
    if (field[2] ~ /^[Uvw]$/) { n++; wanted[n] = field[1]; at[n] = floors; by[n] = object }
    else if (field[1] in home && home[field[1]] != floors) {
        print field[1] ": defined on two floors, " floor[home[field[1]]] " and " floor[floors]; faults++
    }
    else home[field[1]] = floors
}
END {
    for (i = 1; i <= n; i++) if (home[wanted[i]] > at[i]) {
        print floor[at[i]] "/" by[i] " calls upward: " wanted[i] " of " floor[home[wanted[i]]]; faults++
    }
    if (!n) { print "no symbols read"; faults++ }
    exit faults > 0
}'
