internal import Schema

/// How sampled rows become a network's inputs, fitted on rows of both files.
///
/// Unlike `Features` it takes any value as it comes: a number counts by its rank, so that neither a tail nor
/// an infinity matters; what is empty or not listed is a level like others. A value that a twentieth of the
/// rows have (no balance, three years, two products) gets an input of its own besides.
struct RowEncoding {
    private let columns: [Column]

    /// The inputs of one column.
    private struct Column {
        /// All but the rare numbers in order; nil for levels and where there is one number only.
        var scale: OrderedSample?
        var indicators: [Indicator] = []

        var width: Int { (scale == nil ? 0 : 1) + indicators.count }
    }

    /// Whether a row has one value; NaN is an empty field.
    private struct Indicator {
        let value: Double
        let no: Float
        let yes: Float

        init(_ value: Double, share: Double) {
            self.value = value
            // A rare one is not blown up, as in `Features`.
            let deviation = max(0.15, (share * (1 - share)).squareRoot())
            no = Float(-share / deviation)
            yes = Float((1 - share) / deviation)
        }

        func encode(_ value: Double) -> Float {
            value == self.value || value.isNaN && self.value.isNaN ? yes : no
        }
    }

    /// A number that this share of the rows have gets an indicator.
    private static let frequent = 0.05
    /// A level that fewer rows have can't tell much, and there may be thousands.
    private static let leastRows = 10
    private static let mostLevels = 64

    /// Fits ranks, and finds the values that get an input.
    ///
    /// - Parameters:
    ///   - columns: What the values are.
    ///   - rows: Rows of both files.
    /// - Complexity: O(rows · columns).
    init(_ columns: [SampledColumn], _ rows: CodedRows) {
        self.columns = columns.enumerated().map { place, column in
            let own = (0 ..< rows.count).map { rows[row: $0, column: place] }
            return column.hasLevels ? Self.levels(own) : Self.numbers(own)
        }
    }

    private static func numbers(_ values: [Double]) -> Column {
        let filled = values.filter { !$0.isNaN }
        var column = Column()
        if filled.count < values.count, !filled.isEmpty {
            let share = 1 - Double(filled.count) / Double(values.count)
            column.indicators.append(Indicator(.nan, share: share))
        }
        guard !filled.isEmpty else { return column }
        let sample = OrderedSample(numbers: filled)
        guard sample.distinct.count > 1 else { return column }
        column.scale = sample
        for (value, count) in zip(sample.distinct, sample.counts)
        where Double(count) >= frequent * Double(filled.count) {
            column.indicators.append(Indicator(value, share: Double(count) / Double(values.count)))
        }
        return column
    }

    private static func levels(_ codes: [Double]) -> Column {
        let counts = OrderedSample(numbers: codes)
        let seen = zip(counts.distinct, counts.counts).filter { $0.1 >= leastRows }
        guard counts.distinct.count > 1 else { return Column() }
        let frequent = seen.sorted { ($1.1, $0.0) < ($0.1, $1.0) }.prefix(mostLevels)
        return Column(
            indicators: frequent.map { Indicator($0.0, share: Double($0.1) / Double(codes.count)) }
        )
    }

    /// Number of inputs.
    var width: Int { columns.reduce(0) { $0 + $1.width } }

    /// The inputs of each column.
    var inputs: [Range<Int>] {
        var end = 0
        return columns.map { column in
            end += column.width
            return end - column.width ..< end
        }
    }

    /// Encodes rows.
    ///
    /// - Parameter rows: Of the columns that were fitted.
    /// - Returns: Shape [inputs, stride], as the network's kernels read them.
    /// - Complexity: O(rows · (inputs + columns · log of the distinct numbers)).
    func encode(_ rows: CodedRows) -> EncodedSample {
        let count = rows.count
        var sample = EncodedSample(width: width, count: count)
        var first = 0
        for (place, column) in columns.enumerated() {
            for row in 0 ..< count {
                let value = rows[row: row, column: place]
                var output = first * sample.stride + row
                if let scale = column.scale {
                    sample.values[output] = scale.standardRank(value)
                    output += sample.stride
                }
                for indicator in column.indicators {
                    sample.values[output] = indicator.encode(value)
                    output += sample.stride
                }
            }
            first += column.width
        }
        return sample
    }
}

/// Encoded rows, input by input.
struct EncodedSample {
    /// Number of rows.
    let count: Int
    /// Distance from one input to the next, a multiple of 8.
    let stride: Int
    /// Shape [inputs, stride].
    var values: [Float]

    init(width: Int, count: Int) {
        self.count = count
        stride = (count + 7) & ~7
        values = Array(repeating: 0, count: width * stride)
    }
}

extension OrderedSample {
    /// The share of the sample below a number, its equals by half, with mean 0 and deviation 1; 0 for NaN.
    fileprivate func standardRank(_ value: Double) -> Float {
        guard !value.isNaN else { return 0 }
        let doubled = rank(value, isInside: false) + rank(value, isInside: true)
        return Float((Double(doubled) / Double(rowCount) - 1) * 1.7320508075688772)
    }
}
