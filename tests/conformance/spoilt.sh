#!/bin/sh
# spoilt.sh ROOT CTEST BUILD FOLDER: walk.sh passes the table as it is, and fails, for the reason stated, on each table with one fault
set -eu
root=$1
ctest=$2
build=$3
folder=$4
status=0

rm -rf "$folder"
mkdir -p "$folder/tests"
cp -R "$root/sim" "$folder"
for name in engine study scenario conformance; do cp -R "$root/tests/$name" "$folder/tests"; done
table=$folder/tests/conformance.csv

walks() { sh "$folder/tests/conformance/walk.sh" "$folder" "$ctest" "$build" >"$folder/said" 2>&1; }

fails() { # EDIT REASON
    sed "$1" "$root/tests/conformance.csv" >"$table"
    if walks; then
        echo "lets through: $2"
        status=1
    elif ! grep -qF -e "$2" "$folder/said"; then
        echo "fails, but not for \"$2\":"
        cat "$folder/said"
        status=1
    fi
}

cp "$root/tests/conformance.csv" "$table"
walks || { echo "the table itself:"; cat "$folder/said"; status=1; }
fails '1s/statement/what/' 'the header is not'
fails '/^M23,/d' 'no row M23 for ending_step'
fails '/^G7,/d' 'no row G7'
fails 's/^M3,/M4,/' 'M4 stands twice'
fails 's/"rigour: /"good habits: /' 'the statement of M22 begins with "rigour:"'
fails 's|mechanism/trust.c|mechanism/faith.c|' 'mechanism/faith.c does not exist'
fails 's/,severity_of,/,gravity_of,/' 'function gravity_of is not defined here'
fails 's/sed:return by_altitude/sed:return of_altitude/' 'not once'
fails 's/,severity_of,\([^,]*\),.*/,severity_of,\1,skip/' 'only a void function can be skipped'
fails 's/:test_closing/:test_shutting/' 'test_shutting is not among the tests of engine_items'
fails 's/engine_items:/engine_things:/' 'engine_things is no test of ctest'
rm -rf "$folder"
exit $status
