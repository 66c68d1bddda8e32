#!/bin/sh
# import.sh BINARY SOURCE_DIR: orgsim import as its user meets it: what it writes, says and refuses, and the run that follows
set -u
binary=$1
kitchen=$2/tests/scenario/psplib/kitchen.sm
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-import-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
faults=0

. "$2/tests/cli/expect.sh"
out_has() { grep -qF -e "$1" out || fault "$said: stdout lacks: $1"; }
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }
err_empty() { [ ! -s err ] || fault "$said: stderr is not empty"; }

expect 0 import psplib "$kitchen" -o kitchen; out_has 'program "kitchen"'; out_has "orgsim run kitchen --frictionless"; err_empty
expect 0 check kitchen; out_has "kitchen: no problems, no notes"
expect 0 run kitchen --frictionless -n 512 --no-figures -o results; out_has "512 worlds"; out_has "only \"nobody\" was lived. Four programs in five"; out_has "once arms.csv names a second"; err_empty
# 14 weeks when nothing is late; never before 0.8 and never after 1.6 times that
awk -F, '$2 == "finish_week" && ($4 < 14.5 || $4 > 19 || $6 < 11.2 || $14 > 22.4) { exit 1 }' results/summary.csv || fault "the finish is not that of the project"
grep -q "^none,J2,1,\|^none,J2,0\.9" results/packages.csv || fault "job 2, which almost everything waits for, is not critical"
expect 0 run "$2/scenarios/startup" --frictionless -n 128 --no-figures -o startup; out_has "had no part in this run"
expect 0 import psplib "$kitchen" -o quiet -q; [ ! -s out ] || fault "$said: not quiet"
expect 0 import psplib "$kitchen" -o other --json; out_has '"name": "kitchen"'; out_has '"folder": "other"'
cp "$kitchen" "a;b \$(x).sm"
expect 0 import psplib "a;b \$(x).sm" -o odd; out_has 'program "abx"'
expect 0 check odd
expect 0 import psplib "$kitchen" -o "a b"; out_has "orgsim run 'a b' --frictionless"; out_has "'a b'/README.md"

expect 2 import psplib "$kitchen" -o kitchen; err_has "the folder is not empty"
expect 2 import psplib "$kitchen" -o kitchen --force; err_has "nothing is ever overwritten"
expect 2 import psplib "$kitchen"; err_has "-o DIR"
expect 2 import pslib "$kitchen" -o new; err_has 'did you mean "psplib"?'
expect 2 import jira "$kitchen" -o new; err_has "known: psplib"
expect 2 import psplib; err_has "is missing"
expect 2 import psplib "$kitchen" x -o new; err_has "one argument too many"
expect 1 import psplib nothing.sm -o new; err_has "nothing.sm"
expect 1 import psplib . -o new
expect 4 import psplib "$2/README.md" -o new; err_has 'no line "jobs (incl. supersource/sink ):"'; err_has "a file that ends in .sm"
sed 's/   4   5/   4   4/' "$kitchen" >spoilt.sm
expect 4 import psplib spoilt.sm -o new; err_has "spoilt.sm:20: a successor is missing, repeated, unknown or comes before the job"
[ ! -e new ] || fault "a refused file left a folder"
exit $((faults > 0))
