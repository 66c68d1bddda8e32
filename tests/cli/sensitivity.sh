#!/bin/sh
# sensitivity.sh BINARY SOURCE_DIR: orgsim sensitivity as a director meets it: the sentence, the table, files, JSON, and what it refuses
set -u
binary=$1
scenarios=$2/scenarios
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-sensitivity-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
faults=0

. "$2/tests/cli/expect.sh"
out_has() { grep -qF -e "$1" out || fault "$said: stdout lacks: $1"; }
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }
err_empty() { [ ! -s err ] || fault "$said: stderr is not empty"; }

expect 0 sensitivity "$scenarios/startup" -n 32 -o tornado; err_empty
out_has "moves it most"; out_has "number, largest swing 1st"; out_has "change nothing in this scenario"; out_has "Figure and tables: tornado"
for file in answer.txt sensitivity.csv sensitivity.json figures/sensitivity.gp figures/sensitivity.dat figures/sensitivity.svg figures/sensitivity.png; do
    [ -s tornado/$file ] || fault "no tornado/$file"
done
grep -q "break-even" tornado/figures/sensitivity.svg || fault "the figure does not mark the break-even"
# the sentence, the table of the answer and the CSV are one: rows that turn, the widest, the inert
turning=$(awk -F, 'NR > 1 && ($7 > 0) != ($10 > 0) { n++ } END { print n + 0 }' tornado/sensitivity.csv)
[ "$turning" = "$(grep -c "+-.* turns" tornado/answer.txt)" ] || fault "the table turns otherwise than the CSV"
tr '\n' ' ' <tornado/answer.txt >joined
grep -q "and $(sed -n 2p tornado/sensitivity.csv | cut -d, -f1) moves it most" joined || fault "the sentence names another number than the CSV's first"
inert=$(awk -F, '$16 == 1 { n++ } END { print n + 0 }' tornado/sensitivity.csv)
[ "$inert" -gt 0 ] && grep -q "^$inert of " tornado/answer.txt || fault "the answer counts another number of inert rows"
expect 0 sensitivity "$scenarios/startup" -n 16 --method tornado --range money.attendee_hour=80:160 --json; out_has '"method": "tornado"'; out_has '"money.attendee_hour"'
expect 2 sensitivity "$scenarios/startup" -n 16 -o tornado; err_has "exists already"
expect 2 sensitivity "$scenarios/startup" --method tornada; err_has 'did you mean "tornado"?'
expect 2 sensitivity "$scenarios/startup" --range h_seat=3:1; err_has "is reversed"
expect 2 sensitivity "$scenarios/startup" --range h_seat=1:1; err_has "is empty"
expect 2 sensitivity "$scenarios/startup" --range h_seat; err_has "write NAME=LOW:HIGH"
expect 2 sensitivity "$scenarios/startup" --range h_saet=0:1; err_has 'did you mean "h_seat"?'
expect 2 sensitivity "$scenarios/startup" --range h_seat=0:1 --range h_seat=0:2; err_has "given twice"
expect 2 sensitivity "$scenarios/startup" -n 1; err_has "one world has no interval"
expect 2 sensitivity "$scenarios/startup" --baseline tpm; err_has "headline arm"

expect 0 sensitivity "$scenarios/startup" --method morris -n 8 --size 4 -o morris; err_empty
out_has "most, wherever the other "; out_has "4 trajectories, 740 points of 8 worlds each"; out_has "change nothing at any point"
expect 0 sensitivity "$scenarios/startup" --method rank -n 8 --size 50 -o rank; err_empty
out_has "rank correlation"; out_has "by chance if none mattered"
expect 0 sensitivity "$scenarios/startup" --method sobol -n 32 --size 64 --inputs 4 -o sobol; err_empty
out_has "These 4 of 184 numbers had the largest effects in a screening"; out_has "of the variance"
expect 0 sensitivity "$scenarios/startup" --method sobol -n 8 --size 64 --inputs 4; out_has "Luck hides whatever moves the worth of"; out_has "live more with -n"
[ "$(wc -l <sobol/sensitivity.csv)" = 5 ] || fault "sensitivity.csv has not a row an input"
for method in morris rank sobol; do
    for file in answer.txt sensitivity.csv sensitivity.json figures/sensitivity.svg figures/sensitivity.png; do [ -s $method/$file ] || fault "no $method/$file"; done
    grep -q "^$(sed -n 2p $method/sensitivity.csv | cut -d, -f1) \|goes most with $(sed -n 2p $method/sensitivity.csv | cut -d, -f1):" $method/answer.txt ||
        fault "the sentence of $method names another number than the CSV's first"
done
expect 2 sensitivity "$scenarios/startup" --size 100; err_has "a tornado has no design to size"
expect 2 sensitivity "$scenarios/startup" --method morris --size 3; err_has "3 trajectories are too few for morris"
expect 2 sensitivity "$scenarios/startup" --method rank --size 10; err_has "10 points are too few for rank"
expect 2 sensitivity "$scenarios/startup" --method sobol --size 100; err_has "multiple of 8"
expect 2 sensitivity "$scenarios/startup" --method sobol --inputs 21; err_has "is not a whole number from 2 to 20"
expect 2 sensitivity "$scenarios/startup" --method rank --inputs 4; err_has "rank takes all numbers"
expect 2 sensitivity "$scenarios/startup" --method morris --size 4 -n 8 --range m_max=2:4; err_has "impossible together"

[ "$faults" = 0 ] || { echo "$faults faults"; exit 1; }
