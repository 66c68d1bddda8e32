#!/bin/sh
# layers.sh ROOT FLOOR...: includes point down the floors only (given lowest first)
#
# A file of sim/<floor>/ includes "floor/file.h" of its own floor or one below, and <orgsim/...>. Floors above study know studies by their
# results: they may not look into engine/. Public headers include public headers only. Every folder of sim/ is a floor.
set -eu
root=$1
shift
cd "$root"

status=0
for folder in sim/*/; do
    folder=${folder#sim/}
    folder=${folder%/}
    case " $* " in
    *" $folder "*) ;;
    *) echo "sim/$folder: not a floor; add it to ORGSIM_FLOORS in CMakeLists.txt"; status=1 ;;
    esac
done

find sim include -type f \( -name '*.[ch]' -o -name '*.def' -o -name '*.inc' \) -exec awk -v floors="$*" '
function fault(what) { print FILENAME ":" FNR ": " what; faults++ }
BEGIN { n = split(floors, name, " "); for (i = 1; i <= n; i++) height[name[i]] = i }
FNR == 1 { files++; split(FILENAME, path, "/"); here = path[1] == "sim" ? path[2] : ""; quote = 0 }
!/^[ \t]*#[ \t]*include/ { next }
{
    line = $0
    sub(/^[ \t]*#[ \t]*include[ \t]*/, "", line)
    if (line ~ /^</) {
        if (here == "" && line !~ /^<(orgsim\/)?[a-z0-9_]+\.h>/ || line ~ /^<[^>]*\.\./) fault("a public header includes " line)
        next
    }
    if (line !~ /^"[a-z0-9_]+\/[a-z0-9_\/]+\.(h|c|def|inc)"/) { fault("include as \"floor/file.h\", not " line); next }
    if (here == "") { fault("a public header includes the private " line); next }
    there = substr(line, 2, index(line, "/") - 2)
    if (!(there in height)) { fault(line " is on no floor"); next }
    if (height[there] > height[here]) fault(here " includes upward: " line)
    if (there == "engine" && height[here] > height["study"]) fault(here " looks into the engine: " line)
}
END { if (!files) { print "no source found"; faults++ } exit faults > 0 }' {} + || status=1
exit $status
