public import Schema

/// Weighted customers who are nobody, against whom reasons are told.
///
/// Their values are drawn column by column from quantiles and levels of the training rows, so that none is a customer's
/// row; their weighted mean score is the average score of the training rows.
public struct ReferenceCustomers: Equatable, Sendable {
    /// The features of the model's schema, in its order.
    public let rows: CodedRows
    /// Shape [rows], above 0, with sum 1.
    public let weights: [Double]
    /// The root mean square difference between the mean scores of coalitions over these customers and over the training
    /// rows, on coalitions that took no part in choosing them.
    public let error: Double

    /// Takes chosen customers over.
    ///
    /// - Precondition: A weight for each row.
    public init(rows: CodedRows, weights: [Double], error: Double) {
        precondition(rows.count == weights.count, "\(weights.count) weights for \(rows.count) rows")
        self.rows = rows
        self.weights = weights
        self.error = error
    }

    /// What makes them unfit for a schema; nil where all is well.
    func inconsistency(_ features: [ColumnSchema]) -> String? {
        guard rows.width == features.count, rows.count > 0 else {
            return "has rows of \(rows.width) values for \(features.count) features"
        }
        guard weights.allSatisfy({ $0 > 0 && $0 <= 1 }), error >= 0,
            abs(weights.reduce(0, +) - 1) < 1e-9
        else { return "has weights that are not above 0 with sum 1" }
        for (place, feature) in features.enumerated() {
            guard let levels = feature.type.coding?.levels else { continue }
            let codes = -2 ..< levels.count
            for row in 0 ..< rows.count {
                let value = rows[row: row, column: place]
                guard value == value.rounded(), abs(value) < 1e9, codes.contains(Int(value)) else {
                    return "has a code that is no level of \"\(feature.name)\""
                }
            }
        }
        return nil
    }
}

/// Written as `{"reference_error": 0.002, "rows": [[42, 1, null]], "weights": [1]}`; an empty number is `null`.
extension ReferenceCustomers: Codable {
    private enum CodingKeys: String, CodingKey {
        case rows, weights
        case error = "reference_error"
    }

    /// Reads the form that `encode(to:)` writes; refuses rows of several widths, and another number of weights.
    public init(from decoder: any Decoder) throws {
        let fields = try decoder.container(keyedBy: CodingKeys.self)
        let rows = try fields.decode([[Double?]].self, forKey: .rows)
        let weights = try fields.decode([Double].self, forKey: .weights)
        let width = rows.first?.count ?? 0
        guard width > 0, rows.allSatisfy({ $0.count == width }), weights.count == rows.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .rows,
                in: fields,
                debugDescription: "rows are not of one width with a weight each"
            )
        }
        self.init(
            rows: CodedRows(width: width, values: rows.joined().map { $0 ?? .nan }),
            weights: weights,
            error: try fields.decode(Double.self, forKey: .error)
        )
    }

    /// Writes the form that `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        var fields = encoder.container(keyedBy: CodingKeys.self)
        let values = (0 ..< rows.count).map { row in
            rows[row: row].map { $0.isNaN ? nil : $0 }
        }
        try fields.encode(values, forKey: .rows)
        try fields.encode(weights, forKey: .weights)
        try fields.encode(error, forKey: .error)
    }
}
