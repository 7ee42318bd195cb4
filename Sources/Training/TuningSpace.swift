import NeuralNetwork
package import Search

extension TrainingSettings {
    /// What `retain tune` may change, under the keys of `retain.yaml`; the settings' own values lie in it.
    package func searchSpace() throws(SearchError) -> SearchSpace {
        let widths = Self.widths.contains(hidden) ? Self.widths : [hidden] + Self.widths
        var dimensions: [Dimension] = [
            .choice("hidden", widths.map(Self.text)),
            .integer("epochs", Self.range(8 ... 80, with: loop.epochs), log: true),
            .integer("batch_size", Self.range(32 ... 512, with: loop.batchSize), log: true),
            .real("learning_rate", Self.range(5e-4 ... 2e-2, with: loop.learningRate), log: true),
            .real("dropout", Self.range(0 ... 0.5, with: dropout)),
        ]
        guard model != .seed else { return try SearchSpace(dimensions) }
        dimensions.append(.integer("members", Self.range(4 ... 32, with: members), log: true))
        dimensions.append(
            .real("weight_decay", Self.range(0.01 ... 2, with: loop.weightDecay), log: true)
        )
        if model == .best {
            dimensions.append(
                .real(
                    "weight_decay_pieces",
                    Self.range(0.01 ... 2, with: piecesWeightDecay),
                    log: true
                )
            )
        }
        return try SearchSpace(dimensions)
    }

    /// The settings' own place in the space.
    package func searchStart(in space: SearchSpace) -> Point {
        Point(
            entries: space.dimensions.map { dimension in
                Point.Entry(name: dimension.name, value: value(dimension.name))
            }
        )
    }

    /// The settings at a point of the space.
    package func at(_ point: Point) -> Self {
        var settings = self
        // A point says how long to train, whatever the number of rows.
        settings.adaptsToRows = false
        if let text = point.choice("hidden") {
            settings.hidden = text.split(separator: "-").compactMap { Int($0) }
        }
        settings.loop.epochs = point.integer("epochs") ?? loop.epochs
        settings.loop.batchSize = point.integer("batch_size") ?? loop.batchSize
        settings.loop.learningRate = point.real("learning_rate") ?? loop.learningRate
        settings.dropout = point.real("dropout") ?? dropout
        settings.members = point.integer("members") ?? members
        settings.loop.weightDecay = point.real("weight_decay") ?? loop.weightDecay
        settings.piecesWeightDecay =
            point.real("weight_decay_pieces")
            ?? (model == .best ? piecesWeightDecay : settings.loop.weightDecay)
        return settings
    }

    private static let widths = [
        [32], [64], [16, 16], [32, 32], [64, 64], [128, 128], [64, 64, 64],
    ]

    private static func text(_ widths: [Int]) -> String {
        widths.map(String.init).joined(separator: "-")
    }

    private static func range<Value: Comparable>(
        _ range: ClosedRange<Value>,
        with own: Value
    ) -> ClosedRange<Value> {
        min(range.lowerBound, own) ... max(range.upperBound, own)
    }

    private func value(_ name: String) -> Point.Value {
        switch name {
        case "hidden": .choice(Self.text(hidden))
        case "epochs": .integer(loop.epochs)
        case "batch_size": .integer(loop.batchSize)
        case "members": .integer(members)
        case "dropout": .real(dropout)
        case "weight_decay": .real(loop.weightDecay)
        case "weight_decay_pieces": .real(piecesWeightDecay)
        default: .real(loop.learningRate)
        }
    }
}
