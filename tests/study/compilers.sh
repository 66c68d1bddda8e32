#!/bin/sh
# compilers.sh SOURCE FOLDER PROGRAM COMPILER GENERATOR: gcc and clang compute the same bits
#
# PROGRAM is study_print_hash of this build, made by COMPILER. All floors below it are built once more in FOLDER, in release mode, by the other of
# gcc and clang; both programs must print the same, and the same for each kernel. Leaves with 77 where there is no other compiler.
set -eu
source=$1 folder=$2 program=$3 compiler=$4 generator=$5

case $compiler in
*[Cc]lang*) other=gcc ;;
*) other=clang ;;
esac
command -v "$other" >/dev/null || { echo "$other is not installed"; exit 77; }

# Flags of this build (a sanitizer, say) are not those of the other.
unset CFLAGS LDFLAGS
cmake -S "$source" -B "$folder" -G "$generator" -DCMAKE_C_COMPILER="$other" -DCMAKE_BUILD_TYPE=Release >"$folder.log" 2>&1 &&
    cmake --build "$folder" --target study_print_hash --parallel 2 >>"$folder.log" 2>&1 || { cat "$folder.log"; exit 1; }

ours=$("$program" "$source/scenarios")
theirs=$("$folder/tests/study_print_hash" "$source/scenarios")
[ -n "$ours" ] || { echo "nothing was printed"; exit 1; }
printf 'this build:\n%s\n%s:\n%s\n' "$ours" "$other" "$theirs"
[ "$ours" = "$theirs" ]
[ "$(echo "$ours" | awk '{ print $2 }' | sort -u | wc -l)" -eq 1 ]
