import ArgumentParser
import Files
import Simulation

/// `retain simulate`: customers of a bank that does not exist.
struct Simulate: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Write simulated bank customers, with drift on request, or what becomes of a campaign.",
        discussion: """
            The true probability of leaving is known (--truth writes it), so drift and calibration can \
            be tested without anyone's data. Row i depends on the seed and on i alone.

              retain simulate --rows 10000 --seed 1 -o customers.csv
              retain simulate --rows 3000 --seed 2 --shift Age=+2.5 --scale Balance=1.8 -o drifted.csv

            With --treatment it plays what becomes of a campaign's customers until --day, and writes it as \
            `retain outcomes` takes it. --rows and --seed are those of the file that the campaign was planned on. Of \
            those who would leave, --effect stay if contacted (persuadable), the others are lost causes; of those who \
            would stay, --disturb leave if contacted (do not disturb), the others are sure things. --kinds writes who \
            is what. Contacts take two weeks; leaving begins after them.

              retain simulate --rows 3000 --seed 2 --treatment list.csv --held-out spring.held-out.csv \
                --outcomes outcomes.csv --effect 0.3 --day 30
            """
    )

    @Option(parsing: .unconditional, help: "Number of customers.")
    var rows = 10_000

    @Option(parsing: .unconditional, help: "Random seed: the same one gives the same bytes.")
    var seed: UInt64 = 42

    @Option(name: .shortAndLong, help: "Where to write; - is standard output (default: -).")
    var output: String?

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

    @OptionGroup(title: "A campaign") var treatment: TreatmentOptions

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
        try treatment.play(simulator, rows: rows)
        // A campaign needs no new customers, unless a file is named for them.
        guard let output = output ?? (treatment.list == nil ? "-" : nil) else { return }
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
