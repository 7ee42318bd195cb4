extension RecordBatch {
    /// Some of the records, in the order given, each with the line on which it stood.
    ///
    /// - Precondition: The rows are rows of the batch.
    /// - Complexity: O(*n*) in the fields selected; the bytes are shared.
    public func selecting(_ rows: [Int]) -> RecordBatch {
        if let typed {
            return RecordBatch(
                typed.map { $0.selecting(rows) },
                rowCount: rows.count,
                firstRow: firstLine,
                places: rows.map {
                    Place(start: 0, end: 0, line: UInt32(line(row: $0) - firstLine))
                }
            )
        }
        var starts: [UInt32] = []
        // A field ends before the entry behind its own.
        var ends: [UInt32] = [0]
        var places: [Place] = []
        starts.reserveCapacity(rows.count * columnCount + 1)
        ends.reserveCapacity(rows.count * columnCount + 1)
        for row in rows {
            for column in 0 ..< columnCount {
                let field = range(row: row, column: column)
                starts.append(UInt32(field.lowerBound))
                ends.append(UInt32(field.upperBound) + 1)
            }
            places.append(
                self.places?[row]
                    ?? Place(
                        start: self.starts[row * columnCount],
                        end: self.ends[(row + 1) * columnCount] - 1,
                        line: UInt32(row)
                    )
            )
        }
        starts.append(ends[ends.count - 1])
        let problems = Dictionary(uniqueKeysWithValues: malformed.map { ($0.row, $0.problem) })
        return RecordBatch(
            columnCount: columnCount,
            rowCount: rows.count,
            malformed: rows.enumerated().compactMap { place, row in
                problems[row].map { (place, $0) }
            },
            bytes: bytes,
            starts: starts,
            ends: ends,
            places: places,
            firstLine: firstLine
        )
    }
}
