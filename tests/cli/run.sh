#!/bin/sh
# run.sh BINARY SOURCE_DIR: the command line as scripts rely on it: status, what goes to stdout and what to stderr, hints, files
set -u
binary=$1
scenario=$2/scenarios/platform-migration
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-cli-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
unset NO_COLOR ORGSIM_OUTPUT
faults=0

. "$2/tests/cli/expect.sh"
out_has() { grep -qF -e "$1" out || fault "$said: stdout lacks: $1"; }
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }
out_empty() { [ ! -s out ] || fault "$said: stdout is not empty"; }
err_empty() { [ ! -s err ] || fault "$said: stderr is not empty"; }
has_no_escape() { ! grep -q "$(printf '\033')" out err || fault "$said: escape sequences"; }

about() {
    expect 0 --help; out_has "check SCENARIO"; out_has "run SCENARIO"; err_empty
    expect 0 --version; out_has "orgsim "; err_empty
    expect 0 help run; out_has "--worlds=N"; out_has "--precision="
    expect 0 run --help; out_has "--no-outcomes"; out_has "--lever=NAME=off"; err_empty
    expect 0 check --help; out_has "--json"
    ! grep -q -e --worlds out || fault "check --help: offers --worlds"
    expect 0 run --version; out_has "orgsim "
}

usage() {
    expect 2; out_empty; err_has "--help"
    expect 2 rum; out_empty; err_has 'did you mean "run"'
    expect 2 chekc; err_has 'did you mean "check"'
    expect 2 --hlep; err_has "there is no option"
    expect 2 run; err_has "SCENARIO is missing"
    expect 2 run ""; err_has "a name is empty; expected: SCENARIO"
    expect 2 run "$scenario" more; err_has "one argument too many"
    expect 2 run "$scenario" --wrlds 5; err_has "did you mean --worlds?"
    expect 2 run "$scenario" --seed 5 --no-figurse; err_has "did you mean --no-figures?"
    expect 2 check "$scenario" --worlds 5; err_has "not an option of this command"
    expect 2 run "$scenario" --no; err_has "ambiguous"
    for bad in "-n 0" "-n abc" "-n -5" "-n 1e3" "-n 1099511627777" "-j 0" "-s -1" "-s 18446744073709551616"; do
        expect 2 run "$scenario" $bad; out_empty; err_has "is not a whole number"
    done
    expect 2 run "$scenario" --lever absorbtion=off; err_has 'did you mean "absorption"'
    expect 2 run "$scenario" --lever absorption; err_has "NAME=off"
    expect 2 run "$scenario" --contrary optimsm_helps; err_has 'did you mean "optimism_helps"'
    expect 2 run "$scenario" --contrary optimism_helps=11; err_has "a number from 0 to 10"
    expect 2 run "$scenario" --contrary optimism_helps=; err_has "a number from 0 to 10"
    expect 2 run "$scenario" --contrary no_delay_effect=nan; err_has "a number from 0 to 1"
    expect 2 run "$scenario" --contrary all=1; err_has "all takes no strength"
    expect 2 run "$scenario" --precision npv_kk=5; err_has 'did you mean "npv_k"'
    expect 2 run "$scenario" --precision npv_k=0; err_has "HALFWIDTH"
    expect 2 run "$scenario" --precision npv_k; err_has "HALFWIDTH"
    expect 2 run "$scenario" --precision npv_k=5 --arms none,coordinator; err_has "headline arm"
    expect 2 run "$scenario" --tick 1/3; err_has "1/2"
    expect 2 run "$scenario" --isa avx3; err_has "scalar"
    expect 2 run "$scenario" --color sometimes; err_has "never"
    expect 2 run "$scenario" --set x; err_has "NAME=VALUE"
    expect 2 run "$scenario" --arms none,tmp; err_has 'did you mean "tpm"'; out_empty
    expect 2 run "$scenario" --arms none,none; err_has "twice"
    "$binary" export-page "$scenario" -o page.html >out 2>err </dev/null # 5 where the part for browsers was not built, which takes another compiler
    status=$?
    said="orgsim export-page"
    if [ $status = 0 ]; then
        grep -q 'id="scenario"' page.html || fault "page.html holds no scenario"
        expect 2 export-page "$scenario" -o page.html; err_has "exists already"
        expect 2 export-page "$scenario"; err_has "name it: -o FILE.html"
        expect 4 export-page "$scenario" -o other.html --lesson "$scenario/teams.csv"; [ ! -e other.html ] || fault "$said: a page with a bad lesson"
    else
        [ $status = 5 ] || fault "$said: status $status"
        err_has "was built without"; [ ! -e page.html ] || fault "$said: half a page"
    fi
    expect 2 run "$scenario" --baseline nnoe; err_has 'did you mean "none"'
    expect 0 explain "$scenario" --arms none,tpm,coordinator -n 200 --json=pair.json -o pair
    [ "$(grep -o ': world [0-9]* of seed' out | uniq -c | awk '{print $1}')" = 2 ] || fault "not the same world told for each organisation"
    [ -s pair/1-tpm/replay.html ] && [ -s pair/2-coordinator/figures/explain.svg ] || fault "not a folder for each organisation"
    grep -q '"stories"' pair.json || fault "pair.json holds no stories"
    expect 2 explain "$scenario" --arms none; err_has "a story needs a second organisation"
    expect 2 explain "$scenario" --precision npv_k=5; err_has "not an option of this command"
    expect 2 run "$scenario" --set span_tmp=4; err_has "span_tpm"
    expect 2 check "$scenario" --set span_tpm=oops
    [ ! -e orgsim-results ] || fault "wrong usage left a folder of results"
}

