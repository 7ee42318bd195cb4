import Evaluation
public import Features
import Kernels
import NeuralNetwork
public import Schema
import Trees

/// Predicts for coded rows, as a service gets them: the same bits as `ChurnModel.predict`.
public struct RowPredictor: Sendable {
    private let parts: [Part]
    private let trees: TreeRows?
    private let calibration: Calibration

    /// One network, and how rows become its inputs.
    ///
    /// A class, since copying a value of so many parts counts a reference to each.
    private final class Part: Sendable {
        let encoder: RowEncoder
        private let network: Network

        init(_ part: ModelPart, _ columns: [ColumnSchema]) throws(FeatureError) {
            encoder = try RowEncoder(part.features, columns: columns)
            network = part.served
        }

        func probabilities(_ rows: CodedRows) -> [Double] {
            network.probabilities(encoder.encode(rows))
        }

        var work: Int { network.work }
    }

    /// Trees, and which of a row's values they read.
    private final class TreeRows: Sendable {
        private let part: TreePart
        private let scorer: TreeRowScorer
        private let places: [CodedPlace]

        init(_ part: TreePart, _ columns: [ColumnSchema]) throws(FeatureError) {
            self.part = part
            scorer = TreeRowScorer(part.trees)
            places = try part.features.map { feature throws(FeatureError) in
                try CodedPlace(of: feature.name, as: feature.type.coding, in: columns)
            }
        }

        /// From so many rows on, trees go over all of them one after the other, instead of a row over all trees.
        private static let fewest = 16

        /// Which of a row's values trees read.
        var columns: [Int] { places.map(\.place) }

        /// Cuts that a row goes through.
        var work: Int { part.trees.ensembles.reduce(0) { $0 + $1.cuts.count } }

        func margins(_ rows: CodedRows) -> [Double] {
            guard rows.count >= Self.fewest else {
                return (0 ..< rows.count).map { row in
                    scorer.margin { places[$0].value(of: rows, row: row) }
                }
            }
            let columns = zip(places, part.features).map { place, feature -> TreeColumn in
                let values = (0 ..< rows.count).lazy.map { place.value(of: rows, row: $0) }
                guard let levels = feature.type.coding?.levels else {
                    return .numbers(Array(values))
                }
                return .codes(values.map { Int32($0) }, levels: levels.count)
            }
            return part.trees.margins(columns, count: rows.count)
        }

        func bins(_ rows: CodedRows, row: Int) -> [UInt8] {
            scorer.bins { places[$0].value(of: rows, row: row) }
        }

        func joined(_ margins: [Double], with networks: [Double]) -> [Float] {
            part.joined(margins, with: networks)
        }
    }

    /// Prepares a model.
    ///
    /// - Parameters:
    ///   - model: Predicts.
    ///   - columns: What the values of a row are, in order; nil for the features of the model's own schema.
    /// - Throws: `FeatureError` where the model reads a feature that the columns do not have.
    public init(_ model: ChurnModel, columns: [ColumnSchema]? = nil) throws(FeatureError) {
        calibration = model.calibration
        let columns = columns ?? model.schema.features
        parts = try model.parts.map { part throws(FeatureError) in try Part(part, columns) }
        trees = try model.trees.map { part throws(FeatureError) in try TreeRows(part, columns) }
    }

    /// The probability that each customer leaves.
    ///
    /// - Parameter rows: Rows of `init`'s columns.
    /// - Returns: Shape [rows], in 0...1.
    /// - Complexity: O(rows · parameters).
    public func predict(_ rows: CodedRows) -> [Float] {
        calibration.applied(to: uncalibrated(rows))
    }

    /// Scores from what `uncalibrated` gives.
    public func calibrated(_ scores: [Float]) -> [Float] { calibration.applied(to: scores) }

    /// The same before calibration.
    public func uncalibrated(_ rows: CodedRows) -> [Float] {
        joined(networks(rows), trees.map { $0.margins(rows) })
    }

