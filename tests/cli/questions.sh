#!/bin/sh
# questions.sh BINARY SOURCE_DIR: orgsim breakeven, sweep, voi and optimise as a director meets them: the sentence, the table, files, JSON, and what they refuse
set -u
binary=$1
scenarios=$2/scenarios
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-questions-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
faults=0

. "$2/tests/cli/expect.sh"
out_has() { grep -qF -e "$1" out || fault "$said: stdout lacks: $1"; }
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }
err_empty() { [ ! -s err ] || fault "$said: stderr is not empty"; }

expect 0 breakeven "$scenarios/startup" --over h_seat -n 512; err_empty
out_has '"empowered TPM" pays against "no TPM" while h_seat is below '
out_has "95% interval"; out_has "512 worlds, seed 1, the same at every value"
expect 0 breakeven "$scenarios/workshop" --over J_tpm -n 512; out_has 'No crossing in range: "empowered TPM" pays against "no TPM" at neither end'
expect 0 breakeven "$scenarios/startup" --over tpm.tpm.cost_per_year=1000:3000000 -n 512; out_has " USD per year"
expect 0 breakeven "$scenarios/startup" -n 32; out_has "number, nearest first"; out_has "Each number alone"; err_empty
expect 0 breakeven "$scenarios/startup" --over h_seat -n 512 --json
for key in over crosses value ci_low ci_high at_low at_high; do out_has "\"$key\":"; done
expect 0 breakeven "$scenarios/startup" -n 32 --json=table.json; out_has "nearest first"
grep -q '"numbers"' table.json || fault "table.json lacks its numbers"

# what the options change is told, in the answer, in JSON and in the next command
expect 0 breakeven "$scenarios/startup" --without-grade vendor --set h_seat=0.5 --lever detection=off --contrary all --contrary off_critical_hurts=2 --tick 1 -n 32 --json=table.json
changed="--without-grade vendor --set h_seat=0.5 --lever detection=off --contrary no_delay_effect --contrary off_critical_hurts=2 --contrary optimism_helps --tick 1"
out_has "Changed: $changed"; out_has "orgsim breakeven $scenarios/startup $changed --over "
grep -qF -e "\"conditions\": \"$changed\"" table.json || fault "table.json does not say what was changed"
expect 0 sweep "$scenarios/startup" --vary h_seat=0:3:2 --lever all=off -n 32 --json=table.json; out_has "Changed: --lever all=off"
grep -qF -e '"conditions": "--lever all=off"' table.json || fault "table.json does not say what was changed"
expect 0 sweep "$scenarios/startup" --vary h_seat=0:3:2 -n 32; ! grep -q "Changed" out || fault "$said: nothing was changed"

expect 2 breakeven "$scenarios/startup" --over h_saet; err_has 'did you mean "h_seat"?'
expect 2 breakeven "$scenarios/startup" --over h_seat=3:1; err_has "is reversed"
expect 2 breakeven "$scenarios/startup" --over h_seat=1:1; err_has "is empty"
expect 2 breakeven "$scenarios/startup" --over h_seat=1; err_has "write NAME or NAME=LOW:HIGH"
expect 2 breakeven "$scenarios/startup" --over h_seat=a:b; err_has "is not a range of a number"
expect 2 breakeven "$scenarios/startup" --over h_seat=0:nan; err_has "is not a range of a number"
expect 2 breakeven "$scenarios/startup" --over shape.teams; err_has "write the range: --over shape.teams=LOW:HIGH"
expect 0 breakeven "$scenarios/platform-migration" --over shape.teams=1:8 -n 256; out_has "while shape.teams is at least "; out_has "One program of each shape is generated"
expect 2 breakeven "$scenarios/startup" --over shape.team=1:8; err_has 'did you mean "teams"?'
expect 2 run "$scenarios/startup" --set shape.teams=3; err_has "the shape of a program cannot be set"
expect 2 breakeven "$scenarios/startup" --over h_seat -n 1; err_has "one world has no interval"
expect 2 breakeven "$scenarios/startup" --over h_seat -n 0; err_has "is not a whole number"
expect 2 breakeven "$scenarios/startup" --baseline tpm; err_has "headline arm"
expect 2 breakeven "$scenarios/startup" --arms none; err_has "not an option of this command"

