#!/bin/sh
# hostile.sh BINARY SOURCE_DIR: names that would be commands elsewhere, and folders that cannot be written
#
# A scenario whose names are HTML, gnuplot, shell and spreadsheet formulas is run end to end: they appear as such and nothing is executed.
set -u
binary=$1
source=$2
folder=$(mktemp -d "${TMPDIR:-/tmp}/orgsim-test-hostile-XXXXXX")
mounted=
trap 'chmod -R u+w "$folder"; [ -z "$mounted" ] || umount "$mounted"; rm -rf "$folder"' EXIT
trap 'exit 1' HUP INT TERM
cd "$folder" || exit 1
faults=0
quick="-n 128 --arms none,tpm --no-figures"

. "$2/tests/cli/expect.sh"
has() { grep -qF -e "$2" "$1" || fault "$said: $1 lacks: $2"; }
lacks() { ! grep -qF -e "$2" "$1" || fault "$said: $1 has: $2"; }
nothing_left() { [ "$(find . -name '*.partial' -o -name '*.part' | wc -l)" -eq 0 ] || fault "$said: leaves $(find . -name '*.part*')"; }

# The scenario of tests: baseline and headline named by a page's script and by what gnuplot and the shell would run.
spoil() {
    scenario="s'; touch executed; \$(touch executed) <b>\"&"
    cp -R "$source/scenarios/startup" "$scenario"
    awk -F, -v OFS=, '
        $1 == "none" { $2 = "<script>alert(1)</script>]]>" }
        $1 == "tpm" { $2 = "\"\x27; system(\"\"touch executed\"\")\"" }
        $1 == "coordinator" { $2 = "`touch executed` $(touch executed) @{^x_y}" }
        $1 == "costume" { $2 = "\"a \"\"quoted\"\"\n%d \\\\n line\"" }
        { print }' "$source/scenarios/startup/arms.csv" >"$scenario/arms.csv"
    sed 's/^CORE,Core,/CORE,<script>alert(2)<\/script>,/' "$source/scenarios/startup/teams.csv" >"$scenario/teams.csv"
    sed 's/^name,.*/name,"<img src=x onerror=alert(3)> `touch executed` \x27; system(""touch executed"") \\",,/' "$source/scenarios/startup/program.csv" \
        >"$scenario/program.csv"
    printf 'parameter,value,low,high,source\nh_seat,1.5,,,"=HYPERLINK(""http://example.org"";""<script>alert(4)</script>"")"\nsafety,0.45,0.2,0.7,@SUM(1)\nlam,0.12,,,-2+3\nreq,0.25,,,+1+1\n' \
        >"$scenario/assumptions.csv"
    for table in packages dependencies risks questions; do # two packages are formulas
        sed 's/\bCORE-1\b/=CORE+1/g; s/\bCORE-2\b/@CORE/g' "$source/scenarios/startup/$table.csv" >"$scenario/$table.csv"
    done
}

