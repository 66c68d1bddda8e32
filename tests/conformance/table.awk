# table.awk: one row of a table of comma-separated cells; a cell with commas or quotes stands in quotes, its own quotes doubled

# Splits a line into cell[1..n] and returns n.
function table_split(line, cell,    n, at, here, quoted) {
    split("", cell)
    n = 1
    cell[1] = ""
    for (at = 1; at <= length(line); at++) {
        here = substr(line, at, 1)
        if (quoted && here == "\"" && substr(line, at + 1, 1) == "\"") { cell[n] = cell[n] here; at++ }
        else if (here == "\"") quoted = !quoted
        else if (here == "," && !quoted) cell[++n] = ""
        else cell[n] = cell[n] here
    }
    return quoted ? 0 : n
}
