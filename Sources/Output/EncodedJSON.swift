public import FoundationEssentials

/// A value as JSON in UTF-8, the same bytes for the same value: keys are sorted, slashes stay as they are.
///
/// ```swift
/// let file = try encodedJSON(["auc": 0.87], indented: true)
/// ```
///
/// - Parameters:
///   - value: What describes itself by `Encodable`.
///   - indented: Over several lines, for people; else in one.
///   - keys: How names become keys; the service's answers and MLflow's are in snake case.
///   - floats: What becomes of infinities and NaN, which JSON does not have; by default an error.
/// - Returns: The JSON, without a line's end.
/// - Throws: `EncodingError` where a number is not finite and `floats` says so.
/// - Complexity: O(*n* log *n*) in the parts.
public func encodedJSON(
    _ value: some Encodable,
    indented: Bool = false,
    keys: JSONEncoder.KeyEncodingStrategy = .useDefaultKeys,
    floats: JSONEncoder.NonConformingFloatEncodingStrategy = .throw
) throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    if indented { encoder.outputFormatting.insert(.prettyPrinted) }
    encoder.keyEncodingStrategy = keys
    encoder.nonConformingFloatEncodingStrategy = floats
    return Array(try encoder.encode(value))
}
