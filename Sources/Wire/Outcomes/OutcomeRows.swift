/// The truth about some customers, as a request tells it.
public struct OutcomeRows: Equatable, Sendable {
    /// What became of one customer.
    public struct Row: Equatable, Sendable {
        /// The prediction that the truth belongs to; nil where the customer is named instead.
        public var prediction: String?
        /// The customer's identifier.
        public var customer: String?
        /// When the truth was known, as it was written; nil means now.
        public var date: String?
        /// Whether the customer left.
        public var left: Bool
        /// Whether the customer was offered something to stay; nil where that is not known.
        public var treated: Bool?
        /// What the customer was offered.
        public var treatment: String?
    }

    /// One for each customer of the request; not to be used where there are problems.
    public internal(set) var rows: [Row] = []
    /// Everything that is wrong with them.
    public internal(set) var problems: [FieldProblem] = []
    var isSingle = false

    /// Adds what is wrong with a row, by its place.
    public mutating func add(_ problem: String, row: Int, field: String?) {
        problems.append(FieldProblem(index: isSingle ? nil : row, field: field, problem: problem))
    }
}
