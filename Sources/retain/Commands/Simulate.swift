import ArgumentParser
import Files
import Simulation

/// `retain simulate`: customers of a bank that does not exist.
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write simulated bank customers, with drift on request.",
        discussion: """
            The true probability of leaving is known (--truth writes it), so drift and calibration can \
            be tested without anyone's data. Row i depends on the seed and on i alone.

              retain simulate --rows 10000 --seed 1 -o customers.csv
              retain simulate --rows 3000 --seed 2 --shift Age=+2.5 --scale Balance=1.8 -o drifted.csv
            """
    )

    @Option(parsing: .unconditional, help: "Number of customers.")
    var rows = 10_000

    @Option(parsing: .unconditional, help: "Seed of everything random.")
    var seed: UInt64 = 42

    @Option(name: .shortAndLong, help: "Where to write; - is standard output.")
    var output = "-"

    @Option(
        name: .customLong("shift"),
        help: "COLUMN=+X adds X to a numeric column; may be repeated."
    )
    var shifts: [String] = []

    @Option(
        name: .customLong("scale"),
        help: "COLUMN=X multiplies a numeric column; may be repeated."
    )
    var scales: [String] = []

    @Flag(help: "Add Complain, a column that leaks the target.")
    var complain = false

    @Flag(help: "Add TrueProbability, from which the target was drawn.")
    var truth = false

    func validate() throws {
        guard rows >= 0 else { throw ValidationError("--rows must be 0 or more") }
    }

    func run() throws {
        let simulator = BankSimulator(
            seed: seed,
            options: .init(
                complain: complain,
                trueProbability: truth,
                drift: try SimulatedDrift(shifts: shifts, scales: scales)
            )
        )
        try simulator.write(rows: rows, to: output)
    }
}

extension BankSimulator {
    /// Writes a CSV file of `rows` customers, a block at a time.
    func write(rows: Int, to path: String) throws {
        var file = try AtomicFile(path)
        try file.write(header)
        let block = 16_384
        for start in stride(from: 0, to: rows, by: block) {
            try file.write(csv(rows: start ..< min(start + block, rows)))
        }
        try file.commit()
    }
}
