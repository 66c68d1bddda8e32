#!/bin/sh
# paper.sh ORGSIM ROOT FOLDER: report.pdf page by page: each has ink and says that it is modelled. 77: skipped, and why
set -eu
orgsim=$1
root=$2
folder=$3

skip() {
    echo "skipped: $*"
    exit 77
}

command -v pdftoppm >/dev/null && command -v pdftotext >/dev/null || skip "there is no poppler (Debian: apt install poppler-utils)"
rm -rf "$folder"
mkdir -p "$folder"
cd "$folder"
"$orgsim" run "$root/scenarios/startup" -n 256 -s 1 -o run --no-outcomes -q --no-progress || {
    code=$?
    [ $code -eq 5 ] || exit $code # without gnuplot the page is whole but for the pictures
}
status=0
for audience in director engineer; do
    "$orgsim" report run --pdf --audience $audience -q || {
        [ $? -eq 5 ] && skip "there is no Chromium (Debian: apt install chromium)"
        exit 1
    }
    rm -f page-*.pgm
    pdftoppm -r 40 -gray run/report.pdf page
    n=0
    for image in page-*.pgm; do
        n=$((n + 1))
        # bytes that are neither white nor part of the head: ink
        ink=$(tail -c +16 "$image" | LC_ALL=C tr -d '\377' | wc -c)
        [ "$ink" -gt 500 ] || { echo "$audience, page $n: next to nothing on it ($ink dots)"; status=1; }
        text=$(pdftotext -f $n -l $n run/report.pdf -)
        case $text in *"Modelled, not measured"*) ;; *) echo "$audience, page $n does not say that it is modelled"; status=1 ;; esac
    done
    [ $n -ge 3 ] || { echo "$audience: only $n pages"; status=1; }
    echo "$audience: $n pages"
done
exit $status
