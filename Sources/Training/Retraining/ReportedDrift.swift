private import FoundationEssentials

/// What a drift report says, as far as retraining needs to know it.
public struct ReportedDrift: Codable, Equatable, Sendable {
    /// Whether something drifted.
    public let drift: Bool
    /// Names of the columns that did, in the order of the report.
    public let columns: [String]

    /// Creates what a report says.
    public init(drift: Bool, columns: [String] = []) {
        self.drift = drift
        self.columns = columns
    }

    /// Reads the JSON of `retain drift --json`: `{"drift": true, "columns": [{"name": "x", "drifted": true}]}`.
    ///
    /// Whatever else it says is passed over. Without `drift`, one column that drifted suffices.
    ///
    /// - Parameters:
    ///   - json: The report.
    ///   - file: Its name, for messages.
    /// - Throws: `ReportedDriftError` where it is no such report.
    public init(json: [UInt8], file: String) throws(ReportedDriftError) {
        let wire: Wire
        do {
            wire = try JSONDecoder().decode(Wire.self, from: Data(json))
        } catch {
            throw ReportedDriftError(file: file)
        }
        guard wire.drift != nil || wire.columns != nil else { throw ReportedDriftError(file: file) }
        columns = (wire.columns ?? []).filter { $0.drifted ?? false }.map(\.name)
        drift = wire.drift ?? !columns.isEmpty
    }

    private struct Wire: Decodable {
        var drift: Bool?
        var columns: [Column]?

        struct Column: Decodable {
            var name: String
            var drifted: Bool?
        }
    }
}

/// A file that is no drift report.
public struct ReportedDriftError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The file.
    public let file: String

    /// One line: what, why, how to fix it.
    public var description: String {
        "\(file): this is no drift report; write one with `retain drift MODEL CURRENT --json > FILE`"
    }
}