    private func networks(_ rows: CodedRows) -> [Double] {
        elementwiseMean(parts.map { $0.probabilities(rows) })
    }

    private func joined(_ networks: [Double], _ margins: [Double]?) -> [Float] {
        guard let trees, let margins else { return networks.map(Float.init) }
        return trees.joined(margins, with: networks)
    }
}

extension RowPredictor {
    /// What a row costs in each half of the model.
    public struct Work: Equatable, Sendable {
        /// Multiply-adds of all networks.
        public let networks: Int
        /// Cuts of all trees.
        public let trees: Int
    }

    /// What a row costs.
    public var work: Work {
        Work(networks: parts.reduce(0) { $0 + $1.work }, trees: trees?.work ?? 0)
    }

    /// What the model sees of a value: where it sees the same of two values of a column, no score tells them apart.
    public struct Sight: Equatable, Sendable {
        /// The bits of the inputs that the value becomes in all networks; empty where none reads the column.
        public fileprivate(set) var networks: [UInt32] = []
        /// The bins that it falls into; empty where no tree reads the column.
        public fileprivate(set) var trees: [UInt8] = []

        /// Whether neither reads the column.
        public var isEmpty: Bool { networks.isEmpty && trees.isEmpty }
    }

    /// What the model sees of each value.
    ///
    /// - Parameter rows: Rows of `init`'s columns.
    /// - Returns: Shape [rows, columns].
    /// - Complexity: O(rows · encoded columns).
    public func sights(_ rows: CodedRows) -> [[Sight]] {
        let none = [Sight](repeating: Sight(), count: rows.width)
        var sights = [[Sight]](repeating: none, count: rows.count)
        for part in parts {
            let matrix = part.encoder.encode(rows)
            for (place, columns) in part.encoder.columns {
                for row in 0 ..< rows.count {
                    for column in columns {
                        sights[row][place].networks
                            .append(matrix[row: row, column: column].bitPattern)
                    }
                }
            }
        }
        if let trees {
            for row in 0 ..< rows.count {
                for (place, bin) in zip(trees.columns, trees.bins(rows, row: row)) {
                    sights[row][place].trees.append(bin)
                }
            }
        }
        return sights
    }

    /// The probabilities of very many rows that are mixed of few: the same bits as `predict`.
    ///
    /// Networks are asked once for rows that are alike in all that networks read.
    ///
    /// - Parameters:
    ///   - rows: Rows of `init`'s columns.
    ///   - threads: How many work at once; no bit depends on it.
    ///   - calibrated: False for what `uncalibrated` gives.
    /// - Returns: Shape [rows].
    /// - Complexity: O(rows · parameters), less where rows are alike.
    public func predictMixed(
        _ rows: CodedRows,
        threads: Int = 1,
        calibrated: Bool = true
    ) -> [Float] {
        let read = Set(parts.flatMap { $0.encoder.columns.map(\.place) }).sorted()
        let distinct = DistinctRows(rows, columns: read)
        let alike = Self.inPieces(distinct.rows(of: rows), threads: threads, networks)
        let margins = trees.map { trees in
            Self.inPieces(rows, threads: threads) { trees.margins($0) }
        }
        let joined = joined(distinct.kinds.map { alike[$0] }, margins)
        return calibrated ? calibration.applied(to: joined) : joined
    }

    /// As many rows at a time as keep the processor's lanes full and its caches warm.
    private static func inPieces<Value: Sendable>(
        _ rows: CodedRows,
        threads: Int,
        _ work: @Sendable (CodedRows) -> [Value]
    ) -> [Value] {
        let share = (rows.count + max(threads, 1) - 1) / max(threads, 1)
        let piece = max(64, min(1_024, (share + 31) & ~31))
        guard rows.count > piece else { return work(rows) }
        let pieces = concurrentMap((rows.count + piece - 1) / piece, threads: threads) { number in
            work(rows.selecting(number * piece ..< min(rows.count, (number + 1) * piece)))
        }
        return Array(pieces.joined())
    }
}
