#!/bin/sh
# install.sh CMAKE BUILD VERSION COMPILER [FLAG...]: what cmake --install lays down is complete, moves with its prefix, and serves a program
# that knows only pkg-config
set -eu
cmake=$1
build=$2
version=$3
shift 3
here=$(cd "$(dirname "$0")" && pwd)
prefix=$build/tests/house/prefix
moved=$build/tests/house/moved

rm -rf "$prefix" "$moved"
"$cmake" --install "$build" --prefix "$prefix" >/dev/null
mv "$prefix" "$moved"

fault() {
    echo "$*"
    exit 1
}

for header in "$here"/../../include/orgsim/*.h; do
    cmp -s "$header" "$moved/include/orgsim/$(basename "$header")" || fault "$(basename "$header"): not installed"
done
pc=$(find "$moved" -name orgsim.pc)
[ -n "$pc" ] || fault "orgsim.pc: not installed"
PKG_CONFIG_PATH=$(dirname "$pc")
export PKG_CONFIG_PATH
[ "$(pkg-config --modversion orgsim)" = "$version" ] || fault "orgsim.pc does not say version $version"
libdir=$(pkg-config --variable=libdir orgsim)

sh "$here/exports.sh" "$libdir/liborgsim.so" "$moved/include"

# shellcheck disable=SC2046
"$@" -std=c17 -Wall -Wextra -Wpedantic -Werror "$here/consumer.c" -o "$moved/consumer" $(pkg-config --cflags --libs orgsim) "-Wl,-rpath,$libdir"
said=$("$moved/consumer")
[ "$said" = "the scenario has problems; npv_k" ] || fault "the program built against the installed library said: $said"

"$moved/bin/orgsim" --version | grep -qF "$version" || fault "the installed command does not say version $version"
