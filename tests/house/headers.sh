#!/bin/sh
# headers.sh ROOT COMPILER FLAG...: every header compiles alone, and twice in a row, without a warning
#
# Headers of the lanes are compiled as a kernel of one lane.
set -eu
root=$1
shift
cd "$root"

status=0
n=0
for header in $(find include sim -name '*.h' | sort); do
    name=${header#include/}
    name=${name#sim/}
    n=$((n + 1))
    printf '#include <%s>\n#include <%s>\nextern int alone;\n' "$name" "$name" |
        "$@" -Werror -DLANES=1 -DKERNEL=scalar -Iinclude -Isim -fsyntax-only -x c - || { echo "$header: does not compile alone"; status=1; }
done
[ $n -gt 0 ] || { echo "no header found"; status=1; }
exit $status
