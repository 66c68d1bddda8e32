#!/bin/sh
# page.sh ORGSIM ROOT FOLDER: runs small scenarios and looks at report.html (page.mjs) and replay.html (replay.mjs) with a browser. 77: skipped, and why
#
# FOLDER, in the build directory, keeps the packages of package.json, the results and the screenshots.
set -eu
orgsim=$1
root=$2
folder=$3
here=$root/tests/page

skip() {
    echo "skipped: $*"
    exit 77
}

command -v node >/dev/null || skip "node is not installed (Debian: apt install nodejs npm)"
command -v npm >/dev/null || skip "npm is not installed (Debian: apt install npm)"
browser=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || true)}
[ -n "$browser" ] || skip "there is no Chromium (Debian: apt install chromium)"

mkdir -p "$folder"
cd "$folder"
if ! cmp -s "$here/package.json" package.json || [ ! -d node_modules ]; then
    rm -rf node_modules package.json
    cp "$here/package.json" .
    npm install --no-audit --no-fund --no-package-lock --ignore-scripts --fetch-retries=0 --fetch-timeout=30000 >npm.log 2>&1 || {
        rm -f package.json
        skip "the packages that drive the browser cannot be fetched: $(grep -m 1 "reason:" npm.log || tail -n 1 npm.log)"
    }
fi
cp "$here/look.mjs" "$here/page.mjs" "$here/replay.mjs" .

status=0
for scenario in platform-migration startup; do
    "$orgsim" run "$root/scenarios/$scenario" -n 512 -s 1 --force -o "$folder/$scenario" --no-outcomes --quiet --no-progress || {
        code=$?
        [ $code -eq 5 ] || exit $code # without gnuplot the page is whole but for the pictures
    }
    node page.mjs "$browser" "$folder/$scenario/report.html" "$folder/$scenario" || status=1
done
for world in surprise tpm-lost; do
    "$orgsim" explain "$root/scenarios/workshop" --world $world -n 512 --force -o "$folder/$world" --quiet || {
        code=$?
        [ $code -eq 5 ] || exit $code
    }
    node replay.mjs "$browser" "$folder/$world/replay.html" "$folder/$world" || status=1
done
exit $status
