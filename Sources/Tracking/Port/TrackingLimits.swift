/// What MLflow's stores take; the same on a server and on disk.
///
/// Source: the validation of MLflow 2.22 and 3.18, as observed on running servers.
public enum TrackingLimits {
    /// Characters of a name; here as everywhere those of Unicode, not of Swift.
    public static let keyLength = 250
    /// Characters of an experiment's name.
    public static let experimentNameLength = 500
    /// Characters of a parameter's value; servers cut off the rest without a word.
    public static let paramLength = 6_000
    /// Characters of a run's tag; servers cut off the rest without a word.
    public static let tagLength = 8_000
    /// Characters of a registered model's or version's tag.
    public static let registryTagLength = 5_000
    /// Metrics of a request; also metrics, parameters and tags together.
    public static let batchMetrics = 1_000
    /// Parameters of a request, and tags of a request.
    public static let batchEntries = 100

    /// What is wrong with the name of a metric, parameter or tag; nil where nothing is.
    public static func problem(withKey key: String) -> String? {
        guard !key.isEmpty, key.unicodeScalars.count <= keyLength else {
            return "the name \"\(key.prefix(40))\" must have 1 to \(keyLength) characters"
        }
        let others = "_-. :/".unicodeScalars
        guard key.unicodeScalars.allSatisfy({ isWord($0) || others.contains($0) }) else {
            return "the name \"\(key)\" may hold letters, digits, _ - . : / and spaces only"
        }
        let parts = key.split(separator: "/", omittingEmptySubsequences: false)
        let isUnclear = parts.contains { $0.isEmpty || $0 == "." || $0 == ".." }
        guard !isUnclear, !key.hasPrefix("..") else {
            return "the name \"\(key)\" must read like the path of a file inside a folder"
        }
        return nil
    }

    /// What is wrong with the name of an experiment; nil where nothing is.
    public static func problem(withExperimentName name: String) -> String? {
        let isFitting = (1 ... experimentNameLength).contains(name.unicodeScalars.count)
        return isFitting
            ? nil : "an experiment's name has 1 to \(experimentNameLength) characters"
    }

    /// A value as servers keep it: what is too long loses its end.
    static func cut(_ value: String, _ length: Int) -> String {
        value.utf8.count <= length ? value : String(value.unicodeScalars.prefix(length))
    }

    /// What `\w` of Python's expressions takes: letters and numbers, but no marks that stand by themselves.
    private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
            .decimalNumber, .letterNumber, .otherNumber:
            true
        default: scalar.properties.numericType != nil
        }
    }

    /// What is wrong with the name of an alias; nil where nothing is.
    public static func problem(withAlias alias: String) -> String? {
        let isReserved =
            alias.lowercased() == "latest"
            || (alias.first.map { $0 == "v" || $0 == "V" } == true && alias.count > 1
                && alias.dropFirst().allSatisfy(\.isWholeNumber))
        let isWord = alias.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }
        guard !alias.isEmpty, alias.count <= 255, isWord, !isReserved else {
            return "the alias \"\(alias)\" must be 1 to 255 letters, digits, _ or -, and neither"
                + " \"latest\" nor like \"v1\""
        }
        return nil
    }

    /// What is wrong with the name of a registered model; nil where nothing is.
    public static func problem(withModelName name: String) -> String? {
        guard !name.isEmpty, name.count <= 256, !name.contains(where: { "/:@".contains($0) }) else {
            return "the model's name \"\(name)\" must have 1 to 256 characters and no / : @"
        }
        return nil
    }
}
