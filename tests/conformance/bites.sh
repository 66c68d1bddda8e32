#!/bin/sh
# bites.sh ROOT FOLDER: plants the fault of every row of tests/conformance.csv and expects the row's test to fail
#
# The tree is copied to FOLDER, where one fault at a time stands in one file. Only that file is compiled again (the lanes as one kernel, four
# wide) and linked before the archives of the build. A test must pass without the fault, or its failing with it would mean nothing.
# From the environment: COMPILE, the compiler with its flags and the includes of everything but the tree; LINK, the archives and libraries;
# ROWS, the only rows to try.
set -eu
root=$1
folder=$2
here=$root/tests/conformance
tree=$folder/tree
status=0

compile() { # OBJECT SOURCE [FLAG...]
    object=$1
    file=$2
    shift 2
    $COMPILE -O1 -w -I"$tree/include" -I"$tree/sim" -I"$root/tests" -DORGSIM_SOURCE="\"$root\"" "$@" -c "$file" -o "$object" 2>"$folder/said"
}

lanes() { compile "$1" "$tree/sim/engine/kernel.c" -DLANES=4 -DKERNEL=one; }

# With the week in it, a test is compiled with the fault; without, once and for all.
holds_the_week() { grep -q 'study/inside.h' "$1"; }

build() { # PROGRAM OBJECT...: the test program with these objects before the archives
    source=$root/tests/${1%%_*}/test_${1#*_}.c
    program=$1
    shift
    if holds_the_week "$source" || [ ! -f "$folder/$program.o" ]; then compile "$folder/$program.o" "$source"; fi
    # shellcheck disable=SC2086
    $COMPILE -o "$folder/$program" "$folder/$program.o" "$folder/one.o" "$@" $LINK 2>"$folder/said"
}

runs() { # PROGRAM TEST: status of the test alone; 0 only when it was found, ran and passed
    (cd "$folder" && ORGSIM_TEST=$2 CMOCKA_MESSAGE_OUTPUT=stdout timeout 300 "./$1" >said 2>&1) || return $?
    grep -q "OK \] $2\$" "$folder/said" || return 99
}

sound() { # PROGRAM TEST: passes without any fault
    [ -f "$folder/sound.$1.$2" ] && return 0
    build "$1" "$folder/kernel.o" || return 1
    runs "$1" "$2" || return 1
    : >"$folder/sound.$1.$2"
}

faulty() { # FILE PROGRAM: builds the program with the fault that stands in the file
    case $1 in
    sim/engine/mechanism/* | sim/engine/kernel.c | sim/engine/nature.c | sim/engine/item.c | sim/engine/week.c | sim/engine/outcome.c)
        lanes "$folder/fault.o" && build "$2" "$folder/fault.o"
        ;;
    *) compile "$folder/fault.o" "$tree/$1" && build "$2" "$folder/fault.o" "$folder/kernel.o" ;;
    esac
}

bite() { # FILE FUNCTION PROGRAM TEST HOW: says what came of it
    case $5 in none*) echo "$5"; return 0 ;; esac
    if ! sound "$3" "$4"; then
        echo "FAILS WITHOUT THE FAULT"
        cat "$folder/said"
        return 1
    fi
    cp "$tree/$1" "$folder/without.c"
    FUNCTION=$2 HOW=$5 awk -f "$here/plant.awk" "$folder/without.c" >"$tree/$1" || { echo "NOT PLANTED"; cp "$folder/without.c" "$tree/$1"; return 1; }
    built=0
    faulty "$1" "$3" || built=$?
    cp "$folder/without.c" "$tree/$1"
    if [ $built -ne 0 ]; then
        echo "DOES NOT COMPILE"
        cat "$folder/said"
        return 1
    fi
    result=0
    runs "$3" "$4" || result=$?
    case $result in
    0) echo "DOES NOT BITE" ;;
    99) echo "WAS NOT RUN" ;;
    124) echo "HANGS" ;;
    *) echo "bites"; return 0 ;;
    esac
    return 1
}

wanted() { # ROW
    case " ${ROWS:-$1} " in *" $1 "*) return 0 ;; esac
    return 1
}

rm -rf "$folder"
mkdir -p "$tree"
cp -R "$root/sim" "$root/include" "$tree"
if ! compile "$folder/one.o" "$here/one.c" || ! lanes "$folder/kernel.o"; then
    cat "$folder/said"
    exit 1
fi
awk -f "$here/table.awk" -f "$here/cells.awk" "$root/tests/conformance.csv" >"$folder/rows"
while IFS='	' read -r row file function program test how <&3; do
    wanted "$row" || continue
    said=$(bite "$file" "$function" "$program" "$test" "$how") || status=1
    printf '%-5s %-24s %-58s %s\n' "$row" "$function" "$program:$test" "$said"
done 3<"$folder/rows"
[ $status -ne 0 ] || rm -rf "$folder"
exit $status
