#!/bin/sh
# workbook.sh ORGSIM ROOT FOLDER: the workbook of orgsim report as LibreOffice calculates it: what was written, and what follows when a salary changes
# 77: skipped, and why
set -eu
orgsim=$1
root=$2
folder=$3

skip() {
    echo "skipped: $*"
    exit 77
}

office=$(command -v soffice || command -v libreoffice || true)
[ -n "$office" ] || skip "there is no LibreOffice (Debian: apt install libreoffice-calc-nogui)"
python=$(command -v /usr/bin/python3 || command -v python3 || true)
[ -n "$python" ] || skip "there is no Python (Debian: apt install python3)"

rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
HOME=$folder
export HOME
xlsx() { "$python" "$root/tests/page/xlsx.py" "$@"; }

# A label that a spreadsheet would take for a formula.
cp -R "$root/scenarios/startup" hostile
chmod -R u+w hostile
sed 's/^coordinator,[^,]*/coordinator,=1+1/' "$root/scenarios/startup/arms.csv" >hostile/arms.csv

"$orgsim" run hostile -n 256 -s 1 -o run --no-outcomes --no-figures -q --no-progress
"$orgsim" report run --xlsx -q || {
    [ $? -eq 5 ] && skip "orgsim was built without libxlsxwriter (Debian: libxlsxwriter-dev)"
    exit 1
}
xlsx check run/report.xlsx
xlsx values run/report.xlsx >written

# NAME [CELL=VALUE ...]: what LibreOffice makes of it, as "cell value" of the numbers of the first sheet
calculate() {
    name=$1
    shift
    xlsx edit run/report.xlsx "$name.xlsx" "$@"
    "$office" --headless --convert-to csv "$name.xlsx" >/dev/null 2>&1
    [ -s "$name.csv" ] || { echo "LibreOffice made nothing of $name.xlsx"; exit 1; }
    "$python" -c '
import csv, sys
for r, row in enumerate(csv.reader(open(sys.argv[1], newline="")), 1):
    for c, cell in enumerate(row):
        try: print(chr(65 + c) + str(r), repr(float(cell)))
        except ValueError: pass' "$name.csv" >"$name.values"
}

calculate same
calculate dearer B6=320
calculate haircut B9=0.5
calculate engineers B8=200
calculate soft B10=1

"$python" - <<'END'
def read(name):
    return {a: float(b) for a, b in (line.split() for line in open(name))}

written, same = read("written"), read("same.values")
faults = [f"{at}: written {written[at]}, calculated {same.get(at)}" for at in written
          if at not in same or abs(same[at] - written[at]) > 1e-6 * max(1, abs(written[at]))]
assert len(written) > 40, "there is next to nothing in the first sheet"
assert written["D26"] != 0

def moves(name, expected, what):
    found = read(name + ".values")["D26"] - same["D26"]
    if abs(found - expected) > 1e-6 * max(1, abs(expected)) or expected == 0:
        faults.append(f"{what}: the total moves by {found}, expected {expected}")

weeks = same["C15"] * same["C14"] - same["B15"] * same["B14"]
moves("dearer", -(320 - same["B6"]) * same["B7"] / 52 * weeks, "a salary of 320")
moves("haircut", -0.5 * (same["C13"] - same["B13"]), "a haircut of one half")
moves("engineers", -(200 / same["B8"] - 1) * (same["C16"] * same["C17"] - same["B16"] * same["B17"]), "engineers at 200")
moves("soft", -(same["C18"] - same["B18"]) * same["B19"] * same["B8"] * same["B7"] / 52 / 40, "managers' hours")
print("\n".join(faults))
raise SystemExit(bool(faults))
END
"$office" --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,3' same.xlsx >/dev/null 2>&1
grep -q '=1+1' same*rganisations*.csv || { echo "the label =1+1 did not stay text"; exit 1; }
