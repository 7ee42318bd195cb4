import Foundation
import Testing

/// Reads a fixture that a script under Scripts/fixtures wrote.
func fixture<Value: Decodable>(_ name: String, as type: Value.Type) throws -> Value {
    let url = try #require(
        Bundle.module.url(forResource: name, withExtension: "json", subdirectory: "Fixtures")
    )
    return try JSONDecoder().decode(type, from: Data(contentsOf: url))
}