names() {
    spoil
    figures=--no-figures
    command -v gnuplot >/dev/null && figures=
    expect 0 run "$scenario" -n 256 --arms none,coordinator,costume,tpm $figures -o evil
    [ "$(find . -name executed | wc -l)" -eq 0 ] || fault "$said: a name was executed"
    for script in '<script>alert(' '<img src=x' '<b>"&' ']]>'; do
        for file in evil/report.html evil/figures/*.svg; do
            [ ! -e "$file" ] || lacks "$file" "$script"
        done
    done
    has evil/report.html '&lt;script&gt;alert(1)&lt;/script&gt;'
    has evil/report.html '&lt;img src=x onerror=alert(3)&gt;'
    has evil/report.html 'system('
    has evil/assumptions.csv "\"'=HYPERLINK("
    has evil/assumptions.csv ",'@SUM(1),"
    has evil/packages.csv "none,'=CORE+1,"
    has evil/packages.csv "none,'@CORE,"
    if [ -z "$figures" ]; then
        for figure in evil/figures/*.gp; do # each was drawn, in both formats
            [ -s "${figure%.gp}.svg" ] && [ -s "${figure%.gp}.png" ] || fault "$said: $figure was not drawn"
        done
        grep -qF '&lt;script&gt;' evil/figures/*.svg || fault "$said: no figure shows the name of an organisation"
        grep -qF 'system(' evil/figures/*.svg || fault "$said: no figure shows the name of the headline"
    fi
    # what a spreadsheet would run begins a cell; a minus begins numbers only
    ! grep -nE '(^|,)"?([=+@]|-[^0-9i.])' evil/*.csv >formulas || fault "$said: formulas: $(head -n 3 formulas)"
    "$binary" run "$scenario" -n 128 --no-figures --no-outcomes --json -o evil2 >out 2>err || fault "$said: --json"
    has out '<script>alert(1)</script>' # JSON needs no escape of these
}

folders() {
    expect 0 run "$source/scenarios/startup" $quick -o one
    expect 2 run "$source/scenarios/startup" $quick -o one
    has err "one: exists already; name another folder with -o, or replace it with --force"
    sed 's/"format": 1,/"format": 2,/; s/"version": "[^"]*"/"version": "9.1"/' one/manifest.json >newer
    cp newer one/manifest.json
    expect 2 run "$source/scenarios/startup" $quick -o one --force
    has err "one: holds results of a newer version, so --force does not replace it: manifest.json is of format 2, written by orgsim 9.1; this version knows format 1"
    cmp -s newer one/manifest.json || fault "$said: replaced it"
    sed 's/"format": 1/"format": 0/' newer >one/manifest.json
    mkdir web
    echo '{"name": "a page", "icons": []}' >web/manifest.json # browsers know files of this name
    expect 2 run "$source/scenarios/startup" $quick -o web --force
    has err "web: is not a folder of results"
    [ -s web/manifest.json ] || fault "$said: replaced a folder of somebody else's"
    : >plain
    expect 2 run "$source/scenarios/startup" $quick -o plain --force
    has err "plain: is not a folder of results"
    expect 1 run "$source/scenarios/startup" $quick -o plain/inside
    has err "plain: cannot make the folder: a file of that name is in the way; choose another path"
    ln -s nowhere link
    expect 2 run "$source/scenarios/startup" $quick -o link
    expect 0 run "$source/scenarios/startup" $quick -o deep/er/still
    [ -s deep/er/still/summary.csv ] || fault "$said: no results"
    nothing_left
}

readonly_folder() {
    if [ "$(id -u)" -ne 0 ]; then
        mkdir shut
        chmod a-w shut
        expect 1 run "$source/scenarios/startup" $quick -o shut/run
        has err "cannot make the folder: Permission denied; check its permissions"
    elif [ -d /sys/kernel ]; then # root writes everywhere but here
        expect 1 run "$source/scenarios/startup" $quick -o /sys/kernel/orgsim
        has err "/sys/kernel/.orgsim.partial"
    fi
    nothing_left
}

# A file system of 200 kB where that can be mounted; a limit on the size of files everywhere.
full_folder() {
    mkdir tiny
    if mount -t tmpfs -o size=200k tmpfs tiny 2>/dev/null; then
        mounted=$folder/tiny
        expect 1 run "$source/scenarios/startup" -n 4096 --arms none,tpm --no-figures -o tiny/run
        has err "No space left on device"
        [ "$(find tiny -mindepth 1 | wc -l)" -eq 0 ] || fault "$said: leaves $(find tiny -mindepth 1)"
        umount tiny && mounted=
    fi
    said="orgsim run with files of 64 kB at most"
    (
        ulimit -f 128
        trap '' XFSZ
        exec "$binary" run "$source/scenarios/startup" -n 4096 --arms none,tpm --no-figures -o limited >out 2>err
    )
    status=$?
    [ $status = 1 ] || fault "$said: status $status"
    has err "File too large"
    [ ! -e limited ] || fault "$said: leaves half a folder"
    nothing_left
    if [ -w /dev/full ]; then
        expect 1 check "$source/scenarios/startup" --json=/dev/full/x
        for command in "--help" "--man" "--completion bash" "doctor" "check $source/scenarios/startup"; do
            # shellcheck disable=SC2086
            "$binary" $command >/dev/full 2>err
            [ $? = 1 ] || fault "orgsim $command: a full disk behind stdout is not noticed"
            has err "cannot write to standard output"
        done
    fi
}

# A name for JSON that is no plain file is written through and stays what it is. Never a device of this machine: each lies in the folder of the test.
special_files() {
    check="check $source/scenarios/startup"
    mkfifo fifo
    cat fifo >got &
    expect 0 $check --json=fifo
    wait $!
    has got '"valid": true'; [ -p fifo ] || fault "$said: replaced a pipe"
    ln -s kept/target link-to-json && mkdir kept
    expect 0 $check --json=link-to-json
    has kept/target '"valid": true'; [ -L link-to-json ] || fault "$said: replaced a link"
    ln -s /proc/self/fd/1 own-output
    expect 0 $check --json=own-output
    has out '"valid": true'; has out 'no problems'; [ -L own-output ] || fault "$said: replaced a link"
    expect 0 $check --json=-
    has out '"valid": true'; lacks out 'no problems'; [ ! -e ./- ] || fault "$said: wrote a file"
    if mknod full c 1 7 2>/dev/null && ! { echo x >full; } 2>said-of-it && grep -q "No space" said-of-it; then
        expect 1 $check --json=full
        has err "full: cannot write: No space left on device"; [ -c full ] || fault "$said: replaced a device"
    fi
    nothing_left
}

names
folders
special_files
readonly_folder
full_folder
[ "$faults" = 0 ] && echo "all as it should be"
exit $((faults > 0))
