import Drift
import Schema
import Simulation
import Tabular

/// Simulated customers, read as a file would be.
struct Bank {
    let schema: Schema

    init() throws {
        let simulator = BankSimulator(seed: 1)
        schema =
            try SchemaInference(target: BankSimulator.target)
            .infer(header: simulator.columns, batches: [Self.batch(simulator, 0 ..< 5_000)])
            .schema
            .acceptingDrift
    }

    /// Customers of a seed, whose numbers have moved.
    func profile(
        rows: Int,
        seed: UInt64,
        shifts: [String] = [],
        scales: [String] = []
    ) throws -> DriftProfile {
        var profile = DriftProfile(schema)
        profile.add(try table(0 ..< rows, seed: seed, shifts: shifts, scales: scales))
        return profile
    }

    /// Some customers of a seed.
    func table(
        _ rows: Range<Int>,
        seed: UInt64,
        shifts: [String] = [],
        scales: [String] = []
    ) throws -> Table {
        let drift = try SimulatedDrift(shifts: shifts, scales: scales)
        let simulator = BankSimulator(seed: seed, options: .init(drift: drift))
        let decoder = try SchemaDecoder(schema, header: simulator.columns, needsTarget: false)
        let decoded = decoder.decode(Self.batch(simulator, rows))
        precondition(decoded.rejectedRows.isEmpty, "\(decoded.violations)")
        return decoded.table
    }

    private static func batch(_ simulator: BankSimulator, _ rows: Range<Int>) -> RecordBatch {
        let lines = String(decoding: simulator.csv(rows: rows), as: UTF8.self).split(
            separator: "\n"
        )
        return RecordBatch(
            columnCount: simulator.columns.count,
            rows: lines.map { line in
                line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            }
        )
    }
}
