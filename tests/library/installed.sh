#!/bin/sh
# installed.sh CMAKE BUILD SOURCE COMPILER [FLAG...]: the example is built and run against an installed tree, by pkg-config only; man page and
# completion are there
set -eu
cmake=$1
build=$2
source=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
prefix=$build/tests/library/prefix
results=$build/tests/library/results

fault() {
    echo "$*"
    exit 1
}

rm -rf "$prefix" "$results"
"$cmake" --install "$build" --prefix "$prefix" >/dev/null
PKG_CONFIG_PATH=$(dirname "$(find "$prefix" -name orgsim.pc)")
export PKG_CONFIG_PATH
libdir=$(pkg-config --variable=libdir orgsim)

# shellcheck disable=SC2046
"$@" -std=c17 -Wall -Wextra -Wpedantic -Werror "$here/example.c" -o "$prefix/example" $(pkg-config --cflags --libs orgsim) "-Wl,-rpath,$libdir"

"$prefix/bin/orgsim" run "$source/scenarios/startup" -n 128 --arms none,tpm --no-figures --quiet -o "$results"
said=$("$prefix/example" "$source/scenarios/startup" "$results")
echo "$said" | grep -q ': 256 worlds, tpm earlier in [0-9]*$' || fault "the example does not live worlds: $said"
echo "$said" | grep -q '^change of npv_k: -*[0-9]* k (-*[0-9]* to -*[0-9]*)$' || fault "the example shows no difference: $said"
for arm in none tpm; do
    week=$(awk -F, -v arm=$arm '$1 == arm && $2 == "finish_week" { printf "%.1f", $4 }' "$results/summary.csv")
    echo "$said" | grep -q "^$arm  *finishes in week $week\$" || fault "the example reads other results than summary.csv: $said"
done
sed -i.old 's/"format": 1/"format": 999/' "$results/manifest.json"
status=0
said=$("$prefix/example" "$source/scenarios/startup" "$results" 2>&1 >/dev/null) || status=$?
[ $status = 1 ] || fault "results of a later format: status $status"
echo "$said" | grep -q 'is of format 999' || fault "results of a later format: $said"

[ -s "$prefix/share/man/man1/orgsim.1" ] || fault "no man page is installed"
[ -s "$prefix/share/bash-completion/completions/orgsim" ] || fault "no completion for bash is installed"
[ -s "$prefix/share/zsh/site-functions/_orgsim" ] || fault "no completion for zsh is installed"
