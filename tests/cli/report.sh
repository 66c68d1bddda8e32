#!/bin/sh
# report.sh BINARY SOURCE_DIR: orgsim report as its users meet it: both audiences, what joins the page, paper, and what it refuses
set -u
binary=$1
scenarios=$2/scenarios
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-report-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
faults=0

. "$2/tests/cli/expect.sh"
out_has() { grep -qF -e "$1" out || fault "$said: stdout lacks: $1"; }
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }
err_empty() { [ ! -s err ] || fault "$said: stderr is not empty"; }
page_has() { grep -qF -e "$1" run/report.html || fault "$said: the page lacks: $1"; }
page_lacks() { ! grep -qF -e "$1" run/report.html || fault "$said: the page holds: $1"; }

expect 0 run "$scenarios/startup" -n 256 -o run --no-outcomes --no-figures -q
cp run/report.html whole.html
expect 0 report run; err_empty; out_has "Page "; out_has "run/report.html"; out_has "orgsim breakeven $scenarios/startup --json=run/breakeven.json"
page_has "money to two significant figures"; page_has "The strongest case against this hire"; page_has "Modelled, not measured"
page_lacks 'id="organisations"'
expect 0 report run --audience engineer; out_has "Full page "; page_has 'id="organisations"'
cmp -s whole.html run/report.html || fault "$said: the page is not the one that the run wrote"
expect 0 breakeven "$scenarios/startup" -n 32 -q --no-progress --json=run/breakeven.json
expect 0 report run; page_has "What moves the change of mean net value most"; out_has "orgsim voi $scenarios/startup --json=run/voi.json"
expect 0 voi "$scenarios/startup" -q --no-progress -n 4 --points 256 --json=run/voi.json
expect 0 report run; page_has "would be worth up to"; out_has "--ignorance 200"
mv run/breakeven.json .
expect 0 sensitivity "$scenarios/startup" -n 16 -q --no-progress --json=run/sensitivity.json
expect 0 report run; page_has "What moves the change of mean net value most"
rm run/sensitivity.json
mv breakeven.json run
expect 0 report run --json
for key in folder audience sentence files studied valued checked ignorance; do out_has "\"$key\":"; done
expect 0 report run/ -q; [ ! -s out ] || fault "$said: is not quiet"

expect 2 report; err_has "RUN_DIR is missing"
expect 2 report run --audience cfo; err_has "is not director or engineer"
expect 2 report run --audience enginer; err_has 'did you mean "engineer"?'
expect 2 report run --worlds 10; err_has "not an option of this command"
# What no command wrote is said to be that, not to be of something else.
for name in breakeven sensitivity voi validate; do
    for content in '{}' '[]' '{"scenario_digest": 1, "version": "", "checks": 0}'; do
        [ ! -e run/breakeven.json ] || mv run/breakeven.json aside.json
        echo "$content" >run/$name.json
        expect 1 report run; err_has "run/$name.json: is not what orgsim $name writes; write it again with orgsim $name"
        rm run/$name.json
        [ ! -e aside.json ] || mv aside.json run/breakeven.json
    done
done

# What is no run is said to be none, with what to name.
mkdir bare
expect 0 sweep "$scenarios/startup" --vary h_seat=0:3:2 -n 16 -q -o swept
for other in "$scenarios/startup" bare swept; do
    expect 1 report "$other"; err_has "orgsim: $other: is not a folder that orgsim run wrote: it holds no manifest.json; name a folder that orgsim run wrote"
done
expect 1 report nowhere; err_has "orgsim: nowhere: is not there; name a folder that orgsim run wrote"
expect 1 report whole.html; err_has "orgsim: whole.html: is not a folder; name a folder that orgsim run wrote"
expect 1 report run/report.html; err_has "orgsim: run/report.html: is a file of a run; name its folder: run"
expect 1 report run/manifest.json; err_has "name its folder: run"
expect 0 breakeven "$scenarios/workshop" -n 16 -q --no-progress --json=run/breakeven.json
expect 1 report run; err_has "another scenario"; err_has "or remove it"
rm run/breakeven.json

