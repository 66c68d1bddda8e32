#!/bin/sh
# validate.sh BINARY SOURCE_DIR: orgsim validate as a professor and a director meet it: table, JSON, exit codes, and what it refuses
set -u
binary=$1
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-validate-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
faults=0
unset ORGSIM_DATA

. "$2/tests/cli/expect.sh"
out_has() { grep -qF -e "$1" out || fault "$said: stdout lacks: $1"; }
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }
err_empty() { [ ! -s err ] || fault "$said: stderr is not empty"; }

expect 0 validate --quick --json=table.json; err_empty
out_has "checks are met"; out_has "T1   met"; out_has "M1   met"; out_has "V4b  missed"; out_has "[very large IT; fitted]"; out_has "ORGSIM_DATA"
for key in checks id statement source expected measured ci_low ci_high status counts not_checked; do
    grep -q "\"$key\":" table.json || fault "table.json lacks $key"
done
cp out first
expect 3 validate --quick --check -j 1; cmp -s out first || fault "another number of threads gives another table"

expect 0 validate --observational --quick --json=seen.json; err_empty; out_has "The sign is wrong."
out_has "the truth: all programs, lived both ways"
grep -q '"truth_given"' seen.json || fault "seen.json lacks the truth"
expect 2 validate --observational --check; err_has "--observational has no checks"
export ORGSIM_DATA="$folder/none"; expect 2 validate --quick; err_has "there is no such folder"; unset ORGSIM_DATA

expect 2 validate somewhere; err_has "one argument too many"
expect 2 validate --qiuck; err_has "did you mean --quick?"
expect 2 validate -n 100
expect 2 validate --isa mmx; err_has 'is not scalar, sse2, avx2 or avx512'

"$binary" validate --no-progress >out 2>err & process=$!
sleep 0.3; kill -INT $process; wait $process; status=$?
[ $status = 130 ] || fault "interrupted: status $status"
said="orgsim validate, interrupted"; err_has "interrupted"


[ "$faults" = 0 ] || { echo "$faults faults"; exit 1; }
