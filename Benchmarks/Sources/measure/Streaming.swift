import ChurnModel
import Lifecycle
import Schema
import Tabular

extension Workbench {
    /// CSV parsing alone, first only split into fields, then also decoded into typed columns.
    func parsing(_ stopwatch: Stopwatch) throws -> [Measurement] {
        let reader = try CSVReader(longFile)
        let decoder = try SchemaDecoder(model.schema, header: reader.header, needsTarget: false)
        return try threads.flatMap { threads in
            [
                try parsing("split", "split into fields", threads, stopwatch) { $0.rowCount },
                try parsing("typed", "into typed columns", threads, stopwatch) {
                    decoder.decode($0).table.rowCount
                },
            ]
        }
    }

    private func parsing(
        _ name: String,
        _ title: String,
        _ threads: Int,
        _ stopwatch: Stopwatch,
        _ transform: @escaping @Sendable (RecordBatch) -> Int
    ) throws -> Measurement {
        let seconds = try stopwatch.seconds {
            var rows = 0
            var reader = try CSVReader(longFile)
            try reader.forEachBatch(threads: threads, transform: transform) { rows += $0 }
            precondition(rows > 0, "nothing was parsed")
        }
        return Measurement(
            "parsing.\(name).\(threads)",
            "CSV \(title), \(coreText(threads))",
            unit: "MB/s",
            values: seconds.map { Double(longFileBytes) / $0 / 1e6 }
        )
    }

    /// CSV to CSV within this process; the whole process is timed from outside.
    func scoring(_ stopwatch: Stopwatch) throws -> [Measurement] {
        let seed = try threads.map { try scoring(model, "scoring", "", $0, stopwatch) }
        let others = try ensembles.map { name, model in
            try scoring(model, "scoring.\(name)", " with `\(name)`", threads.last ?? 1, stopwatch)
        }
        return seed + others
    }

    private func scoring(
        _ model: ChurnModel,
        _ name: String,
        _ title: String,
        _ threads: Int,
        _ stopwatch: Stopwatch
    ) throws -> Measurement {
        let seconds = try stopwatch.seconds {
            let counts = try ScoringWorkflow(model, threads: threads).run(
                input: longFile,
                output: folder + "/scores.csv",
                rejects: nil
            )
            precondition(counts.read == longFileRows, "rows are missing")
        }
        return Measurement(
            "\(name).\(threads)",
            "scoring CSV to CSV in one process\(title), \(coreText(threads))",
            unit: "rows/s",
            values: seconds.map { Double(longFileRows) / $0 }
        )
    }

    func coreText(_ threads: Int) -> String { threads == 1 ? "1 core" : "\(threads) cores" }
}
