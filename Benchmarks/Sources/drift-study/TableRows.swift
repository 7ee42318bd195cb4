import ArgumentParser

/// Lets a study be run in pieces: each row depends on the seed and on itself alone.
struct TableRows: ParsableArguments {
    @Option(help: "Only these rows of the tables, counted from 1 through all of them.")
    var rows: [Int] = []

    /// Writes a row, if it is wanted.
    func write(_ row: Int, _ text: () throws -> String) rethrows {
        if rows.isEmpty || rows.contains(row) { print(try text()) }
    }
}
