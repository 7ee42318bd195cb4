public import Schema

/// Predictions of one model, as they were answered, column by column.
///
/// So the predictions of many requests cost no more memory blocks than those of one.
public struct PredictionBatch: Sendable {
    /// What another model would have answered.
    public struct Shadow: Sendable {
        /// The other model.
        public var model: RecordedModel
        /// Shape [customers].
        public var probabilities: [Float]

        /// Creates a comparison.
        public init(model: RecordedModel, probabilities: [Float]) {
            self.model = model
            self.probabilities = probabilities
        }
    }

    /// The model that answered.
    public let model: RecordedModel
    /// When, in milliseconds since 1970, for each customer.
    private(set) var times: [Int64] = []
    /// The customers' identifiers, where the requests have them.
    private(set) var customers: [String?] = []
    /// The day from which each customer's dates were counted back; empty where the model reads none.
    private(set) var asOf: [Day] = []
    /// The customers.
    public private(set) var rows: CodedRows
    /// Shape [customers].
    public private(set) var probabilities: [Float] = []
    /// Nil where no other model was asked.
    public var shadow: Shadow?
    /// The predictions' names, one behind the other, and where each ends.
    private(set) var names: [UInt8] = []
    private var nameEnds: [Int] = []

    /// A batch without predictions.
    public init(_ model: RecordedModel) {
        self.model = model
        rows = CodedRows(width: model.width)
    }

    /// Number of customers.
    public var count: Int { probabilities.count }

    /// Where the name of one customer's prediction stands among the names, in UTF-8.
    func name(of row: Int) -> Range<Int> { (row == 0 ? 0 : nameEnds[row - 1]) ..< nameEnds[row] }

    /// Adds a request's predictions.
    ///
    /// - Parameters:
    ///   - id: Names the request; a customer of a list is `ID-0`, `ID-1` and so on.
    ///   - isSingle: Whether the request is one customer and not a list.
    ///   - time: Milliseconds since 1970.
    ///   - customers: The customers' identifiers; nil where the request has none.
    ///   - asOf: The day from which each customer's dates were counted back; empty where the model reads none.
    ///   - rows: The customers.
    ///   - probabilities: Shape [customers].
    public mutating func add(
        _ id: [UInt8],
        isSingle: Bool,
        time: Int64,
        customers: [String?],
        asOf: [Day] = [],
        rows: CodedRows,
        probabilities: [Float]
    ) {
        for row in probabilities.indices {
            names += id
            if !isSingle { names += "-\(row)".utf8 }
            nameEnds.append(names.count)
            times.append(time)
        }
        self.customers += customers
        self.asOf += asOf
        self.rows.append(contentsOf: rows)
        self.probabilities += probabilities
    }

    /// Adds a piece of a file's predictions, whose names go on counting.
    ///
    /// - Parameters:
    ///   - id: Names the file's predictions; a customer's is `ID-n`.
    ///   - first: n of the first of them.
    ///   - time: Milliseconds since 1970.
    ///   - customers: The customers' identifiers.
    ///   - asOf: The day from which each customer's dates were counted back; empty where the model reads none.
    ///   - rows: The customers.
    ///   - probabilities: Shape [customers].
    mutating func add(
        _ id: [UInt8],
        from first: Int,
        time: Int64,
        customers: [String],
        asOf: [Day],
        rows: CodedRows,
        probabilities: [Float]
    ) {
        for row in probabilities.indices {
            names += id
            names += "-\(first + row)".utf8
            nameEnds.append(names.count)
            times.append(time)
        }
        self.customers += customers
        self.asOf += asOf
        self.rows.append(contentsOf: rows)
        self.probabilities += probabilities
    }
}
