#!/bin/sh
# new.sh BINARY SOURCE_DIR: orgsim new and orgsim format as a new user meets them: what is written, what is refused, that nothing is lost
set -u
binary=$1
source=$2
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-new-XXXXXX")
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
clean() { # what was written can be run
    expect 0 check "$1"; out_has "no problems, no notes"
    expect 0 run "$1" -n 128 --arms none,tpm --no-figures --quiet --force -o results
}

generated() {
    expect 0 new usual; err_empty; out_has "orgsim run usual"; clean usual
    expect 0 new shaped --teams 3 --engineers 4 --packages 3 --density 0.5 --risks 1 --questions 0.5 --ambiguity 0.4 --seed 7; clean shaped
    [ "$(grep -vc '^#' shaped/teams.csv)" = 4 ] || fault "$said: not three teams"
    for file in shaped/*.csv; do head -n 1 "$file" | grep -q '^#' || fault "$file: does not explain itself"; done
    expect 0 new parent/shaped --teams 3 --engineers 4 --packages 3 --density 0.5 --risks 1 --questions 0.5 --ambiguity 0.4 --seed 7
    diff -r shaped parent/shaped >err || fault "the same shape gave other files"
    expect 0 new other --teams 3 --engineers 4 --packages 3 --seed 8 --json; out_has '"problems": 0'; out_has '"teams": 3'; out_has '"seed": 8'
    expect 0 new quiet --quiet; out_empty; err_empty
    expect 0 new '=cmd()'; clean '=cmd()'
    name='My "Prog" <b>x</b>, y $(touch executed)'
    expect 0 new "$name"; out_has "orgsim run '$name' "; out_has "orgsim check '$name' "; out_has "'$name'/README.md"
    sh -c "$(sed -n 's/^Next   orgsim \(.* \)     the answer.*/set -- \1; printf %s "\$2"/p' out)" >typed
    [ "$(cat typed)" = "$name" ] || fault "$said: what it says to type names $(cat typed)"
    rm -r "$name"
    expect 2 new ''; err_has "a name is empty; expected: "
}

copied() {
    for template in workshop enterprise; do
        expect 0 new "my-$template" --template $template; err_empty
        expect 0 check "my-$template"; out_has "no problems, no notes"
        for file in "$source/scenarios/$template"/*; do
            [ -f "$file" ] || continue
            name=$(basename "$file")
            grep -v '^#' "$file" >wanted
            grep -v '^#' "my-$template/$name" | cmp -s wanted - || fault "my-$template/$name differs"
        done
    done
    clean my-workshop
    expect 2 new typo --template workshp; err_has "there are enterprise, platform-migration, startup, workshop"
    expect 2 new both --template workshop --teams 3; err_has "exclude each other"
    [ ! -e typo ] && [ ! -e both ] || fault "a refused command left a folder"
}

moved() { # the command alone, and beside an installed tree
    mkdir -p lonely/bin tree/bin tree/share/orgsim
    cp "$binary" lonely/bin/orgsim && cp "$binary" tree/bin/orgsim
    cp -r "$source/scenarios" tree/share/orgsim/scenarios
    tree/bin/orgsim new from-tree --template workshop >out 2>err </dev/null || fault "an installed tree does not find its scenarios"
    lonely/bin/orgsim new from-nowhere --template workshop >out 2>err </dev/null && fault "found a template where there is none"
    said="orgsim without its scenarios"
    err_has "lonely/bin/../share/orgsim/scenarios"; err_has "lonely/bin/scenarios"
}

refused() {
    mkdir mine
    echo "my notes" >mine/notes.txt
    expect 2 new mine; out_empty; err_has "the folder is not empty"
    expect 0 new mine --force; clean mine
    echo "# mine" >>mine/teams.csv
    cp -r mine before
    expect 2 new mine --force --seed 3; err_has "program.csv is there already"
    diff -r mine before >err || fault "--force touched what was there"
    echo text >file
    expect 2 new file; err_has "is no folder"
    expect 2 new; err_has "DIR is missing"
    expect 2 new x --teams 0; err_has "whole number from 1 to 200"
    expect 2 new x --ambiguity 2; err_has "from 0 to 1"
    expect 2 new x --teams 200 --packages 50; err_has "more than 2000 packages"
    expect 2 new x --tems 3; err_has "did you mean --teams?"
    [ ! -e x ] || fault "a refused command left a folder"
}

reference() {
    expect 0 format; err_empty
    cmp -s out "$source/scenarios/README.md" || fault "scenarios/README.md is not what orgsim format prints"
    expect 0 new --help; out_has "--template=NAME"; out_has "--ambiguity=A"; out_has "--seed=N"
}

# Where script(1) is there and can open a terminal: the questions as in a terminal, answered line by line.
asked() {
    script -qec true /dev/null >/dev/null 2>&1 || return 0
    said="orgsim new in a terminal"
    printf 'own\nmany\n4\n5\n\n7\n3\n1\n2\n\n' | script -qec "'$binary' new dialogue" /dev/null >out 2>err || fault "$said: fails"
    out_has "How many teams?"; out_has "whole number from 1 to 200"; out_has "Please answer 1, 2 or 3"
    [ "$(grep -vc '^#' dialogue/teams.csv)" = 5 ] || fault "$said: not four teams"
    clean dialogue
}

generated
copied
moved
refused
reference
asked
[ $faults = 0 ] || { echo "$faults faults"; exit 1; }
