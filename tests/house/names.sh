#!/bin/sh
# names.sh ROOT FLOOR=ARCHIVE...: what the floors define and use, seen by nm
#
#   names   a non-static name starts with the name of its file, of the header that the file implements (the first of its floor that it
#           includes), or of a type that either's header declares; or it is public (orgsim_)
#           lanes: kernel.c is compiled once for each instruction set, so its names may instead end in _scalar, _sse2, _avx2 or _avx512
#   state   no mutable global or static variable, but for the allocation counter of memory.c
#   doors   the heap is reached through memory.c, threads through pool.c; nothing below cli prints or exits
set -eu
root=$1
shift

tags() { # what headers declare: "tag STEM TAG"
    find "$root/sim" "$root/include" -name '*.h' | while read -r header; do
        stem=$(basename "$header" .h)
        sed -nE 's/^(struct|enum|union) (orgsim_)?([a-z0-9_]+) *[{;].*/tag '"$stem"' \3/p' "$header"
    done
}

homes() { # the header that a file implements: "home FLOOR FILE STEM"
    for source in "$root"/sim/*/*.c; do
        floor=$(basename "$(dirname "$source")")
        sed -n 's|^#include "'"$floor"'/\([a-z0-9_]*\)\.h".*|home '"$floor $(basename "$source")"' \1|p' "$source" | head -n 1
    done
}

{
    tags
    homes
    for pair in "$@"; do
        echo "floor ${pair%%=*}"
        "${NM:-nm}" -A -f sysv "${pair#*=}" 2>/dev/null
    done
} | awk -F '[|]' '
function fault(what) { print floor "/" file ": " what; faults++ }
function begins(name, word) { return word != "" && (index(name, word "_") == 1 || name == word) }
function owned(name, stem,    i) {
    if (begins(name, stem)) return 1
    for (i = 1; i <= tags[stem]; i++) if (begins(name, tag[stem, i])) return 1
    return 0
}
function named(name) {
    if (name ~ /^orgsim_/ || file == "kernel.c" && name ~ /_(scalar|sse2|avx2|avx512)$/) return 1
    return owned(name, stem) || owned(name, home[floor, file])
}
function checker(name) { return name ~ /^(__odr_asan|__unnamed_|__asan|__tsan|__ubsan|\.|_GLOBAL__)/ }
BEGIN {
    split("malloc calloc realloc reallocarray aligned_alloc posix_memalign strdup strndup asprintf vasprintf", heap, " ")
    for (i in heap) door[heap[i]] = "memory.c"
    split("printf vprintf puts putchar perror stdout stderr exit quick_exit abort err errx warn warnx", voice, " ")
    for (i in voice) door[voice[i]] = "cli/ only"
}
/^tag / { split($0, word, " "); tag[word[2], ++tags[word[2]]] = word[3]; next }
/^home / { split($0, word, " "); home[word[2], word[3]] = word[4]; next }
/^floor / { floor = substr($0, 7); next }
NF < 7 { next }
{
    symbols++
    head = $1
    sub(/ *$/, "", head)
    name = head; sub(/.*: */, "", name)
    file = head; sub(/:[^:]*$/, "", file); sub(/.*:/, "", file); sub(/\.o$/, "", file)
    stem = file; sub(/\.c$/, "", stem)
    type = $3; gsub(/ /, "", type)
    section = $7
    if (checker(name)) next
    if (type == "U") {
        if (name ~ /^(pthread|thrd|mtx|cnd)_/ && file != "pool.c") fault(name " belongs in pool.c, the one file that knows threads")
        if ((name in door) && door[name] != file) fault(name " belongs in " door[name])
        next
    }
    if (type ~ /^[A-TV-Z]$/ && !named(name)) fault(name " does not start with the name of its file, its header or a type of these")
    if (type ~ /^[BbDdCSsGg]$/ && section !~ /\.rel\.ro/ && file != "memory.c") fault(name " is mutable state (" section ")")
}
END { if (!symbols) { print "no symbols read"; faults++ } exit faults > 0 }'
