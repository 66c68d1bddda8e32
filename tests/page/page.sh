#!/bin/sh
# page.sh ORGSIM ROOT FOLDER: runs a small scenario and looks at its report.html with a browser (page.mjs). 77: skipped, and why
#
# FOLDER, in the build directory, keeps the packages of package.json, the results and the screenshots.
set -eu
orgsim=$1
root=$2
folder=$3
here=$root/tests/page

. "$here/browser.sh"
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