check() {
    expect 0 check "$scenario"; out_has "no problems"; err_empty; has_no_escape
    expect 0 check "$scenario" --quiet; out_empty; err_empty
    expect 0 check "$scenario" --json; out_has '"problems": ['; out_has '"valid": true'
    expect 0 check "$scenario" --json=check.json; out_has "no problems"
    grep -q '"valid": true' check.json || fault "check --json=FILE: no file"
    expect 4 check nowhere
    cp -R "$scenario" broken
    printf 'from,to,lag_weeks,ambiguity,known_at_planning\nnobody,nowhere,0,0.1,yes\n' >broken/dependencies.csv
    expect 4 check broken; out_has "broken/dependencies.csv:2:1: "; out_has "broken/dependencies.csv:2:"; err_empty
    expect 4 check broken --json; out_has '"line": 2'; out_has '"valid": false'
    expect 4 run broken; out_empty; err_has "broken/dependencies.csv:2:1: "; err_has "nothing was run"
    [ ! -e orgsim-results ] || fault "an invalid scenario left a folder of results"
}

run() {
    small="-n 200 --no-figures --arms coordinator,tpm"
    expect 0 run "$scenario" -n 300 --no-figures -o one; [ -s out ] || fault "$said: no answer"; has_no_escape
    for file in manifest.json outcomes.csv summary.csv comparison.csv report.html; do
        [ -s "one/$file" ] || fault "$said: no $file"
    done
    [ "$(sed 1d one/outcomes.csv | cut -d, -f1 | sort -u | wc -l)" -eq 300 ] || fault "$said: not 300 worlds in outcomes.csv"
    expect 2 run "$scenario" $small -o one; err_has "--force"; out_empty
    expect 0 run "$scenario" $small -o one --force --no-outcomes; [ ! -e one/outcomes.csv ] || fault "$said: outcomes.csv"
    expect 0 run "$scenario" $small -o two --quiet; out_empty; err_empty
    expect 0 run "$scenario" $small -o three -j 3 --isa scalar --quiet
    rm -f two/run.log three/run.log
    diff -r two three >out || fault "results depend on threads or instruction set"
    expect 0 run "$scenario" $small -o four --json; out_has '"arms"'; [ "$(head -c 1 out)" = "{" ] || fault "$said: stdout is not JSON"
    expect 0 run "$scenario" $small -o five --json=five.json; [ -s five.json ] || fault "$said: no file"
    ! grep -q '"arms"' out || fault "$said: JSON on stdout"
    expect 0 run "$scenario" -n 200 --no-figures --arms tpm --lever all=off --tick 1 -s 2 --verbose --color=always -o six
    grep -q "$(printf '\033')" out || fault "$said: no colours"
    cut -d, -f2 six/outcomes.csv | sed 1d | sort -u >arms
    printf 'none\ntpm\n' | cmp -s - arms || fault "$said: arms $(cat arms)"
    expect 0 run "$scenario" -n 20000 --precision on_time=0.05 --no-figures --no-outcomes --arms tpm -o seven
    grep -q "Not reached" out && fault "$said: not reached"
    grep -q '"reached": true' seven/manifest.json || fault "$said: the manifest does not say that it was reached"
    wide="--precision npv_k=1 -n 256 --no-figures --no-outcomes --no-attribution --arms tpm"
    expect 0 run "$scenario" $wide -o wide; out_has "Not reached"
    grep -q '"reached": false' wide/manifest.json || fault "$said: the manifest does not say that it was not reached"
    grep -q "Not as precise as was asked for" wide/report.html || fault "$said: the page does not say that it was not reached"
    expect 3 run "$scenario" $wide --check --force -o wide
    expect 0 report wide; grep -q "Not as precise as was asked for" wide/report.html || fault "$said: the page forgets that it was not reached"
    : >plain
    expect 1 run "$scenario" $small -o plain/x; out_empty
    expect 0 run "$scenario" $small; [ -d orgsim-results ] || fault "$said: no folder"
    expect 0 run "$scenario" $small; [ "$(ls orgsim-results | wc -l)" -eq 2 ] || fault "$said: the second run has no folder of its own"
    if [ -w /dev/full ]; then
        "$binary" run "$scenario" $small -o eight >/dev/full 2>err
        [ $? = 1 ] || fault "a full disk behind stdout is not noticed"
    fi
}

