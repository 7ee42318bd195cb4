/// A number of a campaign's terms: the same for every customer, or each customer's own from a column of the data.
public struct CampaignAmount: Equatable, Sendable {
    /// The column that holds each customer's own; nil where all have the same.
    public var column: String?
    /// What all have; where there is a column, what a usual customer has, by which the model's threshold is reckoned.
    public var typical: Double

    /// The same for every customer.
    public init(_ amount: Double) { typical = amount }

    /// Each customer's own.
    ///
    /// - Parameters:
    ///   - column: Holds it.
    ///   - typical: What a usual customer has.
    public init(column: String, typical: Double) {
        self.column = column
        self.typical = typical
    }
}

extension CampaignAmount: Codable {
    private enum CodingKeys: String, CodingKey { case column, typical }

    /// Reads a number, or a column with what is typical of it.
    public init(from decoder: any Decoder) throws {
        if let amount = try? decoder.singleValueContainer().decode(Double.self) {
            self.init(amount)
            return
        }
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            column: try fields.decode(String.self, forKey: .column),
            typical: try fields.decode(Double.self, forKey: .typical)
        )
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        guard let column else {
            var single = encoder.singleValueContainer()
            try single.encode(typical)
            return
        }
        var fields = encoder.container(keyedBy: CodingKeys.self)
        try fields.encode(column, forKey: .column)
        try fields.encode(typical, forKey: .typical)
    }
}
