import Files
import FoundationEssentials

/// The first line of a trial log: which search it is.
struct TrialLogHeader {
    /// The line without its end.
    let line: String
    private let search: Search

    /// Another number where the same history would lead to another next point.
    private static let format = "retain trials 1"

    init(_ search: Search) {
        self.search = search
        var line = JSONLine()
        line.add("format", jsonString(Self.format))
        line.add("seed", "\(search.estimator.seed)")
        line.add("folds", "\(search.halving.folds)")
        line.add("factor", "\(search.halving.factor)")
        line.add("grace", "\(search.halving.grace)")
        line.add("space", search.estimator.space.json)
        line.add("start", search.estimator.start.json)
        var fingerprint = JSONLine()
        for circumstance in search.fingerprint {
            fingerprint.add(circumstance.name, jsonString(circumstance.value))
        }
        line.add("fingerprint", fingerprint.object)
        self.line = line.object
    }

    /// Makes sure that the first line of a file is that of this search.
    func check(_ found: ArraySlice<UInt8>, path: String) throws(TrialLogError) {
        guard !found.elementsEqual(line.utf8) else { return }
        let fields = try? JSONDecoder().decode(Fields.self, from: Data(found))
        guard let fields else { throw .notALog(path: path) }
        let text = String(decoding: found, as: UTF8.self)
        throw .otherSearch(path: path, difference: difference(fields, text))
    }

    private struct Fields: Decodable {
        let format: String
        let seed: UInt64
        let folds: Int
        let factor: Int
        let grace: Int
        let fingerprint: [String: String]
    }

    /// The first thing that differs, with both values where they are short.
    private func difference(_ fields: Fields, _ text: String) -> String {
        func unlike(_ name: String, _ there: some Equatable, _ here: some Equatable) -> String? {
            "\(there)" == "\(here)" ? nil : "its \(name) is \(there), not \(here)"
        }
        let (estimator, halving) = (search.estimator, search.halving)
        let plain =
            unlike("format", fields.format, Self.format) ?? unlike(
                "seed",
                fields.seed,
                estimator.seed
            )
            ?? unlike("number of folds", fields.folds, halving.folds)
            ?? unlike("halving factor", fields.factor, halving.factor)
            ?? unlike("grace", fields.grace, halving.grace)
        if let plain { return plain }
        for circumstance in search.fingerprint {
            guard let there = fields.fingerprint[circumstance.name] else {
                return "it knows no \(circumstance.name)"
            }
            if let unlike = unlike(circumstance.name, there, circumstance.value) { return unlike }
        }
        if !text.contains("\"space\":" + estimator.space.json + ",") {
            return "it searches another space"
        }
        if !text.contains("\"start\":" + estimator.start.json + ",") {
            return "it started at another point"
        }
        return "its first line is not \(line)"
    }
}
