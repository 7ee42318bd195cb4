import Evaluation
public import Features
public import Schema
public import Tabular
public import Trees

/// Trees of a model, the columns that they read, and how much they count beside the networks.
public struct TreePart: Equatable, Sendable {
    /// The columns, in the order of the trees' bins.
    public let features: [Feature]
    /// What turns bins into a margin.
    public let trees: BoostedTrees
    /// The share of the model's margin that is theirs, in 0...1; the networks have what is left.
    public let weight: Double

    /// A column that trees read.
    public struct Feature: Codable, Equatable, Sendable {
        /// Name in the header.
        public let name: String
        /// How its fields read, and their levels.
        public let type: ColumnType

        /// Names a column.
        public init(name: String, type: ColumnType) {
            self.name = name
            self.type = type
        }
    }

    /// Puts a part together.
    ///
    /// - Precondition: A feature for each column of the trees; the weight is in 0...1.
    public init(features: [Feature], trees: BoostedTrees, weight: Double) {
        precondition(features.count == trees.bins.count, "trees of other columns than these")
        precondition(weight >= 0 && weight <= 1, "weight \(weight) is not in 0...1")
        self.features = features
        self.trees = trees
        self.weight = weight
    }

    /// The same trees with another weight.
    public func weighing(_ weight: Double) -> Self {
        Self(features: features, trees: trees, weight: weight)
    }

    /// The columns of a table as trees read them.
    ///
    /// - Throws: `FeatureError` where one is absent or of another type.
    /// - Complexity: O(rows · columns).
    public static func columns(
        _ features: [Feature],
        of table: Table
    ) throws(FeatureError) -> [TreeColumn] {
        try features.map { feature throws(FeatureError) in
            switch try table.column(feature.name, as: feature.type.coding) {
            case .number(let values): .numbers(values)
            case .level(let codes, let levels): .codes(codes, levels: levels.count)
            case .text: preconditionFailure("a coded column is not text")
            }
        }
    }

    /// The trees' margin for each row.
    ///
    /// - Returns: Shape [rows]. A row's margin has the same bits alone and among any others.
    /// - Throws: `FeatureError` where a column is absent or of another type.
    /// - Complexity: O(rows · trees · depth).
    public func margins(_ table: Table) throws(FeatureError) -> [Double] {
        trees.margins(try Self.columns(features, of: table), count: table.rowCount)
    }

    /// The probability of networks and trees together: a weighted mean of their margins, since one member that is sure
    /// outweighs another that is not.
    ///
    /// - Parameters:
    ///   - margins: The trees', shape [rows].
    ///   - networks: The networks' probabilities, shape [rows].
    /// - Returns: Shape [rows].
    func joined(_ margins: [Double], with networks: [Double]) -> [Float] {
        zip(margins, networks).map { margin, probability in
            let own = Logit.of(probability)
            return Float(Logit.probability((1 - weight) * own + weight * margin))
        }
    }
}
