#!/bin/sh
# ignorance.sh BINARY SOURCE_DIR: orgsim run --ignorance and --without-grade: the sentence, the files, the same bytes for any threads, refusals
set -u
binary=$1
scenarios=$2/scenarios
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-ignorance-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
faults=0

. "$2/tests/cli/expect.sh"
out_has() { grep -qF -e "$1" out || fault "$said: stdout lacks: $1"; }
out_lacks() { grep -qF -e "$1" out && fault "$said: stdout has: $1"; }
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }

expect 0 run "$scenarios/startup" -n 256 --ignorance 20 -o one --json=one.json -j 1
out_has 'Ignorance   "empowered TPM" pays against "no TPM" in '; out_has "20 draws of what nobody knows"; out_has "the rest luck"
for file in ignorance.csv ignorance_draws.csv figures/ignorance.svg figures/ignorance.png; do [ -s one/$file ] || fault "no one/$file"; done
[ "$(wc -l <one/ignorance_draws.csv)" = 21 ] || fault "ignorance_draws.csv has not a row a draw"
[ "$(head -1 one/ignorance.csv | tr ',' '\n' | wc -l)" = "$(tail -1 one/ignorance.csv | tr ',' '\n' | wc -l)" ] || fault "ignorance.csv: header and rows differ"
grep -q 'Does it hold if the assumptions are wrong?' one/report.html || fault "the page says nothing of ignorance"
grep -q '"headline_less"' one.json || fault "one.json says nothing of ignorance"
share=$(awk -F, '$1 == "tpm" && $2 == "none" {print int($9 * 100 + 0.5)}' one/ignorance.csv)
out_has "in $share% of 20 draws" # the sentence is the table's
expect 0 run "$scenarios/startup" -n 256 --ignorance 20 -o two -j 2
rm -f one/run.log two/run.log
for file in ignorance.csv ignorance_draws.csv figures/ignorance.dat; do cmp -s one/$file two/$file || fault "$file depends on the threads"; done

expect 0 run "$scenarios/startup" -n 128 --no-figures -o plain; out_lacks "Ignorance"
[ ! -e plain/ignorance.csv ] || fault "ignorance.csv without --ignorance"
expect 0 run "$scenarios/startup" -n 128 --no-figures --without-grade assumption --set w_tech=1 -o without
grep -q '^w_integ,w_TPM_int,1,0,2,.*--without-grade' without/assumptions.csv || fault "w_integ is not taken away, or not told: $(grep '^w_integ' without/assumptions.csv)"
grep -q '^w_tech,w_TPM_tech,1,1,1,.*--set' without/assumptions.csv || fault "w_tech is not as it was set: $(grep '^w_tech' without/assumptions.csv)"
expect 0 run "$scenarios/startup" -n 128 --no-figures --without-grade vendor -o vendor; err_has "no effect rests on evidence of grade vendor"
cmp -s plain/summary.csv vendor/summary.csv || fault "no row rests on a vendor, but something changed"

expect 2 run "$scenarios/startup" --ignorance 3; err_has "20"
expect 2 run "$scenarios/startup" --ignorance many; err_has "is not a whole number"
expect 2 run "$scenarios/startup" --ignorance 20 --frictionless -o none; err_has "frictionless"
[ ! -e none ] || fault "a refused study left a folder"
expect 2 run "$scenarios/startup" --without-grade assumptoin; err_has 'did you mean "assumption"?'
expect 2 sweep "$scenarios/startup" --vary h_seat=0:3:2 --ignorance 20; err_has "not an option of this command"
expect 0 breakeven "$scenarios/startup" --over h_seat -n 128 --without-grade assumption; out_has "h_seat"

[ "$faults" = 0 ] || { echo "$faults faults"; exit 1; }