interrupt() {
    said="an interrupted run"
    for seconds in 1 4 16; do # a busy machine may need longer for its first block
        rm -rf nine
        "$binary" run "$scenario" -n 50000000 --no-figures --no-outcomes -o nine >out 2>err &
        child=$!
        sleep $seconds
        kill -TERM $child # a background job of a script ignores SIGINT by default; both do the same
        wait $child
        status=$?
        grep -q "before the first block" err || break
    done
    [ $status = 130 ] || fault "$said: status $status"
    err_has "interrupted after"
    [ -s nine/manifest.json ] || fault "$said: nothing kept"
    out_has "Left out"; out_has "because the run was interrupted"
    [ ! -e nine/attribution.csv ] || fault "$said: an attribution that nothing was lived for"
    grep -q "Left out because the run was interrupted" nine/report.html || fault "$said: the page does not say what is left out"

    said="a run interrupted twice" # both signals wait for a stopped process, so that nothing hangs on time
    for seconds in 1 4 16; do # a busy machine may need longer until it listens
        "$binary" run "$scenario" -n 50000000 --no-outcomes -o ten >out 2>err &
        child=$!
        sleep $seconds
        kill -STOP $child
        kill -TERM $child
        kill -INT $child
        kill -CONT $child
        wait $child
        status=$?
        ! grep -q "ended at once" err || break
    done
    [ $status = 143 ] || [ $status = 130 ] || fault "$said: status $status"
    err_has "ended at once"
    [ ! -e ten ] || fault "$said: a half-written folder looks complete"
}

about
usage
check
run
interrupt
[ "$faults" = 0 ] && echo "all as it should be"
exit $((faults > 0))