expect 0 sweep "$scenarios/startup" --vary h_seat=0:3:4 -n 128 -o line; err_empty
out_has '"empowered TPM" pays at '; out_has " of 4 values of h_seat"; out_has "Figure and tables: line"
[ "$(wc -l <line/sweep.csv)" = 5 ] || fault "sweep.csv has not a row a value"
for file in answer.txt sweep.json figures/sweep.gp figures/sweep.dat figures/sweep.svg figures/sweep.png; do [ -s line/$file ] || fault "no line/$file"; done
grep -q "you are here" line/figures/sweep.svg || fault "the figure does not say where we are"
expect 0 sweep "$scenarios/startup" --vary h_seat=0:3:3 --vary E_tpm=0.2:0.8:3 -n 128 -o map; out_has " of 9 combinations of h_seat and E_tpm"
[ "$(wc -l <map/sweep.csv)" = 10 ] || fault "sweep.csv has not a row a cell"
expect 0 sweep "$scenarios/startup" --vary m_max=2:3:3 -n 64; out_has "2 cells are left empty"
expect 0 sweep "$scenarios/startup" --vary h_seat=0:3:3 -n 64 --json; out_has '"npv_k"'
expect 2 sweep "$scenarios/startup" --vary h_seat=0:3:4 -o line; err_has "exists already"
expect 0 explain "$scenarios/workshop" -n 16 --contrary all --lever closing=off; out_has "Changed: --lever closing=off --contrary all"
for question in "breakeven --over h_seat" "sweep --vary h_seat=0:3:2" explain; do
    expect 0 ${question%% *} "$scenarios/workshop" $(expr "$question" : '[a-z]*\(.*\)') -n 16 -s 18446744073709551615 --json
    out_has '"seed": "18446744073709551615"' # whole, though JSON's integers end earlier
done
expect 0 sweep "$scenarios/startup" --vary shape.teams=0:3:4 --vary shape.density=0:1:2 -n 64; out_has "2 cells are left empty"; out_has "Every cell's program is generated"
expect 2 sweep "$scenarios/startup" --vary shape.teams=1:3:5; err_has "only whole ones make sense"
expect 2 sweep "$scenarios/startup"; err_has "nothing to sweep over"
expect 2 sweep "$scenarios/startup" --vary h_saet=0:3:4; err_has 'did you mean "h_seat"?'
expect 2 sweep "$scenarios/startup" --vary h_seat=0:3; err_has "write NAME=LOW:HIGH:N"
expect 2 sweep "$scenarios/startup" --vary h_seat=0:3:1; err_has "a grid of 1 point"
expect 2 sweep "$scenarios/startup" --vary h_seat=0:3:2.5; err_has "write NAME=LOW:HIGH:N"
expect 2 sweep "$scenarios/startup" --vary h_seat=3:0:4; err_has "is reversed"
expect 2 sweep "$scenarios/startup" --vary h_seat=-1:-0.5:2; err_has "it must be from 0 to 168"
expect 2 sweep "$scenarios/startup" --vary a=0:1:2 --vary b=0:1:2 --vary c=0:1:2; err_has "one too many"

