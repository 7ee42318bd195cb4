import Simulation

/// Simulated customers as CSV text.
public func customerText(_ rows: Int, seed: UInt64 = 1, complain: Bool = false) -> String {
    let simulator = BankSimulator(seed: seed, options: .init(complain: complain))
    return String(decoding: simulator.header + simulator.csv(rows: 0 ..< rows), as: UTF8.self)
}

extension TemporaryFolder {
    /// Writes simulated customers and tells the path.
    public func customers(
        _ rows: Int,
        seed: UInt64 = 1,
        complain: Bool = false
    ) throws -> String {
        try file("customers-\(seed).csv", customerText(rows, seed: seed, complain: complain))
    }

    /// Writes simulated customers with a column "offer" at the end, and tells the path.
    public func treatedCustomers(
        _ rows: Int,
        seed: UInt64 = 1,
        _ offer: (_ row: Int, _ hasLeft: Bool) -> String
    ) throws -> String {
        let lines = customerText(rows, seed: seed).split(separator: "\n").map(String.init)
        let target =
            lines[0].split(separator: ",").firstIndex { $0 == BankSimulator.target } ?? 0
        let changed = lines.enumerated().map { line, text in
            guard line > 0 else { return text + ",offer" }
            return text + "," + offer(line - 1, text.split(separator: ",")[target] == "1")
        }
        return try file("treated.csv", changed.joined(separator: "\n") + "\n")
    }
}
