# plant.awk: FUNCTION=... HOW=... awk -f plant.awk FILE: prints a C file with one fault planted in one function
#
# HOW is `skip`: the function returns at once, or `sed:OLD=>NEW`: the text OLD, which must stand once in the function, becomes NEW; `none` plants
# nothing. Fails, and says why, when the function is not defined in the file or the fault finds no place.
BEGIN {
    name = ENVIRON["FUNCTION"]
    how = ENVIRON["HOW"]
    if (how ~ /^sed:/) {
        at = index(how, "=>")
        old = substr(how, 5, at - 5)
        new = substr(how, at + 2)
        if (!at || old == "") fault("how says neither what becomes what nor skip")
    } else if (how != "skip" && how !~ /^none: ./) fault("how is none of skip, sed:OLD=>NEW and none: REASON")
}

function fault(what) {
    print what | "cat 1>&2"
    failed = 1
    exit 1
}

# A head begins in the first column; a declaration ends in a semicolon.
!inside && !head && /^[A-Za-z]/ && $0 ~ ("[ *]" name "\\(") { head = 1; is_void = /(^| )void [a-z_]+\(/ }
head && /;[ \t]*$/ && !/\{/ { head = 0 }
head && /\{/ {
    head = 0
    inside = 1
    found++
    if (how == "skip") {
        if (!is_void) fault("only a void function can be skipped")
        sub(/\{/, "{ return;")
        planted++
    }
}
inside && old != "" {
    at = index($0, old)
    if (at) {
        planted++
        if (index(substr($0, at + 1), old)) planted++
        $0 = substr($0, 1, at - 1) new substr($0, at + length(old))
    }
}
inside && (/^}/ || /}[ \t]*$/ && /^[A-Za-z]/) { inside = 0 }
{ print }

END {
    if (failed) exit 1
    if (found != 1) fault("function " name " is " (found ? "defined more than once" : "not defined here"))
    if (how !~ /^none/ && planted != 1) fault("\"" old "\" stands " planted + 0 " times in " name ", not once")
}
