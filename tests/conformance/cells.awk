# cells.awk: the rows of the table for the shell: row, file, function, program, test and how, with tabs between
FNR > 1 && table_split($0, cell) == 6 {
    program = test = cell[5]
    sub(/:.*/, "", program)
    sub(/.*:/, "", test)
    print cell[1] "\t" cell[3] "\t" cell[4] "\t" program "\t" test "\t" cell[6]
}
