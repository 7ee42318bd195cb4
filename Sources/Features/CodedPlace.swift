public import Schema
public import Tabular

/// Where a model finds one of its features in coded rows of some columns, which may be another model's.
///
/// ```swift
/// let age = try CodedPlace(of: "Age", as: .number, in: schema.features)
/// let ages = (0 ..< coded.count).map { coded[row: $0, column: age.place] }
/// ```
public struct CodedPlace: Equatable, Sendable {
    /// Which of a row's values it is.
    public let place: Int
    /// The model's code for each code of the rows, from `LevelCode.unlisted` on; empty for numbers.
    public let codes: [Int32]

    /// Finds a feature.
    ///
    /// - Parameters:
    ///   - name: Of the feature.
    ///   - coding: How the model codes it.
    ///   - columns: What the values of a row are, in order.
    /// - Throws: `FeatureError` where it is none of the columns, or of another type.
    /// - Complexity: O(columns + levels²).
    public init(
        of name: String,
        as coding: Coding?,
        in columns: [ColumnSchema]
    ) throws(FeatureError) {
        guard let coding else { throw .text(name) }
        guard let place = columns.firstIndex(where: { $0.name == name }) else {
            throw FeatureError(name, "is absent, but the model needs it")
        }
        guard let codes = columns[place].type.coding.flatMap({ coding.codes(of: $0) }) else {
            throw FeatureError(name, "is of another type than the model expects")
        }
        self.place = place
        self.codes = codes
    }

    /// The value of a row, coded as the model codes it.
    @inline(__always)
    public func value(of rows: CodedRows, row: Int) -> Double {
        let value = rows[row: row, column: place]
        return codes.isEmpty ? value : Double(codes[Int(value) - Int(LevelCode.unlisted)])
    }
}

extension Table {
    /// A column as a model codes it.
    ///
    /// - Parameters:
    ///   - name: Of the column.
    ///   - coding: How the model codes it.
    /// - Returns: `.number`, or `.level` with codes of the model's levels.
    /// - Throws: `FeatureError` where it is absent, or can't be so coded.
    /// - Complexity: O(1) for numbers, and where the levels are the model's, which is the rule; else O(rows).
    public func column(_ name: String, as coding: Coding?) throws(FeatureError) -> Column {
        guard let coding else { throw .text(name) }
        guard let column = self[name] else {
            throw FeatureError(name, "is absent, but the model needs it; add it to the file")
        }
        switch (coding.levels, column) {
        case (nil, .number): return column
        case (nil, .level):
            throw FeatureError(name, "holds levels where the model expects numbers")
        case (nil, .text): throw FeatureError(name, "holds text where the model expects numbers")
        case (let levels?, .level(let codes, let own)):
            guard !own.elementsEqual(levels, by: sameBytes) else { return column }
            let known = Coding.codes(of: own, in: levels)
            return .level(
                codes: codes.map { known[Int($0 - LevelCode.unlisted)] },
                levels: levels
            )
        case (_?, _): throw FeatureError(name, "holds no levels where the model expects levels")
        }
    }
}

extension FeatureError {
    static func text(_ name: String) -> FeatureError {
        FeatureError(name, "text can't be a feature")
    }
}

/// Swift takes the composed and decomposed form of "é" for the same text; in a file they are two
/// levels.
private func sameBytes(_ one: String, _ other: String) -> Bool {
    one.utf8.elementsEqual(other.utf8)
}
