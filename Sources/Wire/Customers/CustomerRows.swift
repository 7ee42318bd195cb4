/// The customers of a request.
public struct CustomerRows: Sendable {
    /// Everything that breaks the schema, by customer and then by column of the schema.
    public internal(set) var problems: [FieldProblem] = []
    /// The identifier of each customer; nil where the request has none.
    public internal(set) var identifiers: [String?] = []
    /// Fields that were empty and are imputed.
    public internal(set) var nullCount = 0
    /// Fields with a level that is not listed and counts as none of the levels.
    public internal(set) var unseenCount = 0
    /// Whether the request is one customer and not a list.
    public internal(set) var isSingle = false
    /// Shape [customers, features], in the order of the schema; not to be used where there are problems.
    ///
    /// Numbers, and truths as 0 and 1, NaN where null; levels as codes, -1 where null, -2 where none of them.
    public internal(set) var values: [Double] = []

    init() {}

    /// One customer, with whom all is well.
    init(single values: [Double]) {
        identifiers = [nil]
        isSingle = true
        self.values = values
    }

    /// Number of customers.
    public var count: Int { identifiers.count }
}
