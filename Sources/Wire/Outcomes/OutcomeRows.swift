/// The truth about some customers, as a request or a file tells it.
public struct OutcomeRows: Equatable, Sendable {
    /// What became of one customer.
    public struct Row: Equatable, Sendable {
        /// The prediction that the truth belongs to; nil where the customer is named instead.
        public var prediction: String?
        /// The customer's identifier.
        public var customer: String?
        /// When the truth was known, in milliseconds since 1970; nil means now.
        public var date: Int64?
        /// Whether the customer left; nil where only what was done is told.
        public var left: Bool?
        /// When the customer left, in milliseconds since 1970: the beginning of the day where only that is told.
        public var occurred: Int64?
        /// Whether the customer was offered something to stay; nil where that is not known.
        public var contacted: Bool?
        /// Whether the customer took the offer; nil where that is not known.
        public var offerTaken: Bool?
        /// What the customer was offered.
        public var treatment: String?
        /// What contact and offer cost.
        public var cost: Double?
        /// Who says so.
        public var by: String?

        /// Nothing told yet.
        init() {}
    }

    /// One for each customer; not to be used where there are problems.
    public internal(set) var rows: [Row] = []
    /// Everything that is wrong with them.
    public internal(set) var problems: [FieldProblem] = []
    var isSingle = false

    /// Adds what is wrong with a row, by its place.
    mutating func add(_ problem: String, row: Int, field: String?) {
        problems.append(FieldProblem(index: isSingle ? nil : row, field: field, problem: problem))
    }
}
