#!/bin/sh
# page.sh ORGSIM ROOT FOLDER: runs a small scenario and looks at its report.html with a browser (page.mjs). 77: skipped, and why
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
cp "$here/page.mjs" .

status=0
for scenario in platform-migration startup; do
    "$orgsim" run "$root/scenarios/$scenario" -n 512 -s 1 --force -o "$folder/$scenario" --no-outcomes --quiet --no-progress || {
        code=$?
        [ $code -eq 5 ] || exit $code # without gnuplot the page is whole but for the pictures
    }
    node page.mjs "$browser" "$folder/$scenario/report.html" "$folder/$scenario" || status=1
done
exit $status
