import Charts

/// A piece of a page.
///
/// Literals are markup, whatever is interpolated is text and gets escaped: a
/// column named `<script>` stays a name.
package struct HTML: ExpressibleByStringInterpolation, Sendable {
    /// The markup.
    package private(set) var source: String

    package init(stringLiteral value: String) {
        source = value
    }

    package init(stringInterpolation: StringInterpolation) {
        source = stringInterpolation.source
    }

    /// Takes markup as it is: only for what Retain drew itself.
    package init(drawing: String) {
        source = drawing
    }

    package static func += (page: inout HTML, piece: HTML) {
        page.source += piece.source
    }

    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var source = ""

        package init(literalCapacity: Int, interpolationCount: Int) {
            source.reserveCapacity(literalCapacity * 2)
        }

        package mutating func appendLiteral(_ literal: String) {
            source += literal
        }

        /// No single text may fill the page.
        package mutating func appendInterpolation(_ text: String) {
            source += text.clipped(to: 400).markupEscaped
        }

        /// What comes back with a form or leads somewhere, and so must stay as it is, however long.
        package mutating func appendInterpolation(exact text: String) {
            for scalar in text.unicodeScalars {
                switch scalar {
                case "&": source += "&amp;"
                case "<": source += "&lt;"
                case ">": source += "&gt;"
                case "\"": source += "&quot;"
                case "'": source += "&#39;"
                default: source.unicodeScalars.append(scalar)
                }
            }
        }

        package mutating func appendInterpolation(_ piece: HTML) {
            source += piece.source
        }

        package mutating func appendInterpolation(_ pieces: [HTML]) {
            for piece in pieces { source += piece.source }
        }
    }
}
