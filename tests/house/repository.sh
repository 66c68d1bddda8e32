#!/bin/sh
# repository.sh ROOT: the top level holds what the house's plan allows and nothing else; files are short; nothing is left for later
#
# What a build or a run leaves behind is known from the lines of .gitignore that begin with a slash.
set -eu
cd "$1"
most=500
plan="sim include scenarios results tests CMakeLists.txt README.md LICENSE CHANGELOG.md CITATION.cff CMakePresets.json .ci .clang-format .gitignore"

status=0
fault() {
    echo "$*"
    status=1
}

for name in $plan; do
    [ -e "$name" ] || fault "$name: missing"
done

left_behind() {
    sed -n 's|^/\([^/]*\)/\{0,1\}$|\1|p' .gitignore | while read -r pattern; do
        # shellcheck disable=SC2254
        case $1 in $pattern) echo yes ;; esac
    done
}

for name in .* *; do
    case " . .. .git $plan " in *" $name "*) continue ;; esac
    [ "$(left_behind "$name")" ] || fault "$name: has no place at the top level"
done

find sim tests include -name '*.[ch]' -exec awk -v most=$most '
FNR == most + 1 { print FILENAME ": more than " most " lines"; faults++ }
END { exit faults > 0 }' {} + || status=1

# The brackets keep this file from finding itself.
words='T[O]DO|F[I]XME|X[X]X|H[A]CK|T[B]D|W[I]P|[Nn]ot [i]mplemented|[Pp]lace[h]older|[Ss]t[u]b'
if grep -rnwE "$words" sim tests include .ci CMakeLists.txt --include='*.[ch]' --include='*.def' --include='*.sh' --include='*.cmake' \
    --include='*.md' --include='*.txt' --include=bootstrap --include=run; then
    fault "left for later: do it or drop it"
fi
exit $status
