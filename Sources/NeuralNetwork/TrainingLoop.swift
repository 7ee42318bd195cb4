public import Kernels

/// Mini-batch training of any network: shuffle, loss, gradients, step, validate, decide.
public struct TrainingLoop: Sendable {
    /// How to train.
    public var settings: Settings

    /// Creates a loop.
    public init(_ settings: Settings) {
        self.settings = settings
    }

    /// Numbers that steer training; the defaults are the `seed` model's.
    public struct Settings: Codable, Equatable, Sendable {
        /// Passes over the training rows.
        public var epochs = 50
        /// Rows a step.
        public var batchSize = 32
        /// Adam's step size.
        public var learningRate = 0.001
        /// How the learning rate changes.
        public var schedule = LearningRateSchedule.constant
        /// λ of the penalty λ Σ w² over weights, as Keras's `l2`.
        public var l2 = 0.0
        /// Share of each weight, times the learning rate, that a step takes away (decoupled weight decay:
        /// Loshchilov and Hutter, "Decoupled weight decay regularization", ICLR 2019).
        public var weightDecay = 0.0
        /// Gradients whose norm over all parameters is above this are scaled down to it; nil never.
        public var clipNorm: Double?
        /// Whether rows that don't fill a last batch are left out of the epoch.
        public var dropsPartialBatch = false
        /// Where and how much ε keeps steps finite.
        public var epsilon = Adam.Epsilon.uncorrected(1e-7)
        /// Epochs without a lower validation loss after which training stops; nil runs all epochs.
        public var patience: Int?
        /// Whether the weights of the epoch with the lowest validation loss are kept, not the last's.
        public var restoresBest = false

        /// The settings of the `seed` model.
        public init() {}
    }

    /// What one epoch ended with.
    public struct Epoch: Codable, Equatable, Sendable {
        /// From 1.
        public var number: Int
        /// Mean training loss over the epoch's batches as they came, the L2 penalty included.
        public var loss: Double
        /// Share of training rows on the right side of one half.
        public var accuracy: Double
        /// Mean loss on the validation rows at the epoch's end, without penalty; nil without such rows.
        public var validationLoss: Double?
        /// Share of validation rows on the right side of one half.
        public var validationAccuracy: Double?
    }

    /// How training went.
    public struct History: Codable, Equatable, Sendable {
        /// Each epoch, in order.
        public var epochs: [Epoch] = []
        /// Number of the epoch whose weights the network has.
        public var keptEpoch = 0
    }

    /// Trains the network in place.
    ///
    /// - Parameters:
    ///   - network: Starts from its present parameters.
    ///   - training: Rows to learn from.
    ///   - validation: Rows that only judge; nil for none.
    ///   - generator: Draws the row orders and dropout.
    ///   - orders: The row orders of an epoch, in place of drawn ones; for parity tests.
    ///   - onEpoch: Called after each epoch; may throw to stop (cancellation).
    /// - Returns: The loss of each epoch.
    /// - Throws: What `onEpoch` throws.
    /// - Complexity: O(epochs · rows · parameters).
    public func run(
        _ network: inout Network,
        training: LabelledRows,
        validation: LabelledRows?,
        using generator: inout SeededGenerator,
        orders: ((_ epoch: Int) -> [[Int32]])? = nil,
        onEpoch: (Epoch) throws -> Void
    ) rethrows -> History {
        var history = History()
        guard training.count > 0 else { return history }
        let batchSize = min(settings.batchSize, training.count)
        let used =
            settings.dropsPartialBatch
            ? training.count / batchSize * batchSize : training.count
        let steps = settings.epochs * ((used + batchSize - 1) / batchSize)
        var step = 0
        var workspace = network.makeWorkspace(rows: batchSize)
        var gradients = [Float](repeating: 0, count: network.parameters.count)
        var adam = Adam(
            count: network.parameters.count,
            epsilon: settings.epsilon
        )
        var stopping = EarlyStopping(patience: settings.patience)
        var best: [Float]?

        for number in 1 ... max(1, settings.epochs) where settings.epochs > 0 {
            let order =
                orders?(number)
                ?? (0 ..< network.ordersPerBatch).map { _ in generator.permutation(training.count) }
            var sum = BatchLoss(loss: 0, correct: 0)
            for start in stride(from: 0, to: used, by: batchSize) {
                let places = start ..< min(start + batchSize, used)
                let batch = network.lossAndGradients(
                    order.map { $0[places] },
                    of: training,
                    workspace: &workspace,
                    gradients: &gradients,
                    using: &generator
                )
                let penalty = addPenalty(of: network, to: &gradients) * Double(places.count)
                let rate =
                    settings.learningRate
                    * settings.schedule.factor(
                        epoch: number,
                        progress: Double(step) / Double(steps)
                    )
                decay(&network, rate: rate)
                adam.step(
                    &network.parameters,
                    gradients: gradients,
                    rate: rate,
                    gradientScale: clipScale(gradients)
                )
                sum.loss += batch.loss + penalty
                sum.correct += batch.correct
                step += 1
            }
            let judged = validation.map { network.loss(on: $0) }
            let epoch = Epoch(
                number: number,
                sum,
                of: used,
                judged,
                of: validation?.count
            )
            history.epochs.append(epoch)
            history.keptEpoch = number
            try onEpoch(epoch)
            guard let loss = epoch.validationLoss else { continue }
            let decision = stopping.decide(loss)
            if decision == .improved, settings.restoresBest { best = network.parameters }
            if decision == .stop { break }
        }
        if let best, let kept = history.bestEpoch {
            network.parameters = best
            history.keptEpoch = kept
        }
        return history
    }

    /// What gradients are multiplied by so that their norm is at most `clipNorm`: 1 where it is less.
    private func clipScale(_ gradients: [Float]) -> Float {
        guard let limit = settings.clipNorm else { return 1 }
        let norm = squaredNorm(gradients).squareRoot()
        return Float(min(1, limit / (norm + 1e-6)))
    }

    private func decay(_ network: inout Network, rate: Double) {
        guard settings.weightDecay > 0 else { return }
        let factor = Float(1 - rate * settings.weightDecay)
        for tensor in network.tensors where tensor.isRegularized {
            for place in tensor.range { network.parameters[place] *= factor }
        }
    }

    /// Adds 2 λ w to the gradients of weights, and returns λ Σ w².
    private func addPenalty(of network: Network, to gradients: inout [Float]) -> Double {
        guard settings.l2 > 0 else { return 0 }
        let lambda = Float(settings.l2)
        var sum: Float = 0
        for tensor in network.tensors where tensor.isRegularized {
            for place in tensor.range {
                let weight = network.parameters[place]
                sum += weight * weight
                gradients[place] += 2 * lambda * weight
            }
        }
        return Double(lambda * sum)
    }
}

extension TrainingLoop.History {
    /// The epoch with the lowest validation loss, the first of equals.
    public var bestEpoch: Int? {
        epochs.filter { $0.validationLoss != nil }
            .min { ($0.validationLoss ?? .infinity) < ($1.validationLoss ?? .infinity) }?.number
    }
}

extension TrainingLoop.Epoch {
    fileprivate init(
        number: Int,
        _ training: BatchLoss,
        of rows: Int,
        _ validation: BatchLoss?,
        of validationRows: Int?
    ) {
        self.number = number
        loss = training.loss / Double(rows)
        accuracy = training.correct / Double(rows)
        guard let validation, let validationRows, validationRows > 0 else { return }
        validationLoss = validation.loss / Double(validationRows)
        validationAccuracy = validation.correct / Double(validationRows)
    }
}
