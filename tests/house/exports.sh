#!/bin/sh
# exports.sh LIBRARY INCLUDE: the library exports exactly what the public headers declare ORGSIM_API, and every such name begins with orgsim_
set -eu
library=$1
include=$2

declared() { # comments and macros off, then the name before the parameters or the brackets of each declaration
    cat "$include"/orgsim/*.h | awk '
    { while (sub(/\\$/, "") && (getline more) > 0) $0 = $0 more }
    /^[ \t]*#/ { next }
    { text = text " " $0 }
    END {
        while (match(text, /\/\*/)) {
            before = substr(text, 1, RSTART - 1); rest = substr(text, RSTART + 2)
            text = before " " substr(rest, index(rest, "*/") + 2)
        }
        n = split(text, statement, ";")
        for (i = 1; i <= n; i++) if (statement[i] ~ /ORGSIM_API/) {
            sub(/.*ORGSIM_API/, "", statement[i]); sub(/[(\[].*/, "", statement[i]); sub(/ *$/, "", statement[i]); sub(/.*[ *]/, "", statement[i])
            print statement[i]
        }
    }' | sort -u
}

exported() { "${NM:-nm}" -D -P --defined-only "$library" | awk '$1 !~ /^__odr_asan/ { print $1 }' | sort -u; }

status=0
names=$(declared)
[ -n "$names" ] || { echo "$include: no ORGSIM_API declaration found"; exit 1; }
actual=$(exported)
for name in $names; do
    case $name in orgsim_?*) ;; *) echo "$name: declared ORGSIM_API, does not begin with orgsim_"; status=1 ;; esac
    echo "$actual" | grep -qxF -e "$name" || { echo "$name: declared ORGSIM_API, not exported"; status=1; }
done
for name in $actual; do
    echo "$names" | grep -qxF -e "$name" || { echo "$name: exported, not declared ORGSIM_API in a public header"; status=1; }
done
exit $status
