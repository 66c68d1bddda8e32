#!/bin/sh
# page.sh ORGSIM ROOT FOLDER: runs small scenarios and looks at report.html (page.mjs) and replay.html (replay.mjs) with a browser. 77: skipped, and why
#
# FOLDER, in the build directory, keeps the packages of package.json, the results and the screenshots.
set -eu
orgsim=$1
root=$2
folder=$3
here=$root/tests/page

. "$here/browser.sh"
cp "$here/look.mjs" "$here/page.mjs" "$here/replay.mjs" .

status=0
mkdir -p data
printf 'duration,event\n12,1\n40,1\n60,1\n90,1\n200,1\n' >data/staff_tenure.csv # so that there are quantiles to draw
for scenario in platform-migration startup; do
    "$orgsim" run "$root/scenarios/$scenario" -n 512 -s 1 --force -o "$folder/$scenario" --no-outcomes --quiet --no-progress || {
        code=$?
        [ $code -eq 5 ] || exit $code # without gnuplot the page is whole but for the pictures
    }
    if [ $scenario = startup ]; then # once with the appendix
        ORGSIM_DATA=$folder/data "$orgsim" validate --quick --force -o "$folder/$scenario" --quiet --no-progress || [ $? -eq 5 ]
        "$orgsim" report "$folder/$scenario" --audience engineer --quiet
    fi
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
