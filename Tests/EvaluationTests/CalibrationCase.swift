import TestSupport
import Testing

/// What Scripts/fixtures/calibration.py writes.
struct CalibrationFixture: Decodable {
    var cases: [CalibrationCase]
    var comparisons: [ComparisonCase]
    var student: [StudentCase]

    static func read() throws -> Self { try fixture("calibration", as: Self.self, in: .module) }
}

/// Rows with the calibrators that scikit-learn fits to them.
struct CalibrationCase: Decodable, Sendable, CustomTestStringConvertible {
    struct Temperature: Decodable {
        /// Where scipy's root finder sees the derivative of log loss vanish.
        var root: Double
        var scikitLearn: Double
    }

    struct Platt: Decodable {
        var a: Double
        var b: Double
        /// The root of the gradient, to scipy's tolerance.
        var exact: [Double]?
        /// At `CalibrationCase.asked`.
        var calibrated: [Double]
    }

    struct Isotonic: Decodable {
        var thresholds: [Double]
        var values: [Double]
        var asked: [Double]
        var calibrated: [Double]
    }

    var name: String
    var labels: [Bool]
    var probabilities: [Double]
    var temperature: Temperature?
    var platt: Platt
    var isotonic: Isotonic

    var testDescription: String { name }

    /// As in the script.
    static let asked = [
        0, 1e-30, 1e-9, 0.001, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 1.0 / 3, 0.4, 0.5, 0.55, 0.6, 0.7,
        0.75, 0.8, 0.9, 0.95, 0.99, 0.999, 1 - 1e-9, 1,
    ]

    static func all() throws -> [Self] { try CalibrationFixture.read().cases }

    static func named(_ name: String) throws -> Self {
        try #require(try all().first { $0.name == name })
    }
}

/// A corrected resampled t test with scipy's distribution.
struct ComparisonCase: Decodable, Sendable {
    var differences: [Double]
    var ratio: Double
    var mean: Double
    var standardError: Double
    var low: Double
    var high: Double
    var pValue: Double
    var better: Int

    static func all() throws -> [Self] { try CalibrationFixture.read().comparisons }
}

/// Student's t distribution by scipy.
struct StudentCase: Decodable, Sendable {
    var degrees: Double
    var distances: [Double]
    /// Two-sided, for each distance.
    var chances: [Double]
    var levels: [Double]
    /// The distance with each level as its chance.
    var quantiles: [Double]

    static func all() throws -> [Self] { try CalibrationFixture.read().student }
}
