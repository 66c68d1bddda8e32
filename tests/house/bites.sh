#!/bin/sh
# bites.sh FOLDER COMPILER AR: every check of the house passes a small sound tree and fails, for the reason stated, on each tree with one fault
set -eu
folder=$1
compiler=$2
ar=$3
here=$(cd "$(dirname "$0")" && pwd)
tree=$folder/tree
status=0

sound() { # a house of two rooms
    rm -rf "$folder"
    mkdir -p "$tree/sim/base" "$tree/sim/engine" "$tree/sim/study" "$tree/sim/report" "$tree/include/orgsim" "$tree/.ci"
    cd "$tree"
    mkdir scenarios results tests
    for name in CMakeLists.txt README.md LICENSE CHANGELOG.md CITATION.cff CMakePresets.json .clang-format; do echo >"$name"; done
    echo '/build-*/' >.gitignore
    printf '#define ORGSIM_API __attribute__((visibility("default")))\n/* ORGSIM_API int nothing(void); */\nORGSIM_API int orgsim_gauge(int x);\n' \
        >include/orgsim/gauge.h
    printf "#ifndef GAUGE\n#define GAUGE\nstruct dial { int at; };\nint gauge_read(struct dial *d);\n#endif\n" >sim/base/gauge.h
    printf '#include "base/gauge.h"\n#include <orgsim/gauge.h>\nint gauge_read(struct dial *d) { return d->at; }\n' >sim/base/gauge.c
    printf '#include "base/gauge.h"\nint week_run(struct dial *d);\n' >sim/engine/week.h
    printf '#include "engine/week.h"\nint week_run(struct dial *d) { return gauge_read(d); }\n' >sim/engine/week.c
    printf '#include <orgsim/gauge.h>\nint orgsim_gauge(int x) { return x; }\n' >sim/study/gauge.c
}

build() {
    for floor in base engine study; do
        mkdir -p "$folder/$floor"
        for source in sim/$floor/*.c; do
            "$compiler" -w -std=c17 -fPIC -fvisibility=hidden -Iinclude -Isim -c "$source" -o "$folder/$floor/$(basename "$source").o"
        done
        rm -f "$folder/$floor.a"
        "$ar" qc "$folder/$floor.a" "$folder/$floor"/*.o
    done
}

check() {
    archives="base=$folder/base.a engine=$folder/engine.a study=$folder/study.a"
    # shellcheck disable=SC2086
    case $1 in
    layers) sh "$here/layers.sh" "$tree" base engine study report ;;
    calls) build && sh "$here/calls.sh" $archives ;;
    names) build && sh "$here/names.sh" "$tree" $archives ;;
    exports)
        build && "$compiler" -shared "$folder"/*/*.c.o -o "$folder/library.so" && sh "$here/exports.sh" "$folder/library.so" "$tree/include"
        ;;
    headers) sh "$here/headers.sh" "$tree" "$compiler" -std=c17 -Wall -Wextra ;;
    repository) sh "$here/repository.sh" "$tree" ;;
    esac
}

passes() { # CHECK
    check "$1" >"$folder/said" 2>&1 || { echo "$1 refuses a sound tree:"; cat "$folder/said"; status=1; }
}

fails() { # CHECK REASON: the tree has been spoilt
    if check "$1" >"$folder/said" 2>&1; then
        echo "$1 lets through: $2"
        status=1
    elif ! grep -qF -e "$2" "$folder/said"; then
        echo "$1 fails, but not for \"$2\":"
        cat "$folder/said"
        status=1
    fi
    sound
}

sound
for name in layers calls names exports headers repository; do passes $name; done

sound; echo '#include "engine/week.h"' >>sim/base/gauge.h;                   fails layers 'base includes upward'
echo '#include "engine/week.h"' >sim/report/page.c;                          fails layers 'looks into the engine'
echo '#include "base/gauge.h"' >>include/orgsim/gauge.h;                     fails layers 'includes the private'
echo '#include "gauge.h"' >>sim/base/gauge.c;                                fails layers 'include as "floor/file.h"'
mkdir sim/attic;                                                             fails layers 'not a floor'

printf 'int week_run(void *d);\nint gauge_up(void) { return week_run(0); }\n' >>sim/base/gauge.c
fails calls 'base/gauge.c.o calls upward: week_run of engine'
echo 'int gauge_read(void *d) { return !d; }' >sim/study/twice.c;            fails calls 'defined on two floors'

echo 'int other_name(void) { return 1; }' >>sim/base/gauge.c;                fails names 'other_name does not start'
echo 'int dial_turn(void) { return 1; }' >>sim/engine/week.c;                fails names 'dial_turn does not start'
echo 'int gauge_count(void) { static int n; return ++n; }' >>sim/base/gauge.c
fails names 'is mutable state'
echo 'void *malloc(unsigned long); void *gauge_new(void) { return malloc(8); }' >>sim/base/gauge.c
fails names 'malloc belongs in memory.c'
echo 'int puts(const char *); int gauge_say(void) { return puts(""); }' >>sim/base/gauge.c
fails names 'puts belongs in cli/ only'
echo 'int pthread_create(); int gauge_spin(void) { return pthread_create(); }' >>sim/base/gauge.c
fails names 'pthread_create belongs in pool.c'

echo 'ORGSIM_API int orgsim_ghost(void);' >>include/orgsim/gauge.h;          fails exports 'orgsim_ghost: declared ORGSIM_API, not exported'
echo 'ORGSIM_API int gauge_leak(void) { return 1; }' >>sim/base/gauge.c
fails exports 'gauge_leak: exported, not declared'
printf 'ORGSIM_API\nint gauge_open(void);\n' >>include/orgsim/gauge.h
echo 'int gauge_open(void) { return 1; }' >>sim/base/gauge.c;                fails exports 'gauge_open: declared ORGSIM_API, does not begin with orgsim_'

echo 'size_t gauge_size(void);' >sim/engine/week.h;                          fails headers 'sim/engine/week.h: does not compile alone'
echo 'enum twice { ONCE };' >>sim/base/gauge.h;                              fails headers 'sim/base/gauge.h: does not compile alone'

echo >notes.txt;                                                             fails repository 'notes.txt: has no place'
rm LICENSE;                                                                  fails repository 'LICENSE: missing'
awk 'BEGIN { for (i = 0; i < 501; i++) print "" }' >tests/test_long.c;       fails repository 'more than 500 lines'
printf '/* T%s: later */\n' ODO >>sim/base/gauge.c;                          fails repository 'left for later'

cd "$here"
rm -rf "$folder"
exit $status