# A study of another variant of the scenario is refused; one of the same is taken, and the page says what was changed.
expect 0 breakeven "$scenarios/startup" --contrary all -n 16 -q --no-progress --json=run/breakeven.json
expect 1 report run; err_has "another variant of the scenario"; err_has "with --contrary all, the run with none"
rm run/breakeven.json
expect 0 run "$scenarios/startup" -n 256 --no-figures --contrary optimism_helps --lever closing=off -o changed --force -q
expect 0 breakeven "$scenarios/startup" -n 16 -q --no-progress --json=changed/breakeven.json
expect 1 report changed; err_has "with no options, the run with --lever closing=off --contrary optimism_helps"
expect 0 breakeven "$scenarios/startup" --contrary optimism_helps --lever closing=off -n 16 -q --no-progress --json=changed/breakeven.json
expect 0 report changed; out_has "orgsim voi $scenarios/startup --lever closing=off --contrary optimism_helps --json=changed/voi.json"
for words in "asked with <code>--lever closing=off --contrary optimism_helps</code>" "holds in this run:" "Were it true too that"; do
    grep -qF -e "$words" changed/report.html || fault "the page of a changed run lacks: $words"
done
expect 0 run "$scenarios/startup" -n 64 --arms none --no-figures --lever closing=off -o alone -q
grep -qF "asked with <code>--lever closing=off</code>" alone/report.html || fault "the page of one organisation does not say what was changed"
expect 0 run "$scenarios/startup" -n 64 --frictionless --no-figures --contrary all -o smooth -q
for turn in run report; do
    ! grep -qF "holds in this run:" smooth/report.html || fault "the page ($turn) says that a frictionless run lives contrary research"
    expect 0 report smooth
done
! grep -qF -e "--contrary optimism_helps</code>; sign" changed/report.html || fault "the page asks what is true already"

# The workbook, where orgsim was built with libxlsxwriter; else the exit status says what is missing, and the page stands.
if "$binary" report run --xlsx >out 2>err; then
    expect 0 report run --xlsx; out_has "Spreadsheet"; err_empty
    [ -s run/report.xlsx ] || fault "$said: there is no workbook"
    python=$(command -v /usr/bin/python3 || command -v python3 || true)
    if [ -n "$python" ]; then "$python" "$2/tests/page/xlsx.py" check run/report.xlsx >out 2>err || fault "$said: the workbook"; fi
    expect 0 report run --xlsx --json; out_has '"report.xlsx"'
    chmod a-w run; touch run/probe 2>/dev/null || { expect 1 report run --xlsx; err_has "cannot be written"; }
    chmod u+w run; rm -f run/probe
else
    expect 5 report run --xlsx; err_has "libxlsxwriter-dev"; out_has "run/report.html"
fi
[ -z "$(find run -name '*partial*')" ] || fault "$said: leaves a part"

# Without Chromium the page stands, the exit status says what is missing, and no half-made file is left.
mkdir empty
saved=$PATH
PATH=$folder/empty
expect 5 report run --pdf
PATH=$saved
err_has "apt install chromium"; out_has "run/report.html"
[ ! -e run/report.pdf ] || fault "$said: leaves a PDF"
[ -z "$(find run -name '.*partial*')" ] || fault "$said: leaves a part"
[ -z "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'orgsim-chromium-*' -newer empty 2>/dev/null)" ] || fault "$said: leaves a profile"

# Interrupted while Chromium prints, which here never comes to an end: the status of an interruption, and nothing is left behind. The signal goes to orgsim
# alone, as in a batch job.
cat >empty/chromium <<'END'
#!/bin/sh
for word; do case $word in --print-to-pdf=*) : >"${word#*=}" ;; --user-data-dir=*) : >"${word#*=}/file" ;; esac; done
sleep 300 & echo $! >browser
wait
END
chmod +x empty/chromium
mkdir profiles
for signal in INT TERM; do
    rm -f browser
    TMPDIR=$folder/profiles PATH=$folder/empty:$PATH "$binary" report run --pdf >out 2>err </dev/null &
    process=$!
    for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ ! -s browser ] || break; sleep 0.2; done
    kill -$signal $process
    wait $process
    status=$?
    said="orgsim report --pdf, told to end by SIG$signal"
    [ $status = 130 ] || fault "$said: status $status"
    err_has "interrupted before there was a PDF; the page stands"; out_has "run/report.html"
    [ ! -e run/report.pdf ] || fault "$said: leaves a PDF"
    [ -z "$(find run profiles -mindepth 1 -name '*partial*' -o -name 'orgsim-chromium-*')" ] || fault "$said: leaves $(find run profiles)"
    ! ps -o stat= -p "$(cat browser)" | grep -q '^[^Z]' || fault "$said: its browser lives on"
done

[ "$faults" = 0 ]
