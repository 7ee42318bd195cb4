public import Foundation

/// Reads a fixture, `Fixtures/NAME.json`, that a script under Scripts/fixtures wrote.
///
/// - Parameters:
///   - name: Name of the file without its ending.
///   - type: What it holds.
///   - bundle: The test target's own, `.module`.
/// - Returns: What the file holds.
/// - Throws: `CocoaError` where there is no such file; `DecodingError` where it holds something else.
public func fixture<Value: Decodable>(
    _ name: String,
    as type: Value.Type,
    in bundle: Bundle
) throws -> Value {
    try JSONDecoder().decode(type, from: fixtureBytes("\(name).json", in: bundle))
}

/// Reads a fixture of another form, `Fixtures/FILE`.
///
/// - Throws: `CocoaError` where there is no such file.
public func fixtureBytes(_ file: String, in bundle: Bundle) throws -> Data {
    let folder = (bundle.resourceURL ?? bundle.bundleURL).appending(path: "Fixtures")
    return try Data(contentsOf: folder.appending(path: file))
}
