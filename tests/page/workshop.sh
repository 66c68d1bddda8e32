#!/bin/sh
# workshop.sh ORGSIM ROOT FOLDER: a room of browsers goes through a lesson of orgsim serve (workshop.mjs). 77: skipped, and why
#
# FOLDER, in the build directory, keeps the packages of package.json and, in workshop/, the screenshots. PHONES: how many there are, 30.
set -eu
orgsim=$1
root=$2
folder=$3
here=$root/tests/page

. "$here/browser.sh"
cp "$here/workshop.mjs" .
rm -rf workshop
mkdir workshop
exec node workshop.mjs "$browser" "$orgsim" "$root" "$folder/workshop" "${PHONES:-30}"