expect 0 voi "$scenarios/workshop" --points 128 -n 16 -o worth; err_empty
out_has "best choice in"; out_has "128 points of our ignorance"; out_has "Figure and tables: worth"
[ "$(wc -l <worth/voi.csv)" = 178 ] || fault "voi.csv has not a row an assumption"
for file in answer.txt voi.json figures/voi.gp figures/voi.dat figures/voi.svg figures/voi.png; do [ -s worth/$file ] || fault "no worth/$file"; done
expect 0 voi "$scenarios/startup" --arms none,decouple --points 512 -n 16; out_has "Measure decoupling_effect first: to know it before the choice is worth up to USD "
out_has "How to measure it: From the last reorganisation"; out_has "--set decoupling_effect=VALUE"
expect 0 voi "$scenarios/workshop" --arms none,tpm --set "*.tpm.cost_per_year=90000000" --points 128 -n 16
out_has 'No measurement is worth anything: "no TPM" is the best choice wherever the assumptions lie'
expect 0 voi "$scenarios/workshop" --points 128 -n 16 --json --set h_seat=1
for key in headline choice arms perfect noise_k assumptions measure worth_k; do out_has "\"$key\":"; done
grep -q '"parameter": "h_seat"' out && fault "what is set is not known"
expect 2 voi "$scenarios/workshop" -o worth; err_has "exists already"
expect 2 voi "$scenarios/workshop" --points 100; err_has "is not a whole number from 128 to 100000"
expect 2 voi "$scenarios/workshop" --arms none; err_has "there is nothing to choose"
expect 2 voi "$scenarios/workshop" --arms none,tmp; err_has 'did you mean "tpm"?'
expect 2 voi "$scenarios/workshop" -n 1; err_has "does not tell luck from knowledge"
expect 2 voi "$scenarios/workshop" -n 0; err_has "is not a whole number"
expect 2 voi "$scenarios/workshop" --frictionless; err_has "leave it away"
expect 2 voi "$scenarios/workshop" --set h_saet=1; err_has 'did you mean "h_seat"?'

expect 0 optimise "$scenarios/workshop" --over count.tpm=0:2 -n 4096; err_empty; out_has 'Change nothing: "no TPM" is the best of 3 organisations by mean net value'
expect 0 optimise "$scenarios/workshop" --arms none,tpm,coordinator -n 2048 --json
for key in headline chosen decided confidence indifference fresh candidates cost_k_per_year; do out_has "\"$key\":"; done
expect 0 optimise "$scenarios/workshop" --over count.tpm=0:1 --over count.engineer=0:2 --budget 400 -n 2048 -o staff; out_has "Figure and tables: staff"; out_has "were left out"
for file in answer.txt optimise.csv optimise.json figures/frontier.gp figures/frontier.dat figures/frontier.svg figures/frontier.png; do [ -s staff/$file ] || fault "no staff/$file"; done
expect 0 optimise "$scenarios/workshop" --over tpm.tpm.empowerment=0.2:1 -n 256 --minimise finish_week --risk p80; out_has "worlds that the search never saw"; out_has " weeks by "
expect 2 optimise "$scenarios/workshop" --over count.tpm=1:2 --budget 10; err_has "nothing costs 10k a year or less; the cheapest, 1 TPM"
expect 2 optimise "$scenarios/workshop" --over count.tpm=2:1; err_has "is reversed"
expect 2 optimise "$scenarios/workshop" --over count.tpm=0:1.5; err_has "is not a range of people"
expect 2 optimise "$scenarios/workshop" --over count.tmp=0:1; err_has 'did you mean "count.tpm"?'
expect 2 optimise "$scenarios/workshop" --over count.cat=0:1; err_has "count.engineer"
expect 2 optimise "$scenarios/workshop" --over count.tpm=0:1 --over count.tpm=0:2; err_has "comes twice"
expect 2 optimise "$scenarios/workshop" --over count.tpm; err_has "write NAME=LOW:HIGH"
expect 2 optimise "$scenarios/workshop" --over count.tpm=0:1 --over cad1=1:2; err_has "cannot be searched together"
expect 2 optimise "$scenarios/workshop" --over h_saet=0:1; err_has 'did you mean "h_seat"?'
expect 2 optimise "$scenarios/workshop" --over h_seat=0:1; err_has "an assumption, not a choice"
expect 2 optimise "$scenarios/workshop" --over cad1=3:1; err_has "is reversed"
expect 2 optimise "$scenarios/workshop" --over cad1=1:3 --budget 5; err_has "--budget"
expect 2 optimise "$scenarios/workshop" --maximise finish_week; err_has "write --minimise finish_week"
expect 2 optimise "$scenarios/workshop" --maximise npv; err_has 'did you mean "npv_k"?'
expect 2 optimise "$scenarios/workshop" --risk cavr; err_has 'did you mean "cvar"?'
expect 2 optimise "$scenarios/workshop" --minimise finish_week --risk loss; err_has "has no loss"
expect 2 optimise "$scenarios/workshop" --budget -5; err_has "is not a number from 0 on"
expect 2 optimise "$scenarios/workshop" -n 0; err_has "is not a whole number"
expect 2 optimise "$scenarios/workshop" -n 100; err_has "choose -n 2048 or more"
expect 2 optimise "$scenarios/workshop" --confidence 1; err_has "cannot be 1 sure"
expect 2 optimise "$scenarios/workshop" --over count.tpm=0:1 -o staff; err_has "exists already"

