import ArgumentParser
import FoundationEssentials
import Kernels

/// `measure`: times the work that Retain's targets do, within one process.
@main
struct Measure: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Time training, parsing, scoring and prediction, and the machine's limits.",
        discussion: "Each piece of work runs once unmeasured, then --runs times."
    )

    /// What can be measured.
    enum Part: String, CaseIterable, ExpressibleByArgument {
        case training, ensembles, kernels, scoring, parsing, prediction, drift, limits
    }

    @Argument(help: "What to measure (default: everything).")
    var parts: [Part] = []

    @Option(help: "A customer file to learn from (default: simulated customers).")
    var data: String?

    @Option(help: "Its yes/no column.")
    var target = "Exited"

    @Option(help: "Length of the simulated file to parse and score.")
    var rows = 1_000_000

    @Option(help: "Runs of each measurement.")
    var runs = 5

    @Option(help: "Folder for the simulated files and the model; kept.")
    var folder: String

    @Flag(help: "Print the result as JSON.")
    var json = false

    func validate() throws {
        guard runs > 0, rows > 0 else {
            throw ValidationError("--runs and --rows must be 1 or more")
        }
    }

    func run() throws {
        guard Processor.canRunKernels else {
            throw ValidationError("this processor lacks AVX2 or FMA, which Retain needs")
        }
        let parts = parts.isEmpty ? Part.allCases : parts
        let bench = try Workbench(
            data: data,
            target: target,
            folder: folder,
            rows: rows,
            needsEnsembles: parts.contains { $0 == .scoring || $0 == .prediction }
        )
        let stopwatch = Stopwatch(runs: runs)
        var measurements: [Measurement] = []
        for part in parts {
            let found =
                switch part {
                case .training: try bench.training(stopwatch)
                case .ensembles: try bench.ensembleTraining(stopwatch)
                case .kernels: bench.kernels(stopwatch)
                case .scoring: try bench.scoring(stopwatch)
                case .parsing: try bench.parsing(stopwatch)
                case .prediction: try bench.prediction(stopwatch)
                case .drift: try bench.drift(stopwatch)
                case .limits: try bench.limits(stopwatch)
                }
            measurements += found
        }
        guard json else {
            for measurement in measurements { print(measurement.line) }
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(measurements), as: UTF8.self))
    }
}

extension Measurement {
    /// Title, median and range, in a line.
    fileprivate var line: String {
        let gap = String(repeating: " ", count: Swift.max(1, 62 - title.count))
        return "\(title)\(gap)\(median.short) \(unit)  (\(min.short) to \(max.short), \(runs) runs)"
    }
}

extension Double {
    /// Four significant digits or, above 1,000, a whole number.
    fileprivate var short: String {
        guard magnitude < 1_000 else { return "\(Int(rounded()))" }
        var scale = 1.0
        while magnitude > 0, magnitude * scale < 1_000, scale < 1e6 { scale *= 10 }
        return "\((self * scale).rounded() / scale)"
    }
}
