import Foundation

/// The fields of a form or a query, `name=value` with `&` between (application/x-www-form-urlencoded, WHATWG URL).
package struct DeskForm: Equatable, Sendable {
    /// In their order; a name may come twice.
    package let fields: [(name: String, value: String)]

    /// Reads fields.
    package init(_ text: String) {
        fields = text.split(separator: "&").map { pair in
            let cut = pair.firstIndex(of: "=") ?? pair.endIndex
            return (Self.decoded(pair[..<cut]), Self.decoded(pair[cut...].dropFirst()))
        }
    }

    /// Takes fields that were read otherwise.
    package init(_ fields: [(name: String, value: String)]) { self.fields = fields }

    /// The first value of a name; empty for none.
    package subscript(name: String) -> String { fields.first { $0.name == name }?.value ?? "" }

    /// All values of a name.
    package func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The fields whose names begin so, without that beginning.
    package func under(_ prefix: String) -> [(name: String, value: String)] {
        fields.filter { $0.name.hasPrefix(prefix) }
            .map { (String($0.name.dropFirst(prefix.count)), $0.value) }
    }

    package static func == (one: DeskForm, other: DeskForm) -> Bool {
        one.fields.map(\.name) == other.fields.map(\.name)
            && one.fields.map(\.value) == other.fields.map(\.value)
    }

    private static func decoded(_ text: some StringProtocol) -> String {
        decodedPath(String(text).replacing("+", with: " "))
    }

    /// A part of a path as text; what is not encoded rightly stays as it is.
    package static func decodedPath(_ text: some StringProtocol) -> String {
        text.removingPercentEncoding ?? String(text)
    }
}