expect 0 claims "$scenarios/startup" -n 128 -o said; err_empty
out_has "Of 9 claims "; out_has "Judgment, not scheduling"; out_has "128 worlds a measurement, seed 1"; out_has "Figures and tables: said"
for file in answer.txt claims.csv claims.json teams.csv figures/claim-size.svg figures/claim-judgment.png figures/teams.svg; do [ -s said/$file ] || fault "no said/$file"; done
out_has "The hire beside a good EM and PM, by size: "; out_has "the size that it must"; out_has "(Bonferroni)"; out_has "* The sign follows from how the model is made"
grep -q "^1,0," said/teams.csv || fault "teams.csv does not begin at one team"
[ "$(grep -c . said/claims.csv)" -gt 25 ] || fault "claims.csv lacks measurements"
expect 0 claims "$scenarios/startup" -n 64 --json; out_has '"measurements"'
expect 2 claims "$scenarios/startup" -n 64 -o said; err_has "exists already"
# A folder that cannot be written is found before anything is lived: this many worlds would take minutes.
: >plain
mkdir shut
chmod a-w shut
bad="plain/x /proc/x"
touch shut/probe 2>/dev/null || bad="$bad shut/x"
for out_of_use in $bad; do
    for question in "sweep --vary h_seat=0:3:9" sensitivity voi optimise claims validate explain; do
        given="$scenarios/startup -n 1000000"
        [ "$question" != validate ] || given=
        # shellcheck disable=SC2086
        set -- ${question%% *} $given ${question#"${question%% *}"} -o "$out_of_use"
        said="orgsim $*"
        timeout 20 "$binary" "$@" >out 2>err </dev/null
        [ $? = 1 ] || fault "$said: is not refused at once"
        err_has "cannot make the folder"; [ ! -s out ] || fault "$said: says more"
    done
done
expect 1 sweep "$scenarios/startup" --vary h_seat=0:3:2 -n 16 --force -o plain; err_has "a file of that name is in the way"; [ ! -s out ] || fault "$said: says more"
expect 2 sweep "$scenarios/startup" --vary h_saet=0:3:2 -o not/here; [ ! -e not ] || fault "$said: leaves a folder"

# What fails only while it is written: the answer stands, but not the line that names the folder.
mkdir half half/sweep.csv
expect 1 sweep "$scenarios/startup" --vary h_seat=0:3:2 -n 16 --force -o half; err_has "half/sweep.csv: cannot write"; out_has "values of h_seat"
! grep -qF "Figure and tables" out || fault "$said: names files that are not there"

expect 0 new one --teams 1 --engineers 1 --packages 1 --density 0 --risks 0 --questions 0
expect 0 claims one -n 64
grep "holds in part: 0 of" out && fault "a claim holds in part of which nothing holds"
grep -q "does not hold: 0 of [0-9]* measurements as claimed, [0-9]* the other way, [0-9]* undecided" out || fault "no claim fails that nothing bears out"
expect 0 claims "$scenarios/startup" -n 64 --lever all=off; out_has "  no difference: 0 of 4 measurements as claimed, 4 without any difference"; out_has "Changed: --lever all=off"
expect 2 claims "$scenarios/startup" -n 1; err_has "measures no claim"
expect 2 claims "$scenarios/startup" --arms none; err_has "not an option of this command"

[ "$faults" = 0 ] || { echo "$faults faults"; exit 1; }
