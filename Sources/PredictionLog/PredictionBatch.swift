/// One request's predictions, as they were answered.
public struct PredictionBatch: Sendable {
    /// What another model would have answered.
    public struct Shadow: Sendable {
        /// The other model.
        public var model: LoggedModel
        /// Shape [customers].
        public var probabilities: [Float]

        /// Creates a comparison.
        public init(model: LoggedModel, probabilities: [Float]) {
            self.model = model
            self.probabilities = probabilities
        }
    }

    /// Names the request; a customer of a list is `ID-0`, `ID-1` and so on.
    public var id: String
    /// Whether the request is one customer and not a list.
    public var isSingle: Bool
    /// Milliseconds since 1970.
    public var time: Int64
    /// The model that answered.
    public var model: LoggedModel
    /// The customers' identifiers, where the request has them.
    public var customers: [String?]
    /// Shape [customers, features], row by row, as `CustomerRows.values`.
    public var values: [Double]
    /// Shape [customers].
    public var probabilities: [Float]
    /// Nil where no other model was asked.
    public var shadow: Shadow?

    /// Creates a batch.
    public init(
        id: String,
        isSingle: Bool,
        time: Int64,
        model: LoggedModel,
        customers: [String?],
        values: [Double],
        probabilities: [Float],
        shadow: Shadow? = nil
    ) {
        self.id = id
        self.isSingle = isSingle
        self.time = time
        self.model = model
        self.customers = customers
        self.values = values
        self.probabilities = probabilities
        self.shadow = shadow
    }

    /// Number of customers.
    public var count: Int { probabilities.count }

    /// The name of one customer's prediction.
    public func id(of row: Int) -> String { isSingle ? id : "\(id)-\(row)" }
}
