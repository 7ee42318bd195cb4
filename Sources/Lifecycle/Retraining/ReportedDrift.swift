private import FoundationEssentials
public import Output

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

    /// Reads what `retain drift --json` or a service's `/drift` says.
    ///
    /// - Parameters:
    ///   - json: The report.
    ///   - file: Its name, for messages.
    /// - Throws: `ReportedDriftError` where it is no such report.
    public init(json: [UInt8], file: String) throws(ReportedDriftError) {
        let data = Data(json)
        if let report = try? JSONDecoder().decode(Command.self, from: data).verdict {
            columns = report.columns.filter(\.hasDrifted).map(\.name)
            drift = report.hasDrifted
        } else if let answer = try? JSONDecoder().decode(Service.self, from: data) {
            columns = answer.columns.filter(\.drift).map(\.column)
            drift = answer.drift
        } else {
            throw ReportedDriftError(file: file)
        }
    }

    /// The part of the command's report that counts here.
    private struct Command: Decodable {
        struct Verdict: Decodable {
            struct Column: Decodable {
                var name: String
                var hasDrifted: Bool
            }
            var hasDrifted: Bool
            var columns: [Column]
        }
        var verdict: Verdict
    }

    /// The part of the service's answer that counts here.
    private struct Service: Decodable {
        struct Column: Decodable {
            var column: String
            var drift: Bool
        }
        var drift: Bool
        var columns: [Column]
    }
}

/// A file that is no drift report.
public struct ReportedDriftError: RetainError, Equatable {
    /// The file.
    public let file: String

    /// What was read is to blame.
    public var exitStatus: ExitStatus { .badData }

    /// One line: what, why, how to fix it.
    public var description: String {
        "\(file): this is no drift report; write one with `retain drift MODEL CURRENT --json > FILE`"
    }
}
