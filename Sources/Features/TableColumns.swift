import Schema
import Tabular

extension Table {
    /// A number or boolean column as numbers, NaN where null.
    ///
    /// A boolean may also stand as codes of its two levels.
    ///
    /// - Complexity: O(1) for numbers, which are not copied.
    func numbers(_ name: String, type: ColumnType) throws(FeatureError) -> [Double] {
        switch try column(name) {
        case .number(let values): return values
        case .level(let codes, let levels):
            guard case .boolean(let no, let yes) = type else {
                throw FeatureError(name, "holds levels where the model expects numbers")
            }
            let places = places(of: levels, in: [no, yes])
            return codes.map { code in
                let place = code < 0 ? -1 : places[Int(code)]
                return place < 0 ? .nan : Double(place)
            }
        case .text:
            throw FeatureError(name, "holds text where the model expects numbers")
        }
    }

    /// A column as codes into `levels`: -1 where null, -2 where none of them.
    ///
    /// - Complexity: O(1) where the table's levels are these, which is the rule; else O(rows).
    func codes(_ name: String, levels: [String]) throws(FeatureError) -> [Int32] {
        guard case .level(let codes, let own) = try column(name) else {
            throw FeatureError(name, "holds no levels where the model expects levels")
        }
        guard !own.elementsEqual(levels, by: sameBytes) else { return codes }
        let places = places(of: own, in: levels)
        return codes.map { $0 < 0 ? $0 : places[Int($0)] }
    }

    private func column(_ name: String) throws(FeatureError) -> Column {
        guard let column = self[name] else {
            throw FeatureError(name, "is absent, but the model needs it; add it to the file")
        }
        return column
    }

    private func places(of own: [String], in levels: [String]) -> [Int32] {
        own.map { level in
            Int32(levels.firstIndex { sameBytes($0, level) } ?? -2)
        }
    }
}

/// Swift takes the composed and decomposed form of "é" for the same text; in a file they are two
/// levels.
private func sameBytes(_ one: String, _ other: String) -> Bool {
    one.utf8.elementsEqual(other.utf8)
}
