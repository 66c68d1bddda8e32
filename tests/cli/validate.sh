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
out_has "checks are met"; out_has "T1   met"; out_has "M1   met"; out_has "V16  missed"; out_has "[very large IT; fitted]"; out_has "ORGSIM_DATA"
for key in checks id statement source expected measured ci_low ci_high status counts not_checked; do
    grep -q "\"$key\":" table.json || fault "table.json lacks $key"
done
cp out first
expect 3 validate --quick --check -j 1; cmp -s out first || fault "another number of threads gives another table"

# With raw data, into the folder of a run: its page then holds the checks. The quantiles are those of five people.
mkdir data
printf 'duration,event\n12,1\n40,1\n60,1\n90,1\n200,1\n' >data/staff_tenure.csv
expect 0 run "$2/scenarios/startup" -n 128 -o run --no-outcomes --no-figures --no-attribution -q
expect 2 validate --quick -o run; err_has "exists already"
export ORGSIM_DATA="$folder/data"
if command -v gnuplot >/dev/null; then expect 0 validate --quick -o run --force; err_empty; else expect 5 validate --quick -o run --force; err_has "gnuplot"; fi
out_has "Tables and figure: run"; out_has "D7   "
unset ORGSIM_DATA
[ "$(grep -c '^[A-Z][0-9]' run/validate.csv)" -ge 85 ] || fault "$said: validate.csv lacks checks"
grep -q '^# time until somebody leaves, months' run/figures/validate.dat || fault "$said: no quantiles"
! grep -q "$folder" run/validate.json run/figures/validate.gp || fault "$said: names the folder of raw data"
expect 0 report run
grep -q 'id="checks"' run/report.html || fault "$said: no appendix"
if command -v gnuplot >/dev/null; then grep -q 'figures/validate.dat' run/report.html || fault "$said: no figure of quantiles"; fi
head -c 3000 run/validate.json >cut; cp cut run/validate.json
expect 1 report run; err_has "run/validate.json"; err_has "is not JSON"; err_has "orgsim validate --json=FILE, or remove it"
expect 0 validate --observational --quick --json=run/validate.json -q
expect 1 report run; err_has "run/validate.json"
expect 2 validate --observational -o seen; err_has "--observational has no files"; [ ! -e seen ] || fault "$said: made a folder"

expect 0 validate --observational --quick --json=seen.json; err_empty; out_has "The sign is wrong."
out_has "the truth: all programs, lived both ways"
grep -q '"truth_given"' seen.json || fault "seen.json lacks the truth"
expect 2 validate --observational --check; err_has "--observational has no checks"
export ORGSIM_DATA="$folder/none"; expect 2 validate --quick; err_has "there is no such folder"; unset ORGSIM_DATA

# Other numbers in the calibrated programs: what is said of a miss can be measured again, and is no report.
expect 0 validate --quick --set p_val=0.5 --json=set.json; err_empty; out_has "not those that ship"
grep -q '"conditions": "--set p_val=0.5"' set.json || fault "$said: set.json does not tell its conditions"
[ "$(grep -c '^T' out)" = "$(grep -c '^T' first)" ] || fault "$said: other checks"
grep -A2 '^T' out >with; grep -A2 '^T' first | cmp -s - with || fault "$said: theory hangs on the calibrated programs"
grep -A2 '^V7c' out >with; grep -A2 '^V7c' first | cmp -s - with && fault "$said: V7c is what it was"
cp set.json run/validate.json
expect 1 report run; err_has "other programs than those that ship"
expect 2 validate --quick --set p_vla=0.5; err_has "p_val"
expect 2 validate --quick --set p_val=7; err_has "p_val is 7"
expect 2 validate --quick --set money.tpm_per_year=7; err_has "name an assumption"
expect 2 validate --set p_val=0.5 -o set; err_has "no report"; [ ! -e set ] || fault "$said: made a folder"
expect 2 validate --set p_val=0.5 --fit; err_has "--fit sets its own numbers"

expect 2 validate --fit --observational; err_has "two questions"
expect 2 validate --fit -o fitted; err_has "--fit has no files"; [ ! -e fitted ] || fault "$said: made a folder"
"$binary" validate --fit --quick --no-progress >out 2>err & process=$!
sleep 0.5; kill -INT $process; wait $process; status=$?
[ $status = 130 ] || fault "a fit, interrupted: status $status"
said="orgsim validate --fit, interrupted"; err_has "interrupted"

expect 2 validate somewhere; err_has "one argument too many"
expect 2 validate --qiuck; err_has "did you mean --quick?"
expect 2 validate -n 100
expect 2 validate --isa mmx; err_has 'is not scalar, sse2, avx2 or avx512'

"$binary" validate --no-progress >out 2>err & process=$!
sleep 0.3; kill -INT $process; wait $process; status=$?
[ $status = 130 ] || fault "interrupted: status $status"
said="orgsim validate, interrupted"; err_has "interrupted"


[ "$faults" = 0 ] || { echo "$faults faults"; exit 1; }
