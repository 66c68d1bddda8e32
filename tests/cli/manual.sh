#!/bin/sh
# manual.sh BINARY SOURCE_DIR: what the command says about itself and the machine: help, man page, completion, doctor, colours
set -u
binary=$1
source=$2
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-manual-XXXXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
unset NO_COLOR
faults=0

. "$2/tests/cli/expect.sh"
out_has() { grep -qF -e "$1" out || fault "$said: stdout lacks: $1"; }
err_has() { grep -qF -e "$1" err || fault "$said: stderr lacks: $1"; }
commands() { "$binary" --help | sed -n 's/^  \([a-z-]*\) .*/\1/p'; }

# Every command has help with an example, stands in the man page with all of its options, and its words are completed.
help() {
    "$binary" --man >page || fault "orgsim --man"
    "$binary" --completion bash >completion.bash || fault "orgsim --completion bash"
    "$binary" --completion zsh >_orgsim || fault "orgsim --completion zsh"
    for command in $(commands); do
        expect 0 "$command" --help
        [ ! -s err ] || fault "$said: stderr"
        out_has "Examples:"
        out_has "  orgsim $command"
        out_has "--json"
        [ "$(awk '{ if (length > n) n = length } END { print n + 0 }' out)" -le 100 ] || fault "$said: long lines"
        ! sed '1,/^Examples:/d' out | grep -v '^  orgsim ' >wrapped || fault "$said: an example is too long for its line: $(cat wrapped)"
        expect 0 help "$command"
        grep -q "^\.SS orgsim $command" page || fault "the man page lacks $command"
        grep -q "^    $command) options=" completion.bash || fault "bash completes no options of $command"
        grep -q "^    $command)\$" _orgsim || fault "zsh completes no options of $command"
        for option in $("$binary" "$command" --help | sed -n 's/^ *\(-[a-zA-Z?], \)*--\([a-z-]*\).*/\2/p' | grep -vxE 'help|usage|version'); do
            grep -qF -e "--$option" completion.bash || fault "bash does not complete --$option"
            grep -qF -e "--$option" _orgsim || fault "zsh does not complete --$option"
            grep -qF -e "\\-\\-$(echo "$option" | sed 's/-/\\-/g')" page || fault "the man page lacks --$option"
        done
    done
    expect 2 --completion; err_has "bash or zsh"
    expect 2 --completion fish; err_has "bash or zsh"
    expect 2 --mna; err_has 'did you mean "--man"'
    for status in 0 1 2 3 4 5 130; do
        grep -qx "$status" page || fault "the man page does not explain exit status $status"
    done
}

# The page is without faults of roff, where there is one to say so.
roff() {
    command -v groff >/dev/null || return 0
    groff -man -Tascii -ww -z page >out 2>&1
    [ ! -s out ] || fault "groff complains about the man page: $(head -n 3 out)"
}

bash_completes() { # WORD... = EXPECTED
    expected=${1##*= }
    # shellcheck disable=SC2016
    got=$(bash -c '. ./completion.bash; COMP_WORDS=(${1%% = *} "$2"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _orgsim; echo ${COMPREPLY[*]}' - "$1" "$2")
    [ "$got" = "$expected" ] || fault "bash completes \"${1%% = *} $2\" to \"$got\", not \"$expected\""
}

completion() {
    command -v bash >/dev/null || return 0
    bash -n completion.bash || fault "bash cannot read its completion"
    : >out; : >err
    bash_completes "orgsim = doctor" doc
    bash_completes "orgsim run --tick = 1 1/2 1/4 1/8" ""
    bash_completes "orgsim run --lever = detection=off" det
    bash_completes "orgsim run --prec = " ""
    bash_completes "orgsim run = --precision" --prec
    bash_completes "orgsim check = " --worlds
    bash_completes "orgsim help = check" ch
    mkdir -p scenario-one
    bash_completes "orgsim run = scenario-one" scen
    if command -v zsh >/dev/null; then zsh -n _orgsim || fault "zsh cannot read its completion"; fi
}

doctor() {
    expect 2 doctor one; err_has "one argument too many"
    "$binary" doctor >out 2>err
    case $? in 0 | 5) ;; *) fault "orgsim doctor: status" ;; esac
    said="orgsim doctor"
    for line in gnuplot font threads "instruction sets" disk locale scalar; do out_has "$line"; done
    mkdir -p nothing
    PATH=$folder/nothing expect 5 doctor
    out_has "missing  gnuplot"; out_has "apt install gnuplot-nox"; out_has "apt install fonts-inter"
    PATH=$folder/nothing expect 5 doctor --json
    out_has '"ready": false'; out_has '"status": "missing"'
    PATH=$folder/nothing expect 5 doctor --quiet
    [ ! -s out ] || fault "$said: stdout"
    PATH=$folder/nothing expect 5 doctor --json=doctor.json; grep -q '"checks": \[' doctor.json || fault "$said: no file"
    printf '#!/bin/sh\ncase $* in *version*) echo "gnuplot 4.6 patchlevel 0" ;; *) echo "dumb svg " ;; esac\n' >nothing/gnuplot
    chmod +x nothing/gnuplot
    PATH=$folder/nothing:/bin:/usr/bin expect 5 doctor
    out_has "poor     gnuplot           gnuplot 4.6 patchlevel 0"; out_has "svg, but no pngcairo"
    printf '#!/bin/sh\ncase $* in *version*) echo "gnuplot 6.0 patchlevel 1" ;; *) echo "pngcairo svg " ;; esac\n' >nothing/gnuplot
    LC_ALL=C PATH=$folder/nothing:/bin:/usr/bin expect 0 doctor
    out_has "ok       terminals"; out_has "poor     locale"
    LC_ALL=C.UTF-8 PATH=$folder/nothing:/bin:/usr/bin expect 0 doctor
    out_has "ok       locale"
}

# A terminal gets colours unless NO_COLOR is set; an empty NO_COLOR is none.
colours() {
    command -v script >/dev/null || return 0
    script -qec true /dev/null </dev/null >out 2>err || return 0 # another script(1)
    run="'$binary' run '$source/scenarios/startup' -n 128 --arms none,tpm --no-figures --no-outcomes --force -o coloured"
    escape=$(printf '\033\\[')
    count() { TERM=xterm script -qec "$1" /dev/null </dev/null 2>/dev/null | grep -c "${escape}[0-9;]*m"; }
    [ "$(count "$run --no-progress")" -gt 0 ] || fault "no colours on a terminal"
    [ "$(NO_COLOR=1 count "$run --no-progress")" -eq 0 ] || fault "colours although NO_COLOR is set"
    [ "$(NO_COLOR='' count "$run --no-progress")" -gt 0 ] || fault "no colours although NO_COLOR is empty"
    [ "$(NO_COLOR=1 count "$run --no-progress --color=always")" -gt 0 ] || fault "no colours although they were asked for"
    [ "$(count "TERM=dumb $run --no-progress")" -eq 0 ] || fault "colours on a terminal that has none"
}

help
roff
completion
doctor
colours
[ "$faults" = 0 ] && echo "all as it should be"
exit $((faults > 0))
