import Campaign
import Tabular

/// Customers of some rows of a file.
struct CustomerBatch: Sendable {
    var identifiers = IdentifierList()
    var probabilities: [Float] = []
    /// Shape [columns, customers].
    var amounts: [[Double]]
    /// The row of each customer, from 0 in its batch, and from 0 in the file once batches are joined.
    var rows: [UInt32] = []
    var rowCount = 0
    var rejected = 0
    var firstProblem: String?
    var faults = AmountFaults()

    init(amounts: Int) { self.amounts = Array(repeating: [], count: amounts) }

    /// Takes rows as customers, with their amounts.
    mutating func take(_ batch: RecordBatch, _ rows: [Int], _ columns: AmountColumns) {
        self.rows = rows.map { UInt32($0) }
        for (place, column) in columns.columns.enumerated() {
            amounts[place] = column.numbers(of: batch, rows, columns.decimalComma, &faults)
        }
    }

    /// Adds the customers of the rows behind.
    mutating func append(_ other: CustomerBatch) {
        identifiers.append(contentsOf: other.identifiers)
        probabilities += other.probabilities
        for place in amounts.indices { amounts[place] += other.amounts[place] }
        let before = UInt32(rowCount)
        rows += other.rows.map { before + $0 }
        rowCount += other.rowCount
        rejected += other.rejected
        firstProblem = firstProblem ?? other.firstProblem
        faults.add(other.faults)
    }
}
