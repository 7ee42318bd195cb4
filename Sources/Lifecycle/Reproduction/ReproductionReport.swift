public import Output

/// Whether training anew gives the same model, and where not, why.
public struct ReproductionReport: Codable, Equatable, Sendable {
    /// The file that was trained on.
    public var data: String
    /// Networks compared.
    public var networks: Int
    /// Numbers of their tensors compared, bit for bit.
    public var parameters: Int
    /// Other values compared: encodings, decisions, metrics.
    public var values: Int
    /// The first difference; nil where everything is the same.
    public var difference: Difference?

    /// Something that is not as recorded.
    public struct Difference: Codable, Equatable, Sendable {
        /// What differs, for example `network_0.dense_1.weight[3, 7]` or `test.metrics[0].value`.
        public var what: String
        /// What was recorded.
        public var recorded: String
        /// What it is now.
        public var again: String
        /// Its likely cause.
        public var cause: Cause
        /// One line that says why this is the likely cause and what to do.
        public var explanation: String
    }

    /// Why training anew may give another model.
    public enum Cause: String, Codable, CaseIterable, Sendable {
        /// The rows are others.
        case data
        /// Retain or its compiler is another.
        case version
        /// The recorded settings are not those of the run.
        case settings
        /// The model was changed after training, or this processor computes otherwise.
        case model
    }

    /// Whether everything is the same.
    public var isIdentical: Bool { difference == nil }

    /// A few lines for a terminal.
    public var text: String {
        let compared =
            "\(parameters) parameters of \(networks) network\(networks == 1 ? "" : "s") and \(values)"
            + " other values (encodings, calibration, threshold, metrics)"
        guard let difference else {
            return "Identical: trained anew on \(data), \(compared) are the same, bit for bit.\n"
        }
        return """
            Different: \(difference.what)
              recorded  \(difference.recorded)
              now       \(difference.again)
            Likely cause: \(difference.cause.rawValue): \(difference.explanation)

            """
    }
}

/// Training anew gave another model.
public struct NotReproduced: RetainError, Equatable {
    /// What was found.
    public let report: ReproductionReport

    /// Creates an error.
    public init(_ report: ReproductionReport) {
        self.report = report
    }

    /// A check said no.
    public var exitStatus: ExitStatus { .refused }

    /// One line: what, why.
    public var description: String {
        guard let found = report.difference else { return "the run is reproduced" }
        return "the run is not reproduced: \(found.what) is \(found.again), recorded was"
            + " \(found.recorded) (likely cause: \(found.cause.rawValue))"
    }
}
