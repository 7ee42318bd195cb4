/// A page in Prometheus's text form, family by family.
struct MetricsPage {
    /// What a family is.
    enum Kind: String {
        case counter, gauge, histogram
    }

    private(set) var bytes: [UInt8] = []
    private var name = ""

    /// Begins a family; samples that follow are its.
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        bytes += "# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n".utf8
    }

    mutating func sample(_ labels: [(String, String)], _ value: Int, suffix: String = "") {
        line(labels, "\(value)", suffix: suffix)
    }

    mutating func sample(_ labels: [(String, String)], _ value: Double) {
        line(labels, "\(value)", suffix: "")
    }

    /// A histogram of counts per bucket; the last is of everything above the last bound.
    mutating func histogram(
        _ labels: [(String, String)],
        _ bounds: [Double],
        _ counts: [Int],
        sum: Double
    ) {
        var total = 0
        for (bound, count) in zip(bounds.map { "\($0)" } + ["+Inf"], counts) {
            total += count
            sample(labels + [("le", bound)], total, suffix: "_bucket")
        }
        line(labels, "\(sum)", suffix: "_sum")
        sample(labels, total, suffix: "_count")
    }

    private mutating func line(_ labels: [(String, String)], _ value: String, suffix: String) {
        bytes += (name + suffix).utf8
        if !labels.isEmpty {
            let pairs = labels.map { "\($0)=\"\(Self.escaped($1))\"" }
            bytes += "{\(pairs.joined(separator: ","))}".utf8
        }
        bytes += " \(value)\n".utf8
    }

    private static func escaped(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\\": text += "\\\\"
            case "\"": text += "\\\""
            case "\n": text += "\\n"
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}
