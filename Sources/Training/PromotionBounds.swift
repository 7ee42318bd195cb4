private import Files
import Output
public import Schema

/// What a model must show to become the champion; the `promotion` section of `retain.yaml`.
public struct PromotionBounds: Codable, Equatable, Sendable {
    /// Labelled rows that no model in question was trained on.
    public var minRows = 200
    /// The area under the ROC curve above which a feature must have given the target away.
    public var maxAUC = 0.99
    /// By how much the mean log loss may lie above the champion's.
    public var toleranceLogLoss = 0.0
    /// By how much the profit per customer may lie below the champion's.
    public var toleranceProfit = 0.0
    /// The largest expected calibration error.
    public var maxCalibrationError = 0.05
    /// How far the mean probability may lie from the share of those who left, either way.
    public var maxCalibrationInTheLarge = 0.03
    /// How far the levels of a column may lie apart.
    public var slices: [SliceBounds] = []

    /// Creates the default bounds.
    public init() {}
}

/// How far the levels of one column may lie apart; nil does not ask.
public struct SliceBounds: Codable, Equatable, Sendable {
    /// The column.
    public var column: String
    /// Between the shares of leavers that are found.
    public var recallGap: Double?
    /// Between the shares of customers that are contacted.
    public var selectionRateGap: Double?
    /// Between the mean probabilities less the shares of those who left.
    public var calibrationGap: Double?

    /// Creates bounds.
    public init(
        column: String,
        recallGap: Double? = nil,
        selectionRateGap: Double? = nil,
        calibrationGap: Double? = nil
    ) {
        self.column = column
        self.recallGap = recallGap
        self.selectionRateGap = selectionRateGap
        self.calibrationGap = calibrationGap
    }
}

extension PromotionBounds {
    /// Reads the section; what it leaves out keeps its default.
    ///
    /// - Parameters:
    ///   - yaml: The section.
    ///   - schema: Has the columns that slices may name.
    /// - Throws: `YAMLProblem` with line, key, value and rule.
    public init(yaml: inout StrictMapping, schema: Schema) throws(YAMLProblem) {
        self.init()
        minRows = try yaml.integer("min_rows", in: 40 ... 1_000_000_000) ?? minRows
        maxAUC = try yaml.number("max_auc", in: 0.5 ... 1) ?? maxAUC
        toleranceLogLoss = try yaml.number("tolerance_log_loss", in: 0 ... 10) ?? toleranceLogLoss
        toleranceProfit = try yaml.number("tolerance_profit", in: 0 ... 1e12) ?? toleranceProfit
        maxCalibrationError =
            try yaml.number("max_calibration_error", in: 0 ... 1) ?? maxCalibrationError
        maxCalibrationInTheLarge =
            try yaml.number("max_calibration_in_the_large", in: 0 ... 1)
            ?? maxCalibrationInTheLarge
        let slices = try yaml.mapping("slices") { section throws(YAMLProblem) in
            var slices: [SliceBounds] = []
            for column in section.keys {
                try Self.check(column, schema, section)
                let bounds = try section.mapping(column) { fields throws(YAMLProblem) in
                    try SliceBounds(column: column, yaml: &fields)
                }
                if let bounds { slices.append(bounds) }
            }
            return slices
        }
        self.slices = slices ?? []
    }

    /// Any column with levels will do, even one that the model does not read.
    private static func check(
        _ column: String,
        _ schema: Schema,
        _ section: StrictMapping
    ) throws(YAMLProblem) {
        let columns = schema.columns.filter { $0.role != .target && $0.type.hasLevels }
        guard !columns.contains(where: { $0.name == column }) else { return }
        let known = columns.map { jsonString($0.name) }.joined(separator: ", ")
        throw section.problem(
            column,
            "is no column with levels; "
                + (known.isEmpty ? "the schema has none" : "these are: \(known)")
        )
    }

    /// The section as text.
    public var yaml: String {
        var text = """
            # What a model must show on labelled rows that it was not trained on before
            # `retain models promote` makes it the champion. It is refused where a bound is broken by more
            # than chance explains: where the whole 95 % interval lies beyond it.
            promotion:
              min_rows: \(minRows)  # fewer rows tell too little
              max_auc: \(maxAUC)  # above it a feature must have given the target away
              tolerance_log_loss: \(toleranceLogLoss)  # by how much it may lie above the champion's
              tolerance_profit: \(toleranceProfit)  # by how much the profit per customer may lie below
              max_calibration_error: \(maxCalibrationError)  # mean distance of probability and frequency
              max_calibration_in_the_large: \(maxCalibrationInTheLarge)  # of mean probability and share of leavers

            """
        guard !slices.isEmpty else {
            return text + """
                  # How far the levels of a column may lie apart, for any column with levels:
                  # slices:
                  #   COLUMN: {recall_gap: 0.1, selection_rate_gap: 0.2, calibration_gap: 0.05}

                """
        }
        text += "  slices:  # how far the levels of a column may lie apart\n"
        for slice in slices {
            let bounds = slice.named.compactMap { key, bound in bound.map { "\(key): \($0)" } }
            text += "    \(jsonString(slice.column)): {\(bounds.joined(separator: ", "))}\n"
        }
        return text
    }
}

extension SliceBounds {
    fileprivate init(column: String, yaml: inout StrictMapping) throws(YAMLProblem) {
        self.init(column: column)
        recallGap = try yaml.number("recall_gap", in: 0 ... 1)
        selectionRateGap = try yaml.number("selection_rate_gap", in: 0 ... 1)
        calibrationGap = try yaml.number("calibration_gap", in: 0 ... 1)
        guard named.contains(where: { $0.bound != nil }) else {
            throw yaml.problem("recall_gap", "give at least one bound, or leave the column out")
        }
    }

    fileprivate var named: [(key: String, bound: Double?)] {
        [
            ("recall_gap", recallGap), ("selection_rate_gap", selectionRateGap),
            ("calibration_gap", calibrationGap),
        ]
    }
}
