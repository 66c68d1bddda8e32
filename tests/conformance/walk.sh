#!/bin/sh
# walk.sh ROOT CTEST BUILD: every row of tests/conformance.csv is about something that is there, and every rule has its row
set -eu
root=$1
ctest=$2
build=$3
here=$(cd "$(dirname "$0")" && pwd)
table=$root/tests/conformance.csv
status=0
fault() {
    echo "tests/conformance.csv: $*"
    status=1
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$ctest" -N --test-dir "$build" | sed -n 's/^ *Test *#[0-9]*: //p' >"$scratch/programs"

[ "$(sed 1q "$table")" = "row,statement,file,function,test,how" ] || fault "the header is not row,statement,file,function,test,how"

# What rows there must be: the mechanisms of the week in their order, each once, and what the description in words leaves open.
sed -n '/week_mechanisms\[\] = {/,/^};/s/^ *{"\([a-z]*\)", \([a-z_]*\), .*/\1 \2/p' "$root/sim/engine/week.c" | awk '!seen[$2]++' >"$scratch/mechanisms"
awk -f "$here/table.awk" -f "$here/rows.awk" "$scratch/mechanisms" "$table" || status=1

registered() { # SOURCE FUNCTION: the function stands in the source's list of tests
    awk -v name="$2" '/CMUnitTest/ { list = 1 } list && $0 ~ ("\\(" name "[,)]") { found = 1 } END { exit !found }' "$1"
}

awk -f "$here/table.awk" -f "$here/cells.awk" "$table" >"$scratch/rows"
rows=0
while IFS='	' read -r row file function program test how; do
    rows=$((rows + 1))
    if [ ! -f "$root/$file" ]; then
        fault "$row: $file does not exist"
    elif ! FUNCTION=$function HOW=$how awk -f "$here/plant.awk" "$root/$file" >"$scratch/planted" 2>"$scratch/why"; then
        fault "$row: $file: $(cat "$scratch/why")"
    fi
    source=$root/tests/${program%%_*}/test_${program#*_}.c
    if [ ! -f "$source" ]; then
        fault "$row: test $program has no source $source"
    elif ! registered "$source" "$test"; then
        fault "$row: $test is not among the tests of $program"
    fi
    grep -qx "$program" "$scratch/programs" || fault "$row: $program is no test of ctest"
done <"$scratch/rows"
echo "$rows rows"
exit $status
