/// Rows to train on: features, labels and weights.
public struct LabelledRows: Equatable, Sendable {
    /// Shape [count, width], row-major.
    public let features: [Float]
    /// Number of features.
    public let width: Int
    /// 0 or 1, shape [count].
    public let labels: [Float]
    /// Positive, shape [count]; a row of weight 2 counts as two rows would.
    public let weights: [Float]

    /// Number of rows.
    public var count: Int { labels.count }

    /// Creates rows.
    ///
    /// - Parameters:
    ///   - features: Shape [count, width], row-major.
    ///   - width: Number of features.
    ///   - labels: Truth, shape [count].
    ///   - classWeights: Weight of each row by its class.
    ///   - weights: What each row's class weight is multiplied by, shape [count]; nil for 1.
    /// - Precondition: `features` has count · width values, `weights` count.
    public init(
        features: [Float],
        width: Int,
        labels: [Bool],
        classWeights: ClassWeights.Pair = .equal,
        weights: [Float]? = nil
    ) {
        precondition(
            features.count == labels.count * width,
            "features have \(features.count) values, not \(labels.count) rows of \(width)"
        )
        precondition(
            weights.map { $0.count == labels.count } ?? true,
            "\(weights?.count ?? 0) weights for \(labels.count) rows"
        )
        self.features = features
        self.width = width
        self.labels = labels.map { $0 ? 1 : 0 }
        let ofClasses = labels.map { $0 ? classWeights.positive : classWeights.negative }
        self.weights = weights.map { zip(ofClasses, $0).map { $0 * $1 } } ?? ofClasses
    }

    /// The rows at these places, in that order.
    public func selecting(_ places: some Sequence<Int>) -> Self {
        Self(selecting: Array(places), from: self)
    }

    private init(selecting places: [Int], from rows: Self) {
        width = rows.width
        labels = places.map { rows.labels[$0] }
        weights = places.map { rows.weights[$0] }
        var features: [Float] = []
        features.reserveCapacity(places.count * width)
        for place in places {
            features += rows.features[place * rows.width ..< (place + 1) * rows.width]
        }
        self.features = features
    }
}

/// How much a row of each class counts in the loss.
public enum ClassWeights: Codable, Equatable, Sendable {
    /// Every row counts the same: probabilities stay calibrated.
    case equal
    /// Rows of both classes together count the same: n / (2 · n of the class), as scikit-learn's
    /// `balanced`.
    case balanced
    /// Given weights.
    case explicit(Pair)

    /// Weights of the two classes.
    public struct Pair: Codable, Equatable, Sendable {
        /// Weight of a row that stays.
        public var negative: Float
        /// Weight of a row that leaves.
        public var positive: Float

        /// Creates a pair.
        public init(negative: Float, positive: Float) {
            self.negative = negative
            self.positive = positive
        }

        /// 1 and 1.
        public static let equal = Self(negative: 1, positive: 1)
    }

    /// The weights for rows with these labels.
    public func resolved(for labels: [Bool]) -> Pair {
        switch self {
        case .equal: return .equal
        case .explicit(let pair): return pair
        case .balanced:
            let positives = labels.count { $0 }
            let negatives = labels.count - positives
            guard positives > 0, negatives > 0 else { return .equal }
            return Pair(
                negative: Float(labels.count) / Float(2 * negatives),
                positive: Float(labels.count) / Float(2 * positives)
            )
        }
    }
}
