import Simulation
import Testing

/// 50,000 simulated customers, read back from the CSV bytes.
struct Sample {
    static let standard = Sample(
        BankSimulator(seed: 42, options: .init(complain: true, trueProbability: true)),
        rows: 0 ..< 50_000
    )

    let columns: [String]
    let rows: [[Substring]]

    init(_ simulator: BankSimulator, rows range: Range<Int>) {
        columns = simulator.columns
        let text = String(decoding: simulator.csv(rows: range), as: UTF8.self)
        rows = text.split(separator: "\n").map {
            $0.split(separator: ",", omittingEmptySubsequences: false)
        }
    }

    func texts(_ column: String) throws -> [Substring] {
        let place = try #require(columns.firstIndex(of: column))
        return rows.map { $0[place] }
    }

    func numbers(_ column: String) throws -> [Double] {
        try texts(column).map { try #require(Double($0)) }
    }

    /// The share of leavers among the rows that a test on one column picks.
    func churnRate(_ column: String, where isPicked: (Substring) -> Bool) throws -> Double {
        let exited = try texts("Exited")
        let picked = try zip(texts(column), exited).filter { isPicked($0.0) }
        return Double(picked.count { $0.1 == "1" }) / Double(picked.count)
    }
}
