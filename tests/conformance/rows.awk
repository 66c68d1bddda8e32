# rows.awk: after table.awk; reads the mechanisms ("name step" in their order) and the table: which rows there must be
#
# M1, M2, ... are the steps of the week, each with its mechanism's name before the colon. G1 to G37 are what the description in words leaves open
# and the code settles; where one of them is settled in several places its rows carry a letter: G3a, G3b.
# C1, C2, ... are what contrary research adds where it is let hold.
BEGIN { GAPS = 37 }

function fault(what) {
    print "tests/conformance.csv" (over ? "" : ":" FNR) ": " what
    faults++
}

FILENAME == ARGV[1] { mechanism[++mechanisms] = $1; step[mechanisms] = $2; next }
FNR == 1 { next }
{
    n = table_split($0, cell)
    if (n != 6) { fault("the row has " n " cells, not 6"); next }
    for (c = 1; c <= 6; c++) if (cell[c] == "" || cell[c] ~ /\t/) fault("cell " c " is blank, or has a tab")
    if (seen[cell[1]]++) fault(cell[1] " stands twice")
    if (cell[5] !~ /^[a-z]+_[a-z_0-9]+:[a-z_0-9]+$/) fault("a test is written program:function")
    if (cell[1] ~ /^M[0-9]+$/) {
        number = substr(cell[1], 2)
        if (cell[4] != step[number]) fault(cell[1] " is " step[number] " of sim/engine/week.c")
        if (index(cell[2], mechanism[number] ":") != 1) fault("the statement of " cell[1] " begins with \"" mechanism[number] ":\"")
    } else if (cell[1] ~ /^G[0-9]+[a-z]?$/) {
        number = substr(cell[1], 2)
        sub(/[a-z]$/, "", number)
        gap[number] = 1
    } else if (cell[1] !~ /^C[0-9]+[a-z]?$/) fault(cell[1] ": a row is M and a number, or G or C and a number with or without a letter")
}
END {
    over = 1
    for (m = 1; m <= mechanisms; m++) if (!("M" m in seen)) fault("no row M" m " for " step[m])
    for (g = 1; g <= GAPS; g++) if (!(g in gap)) fault("no row G" g)
    if (!mechanisms) fault("no mechanism was read")
    exit faults > 0
}
