public import Schema

/// An input of a network that was trained elsewhere: what it reads of a customer, and its scaling.
///
/// ```swift
/// let inputs = [
///     GivenInput(column: "Age", mean: 38.9, deviation: 10.5),
///     GivenInput(column: "Geography", level: "Germany", mean: 0.25, deviation: 0.43),
/// ]
/// ```
public struct GivenInput: Codable, Equatable, Sendable {
    /// Name in the header.
    public let column: String
    /// The level whose indicator it is; nil for the number itself.
    public let level: String?
    /// What is taken off it; 0 without scaling.
    public let mean: Double
    /// What that is divided by; 1 without scaling.
    public let deviation: Double

    /// Describes an input.
    public init(column: String, level: String? = nil, mean: Double = 0, deviation: Double = 1) {
        self.column = column
        self.level = level
        self.mean = mean
        self.deviation = deviation
    }
}

extension FittedFeatures {
    /// Features as a network that was trained elsewhere reads them.
    ///
    /// The inputs of one column need not stand side by side there; here they do.
    ///
    /// - Parameters:
    ///   - inputs: In the order of the network's.
    ///   - schema: What the columns mean; each of its features has an input.
    /// - Returns: The features, and for each of their encoded columns the place of its input.
    /// - Throws: `FeatureError` where an input can't be read off the schema's columns, or a feature has none.
    public static func given(
        _ inputs: [GivenInput],
        _ schema: Schema
    ) throws(FeatureError) -> (features: FittedFeatures, places: [Int]) {
        var order: [String] = []
        for input in inputs where !order.contains(input.column) { order.append(input.column) }
        if let unread = schema.features.first(where: { !order.contains($0.name) }) {
            throw FeatureError(
                unread.name,
                "is a feature in retain.yaml, but the network has no input of it; give it role: ignored"
            )
        }
        var features: [FittedFeature] = []
        var places: [Int] = []
        for name in order {
            guard let column = schema.features.first(where: { $0.name == name }) else {
                throw FeatureError(
                    name,
                    "is read by the network, but is no feature in retain.yaml; list it with role: feature"
                )
            }
            guard column.nulls == .error else {
                throw FeatureError(
                    name,
                    "has nulls: impute, of which the network knows nothing; leave that out of retain.yaml"
                )
            }
            let own = inputs.indices.filter { inputs[$0].column == name }
            var columns: [EncodedColumn] = []
            for place in own { columns.append(try encoded(inputs[place], of: column)) }
            guard Set(columns.map(\.name)).count == columns.count else {
                throw FeatureError(name, "is read by two inputs in the same way; leave out one")
            }
            places += own
            features.append(
                FittedFeature(
                    name: name,
                    type: column.type,
                    substitute: nil,
                    unseen: column.unseen,
                    rates: nil,
                    columns: columns,
                    indicator: nil
                )
            )
        }
        return (FittedFeatures(features: features), places)
    }

    private static func encoded(
        _ input: GivenInput,
        of column: ColumnSchema
    ) throws(FeatureError) -> EncodedColumn {
        let (name, reading): (String, EncodedColumn.Reading)
        switch (column.type.coding, input.level) {
        case (.number?, nil), (.truth?, nil):
            (name, reading) = (column.name, .value(skipsZero: false))
        case (.truth(_, let yes)?, let level?) where level == yes:
            (name, reading) = (column.name, .value(skipsZero: false))
        case (.level(let levels)?, let level?):
            guard let code = levels.firstIndex(of: level) else {
                throw FeatureError(
                    column.name,
                    "has no level \"\(level)\", whose indicator the network reads; add it to its levels in retain.yaml"
                )
            }
            (name, reading) = ("\(column.name)_\(level)", .level(code: code))
        default:
            let wanted = input.level.map { "the indicator of \"\($0)\"" } ?? "a number"
            throw FeatureError(
                column.name,
                "is of type \(column.type.kind.rawValue), and the network reads \(wanted) of it; change its type in retain.yaml"
            )
        }
        guard input.mean.isFinite, input.deviation > 0, input.deviation.isFinite else {
            throw FeatureError(
                column.name,
                "is scaled by mean \(input.mean) and deviation \(input.deviation); finite numbers are needed, the second above 0"
            )
        }
        return EncodedColumn(name, reading, mean: input.mean, deviation: input.deviation)
    }
}
