#!/bin/sh
# offline.sh ORGSIM ROOT FOLDER: an exported page, opened as a file without a network, goes through all its steps (offline.mjs). 77: skipped, and why
set -eu
orgsim=$1
root=$2
folder=$3
here=$root/tests/page

. "$here/browser.sh"
[ -s "$root/build/offline/worker.js" ] || skip "the part that runs in browsers was not built (./sim/bootstrap offline)"
cp "$here/look.mjs" "$here/offline.mjs" .
rm -rf offline
mkdir offline
"$orgsim" export-page "$root/scenarios/workshop" -o offline/workshop.html --quiet
exec node offline.mjs "$browser" "$folder/offline/workshop.html" "$folder/offline"
