extension CustomerDecoder {
    /// Reads customers in one of the four JSON forms of MLflow's scoring protocol.
    ///
    /// `dataframe_split` (columns and rows), `dataframe_records` (rows as objects), `instances` (the same) and `inputs`
    /// (columns as arrays, or rows as objects). Of `params`, `as_of` says from which day dates are counted back; other
    /// members are passed over.
    ///
    /// - Returns: The customers, and all that is wrong with them.
    /// - Throws: `JSONError` where the text is no JSON, or not exactly one of the forms.
    /// - Complexity: O(bytes + customers · features).
    public func frame(_ json: [UInt8]) throws(JSONError) -> CustomerRows {
        var reader = try JSONReader(json)
        let asOf = try parameter(of: reader)
        var found: CustomerRows?
        try reader.object { (name, reader) throws(JSONError) in
            guard let form = FrameForm(rawValue: name.string) else { return try reader.skip() }
            guard found == nil else {
                throw JSONError("only one of \(FrameForm.list) may be given", at: reader.position)
            }
            var rows = CustomerRowsBuilder(self)
            rows.asOf = asOf
            switch form {
            case .split: try split(&reader, into: &rows)
            case .records, .instances: try many(&reader, into: &rows)
            case .inputs:
                if try reader.kind() == .array {
                    try many(&reader, into: &rows)
                } else {
                    try columns(&reader, into: &rows)
                }
            }
            found = rows.result
        }
        try reader.end()
        guard let found else {
            throw JSONError("one of \(FrameForm.list) is missing", at: reader.position)
        }
        return found
    }

    /// The day that `params` names, wherever in the request it stands.
    private func parameter(of reader: JSONReader) throws(JSONError) -> FieldValue? {
        guard dates != nil else { return nil }
        var (reader, found): (JSONReader, FieldValue?) = (reader, nil)
        try reader.object { (name, reader) throws(JSONError) in
            guard name.string == "params", try reader.kind() == .object else {
                return try reader.skip()
            }
            found = try reader.asOf()
        }
        return found
    }

    /// `{"columns": ["a", "b"], "data": [[1, 2], [3, 4]]}`, in any order.
    private func split(
        _ reader: inout JSONReader,
        into rows: inout CustomerRowsBuilder
    ) throws(JSONError) {
        var columns: [JSONText]?
        var data: JSONReader?
        let start = reader.position
        try reader.object { (name, reader) throws(JSONError) in
            switch name.string {
            case "columns":
                var names: [JSONText] = []
                try reader.array { (reader) throws(JSONError) in names.append(try reader.text()) }
                columns = names
            case "data":
                data = reader
                try reader.skip()
            default: try reader.skip()
            }
        }
        guard let columns, var data else {
            throw JSONError("dataframe_split needs columns and data", at: start)
        }
        try data.array { (reader) throws(JSONError) in
            rows.begin()
            guard try reader.kind() == .array else {
                try reader.skip()
                rows.add("is not an array of \(columns.count) fields", to: nil)
                return
            }
            var place = 0
            try reader.array { (reader) throws(JSONError) in
                let value = try reader.fieldValue()
                if place < columns.count { rows.set(columns[place].bytes, to: value) }
                place += 1
            }
            guard place == columns.count else {
                rows.add("has \(place) fields for \(columns.count) columns", to: nil)
                return
            }
            rows.finish()
        }
    }

    /// `{"a": [1, 3], "b": [2, 4]}`.
    private func columns(
        _ reader: inout JSONReader,
        into rows: inout CustomerRowsBuilder
    ) throws(JSONError) {
        var columns: [(name: JSONText, values: [FieldValue?])] = []
        let start = reader.position
        try reader.object { (name, reader) throws(JSONError) in
            var values: [FieldValue?] = []
            if try reader.kind() == .array {
                try reader.array { (reader) throws(JSONError) in
                    values.append(try reader.fieldValue())
                }
            } else {
                values.append(try reader.fieldValue())
            }
            columns.append((name, values))
        }
        let count = columns.first?.values.count ?? 0
        guard columns.allSatisfy({ $0.values.count == count }) else {
            throw JSONError("the columns of inputs differ in length", at: start)
        }
        rows.append(columns, count: count)
    }
}

extension JSONReader {
    /// Reads an object of parameters, of which one says from which day dates are counted back.
    mutating func asOf() throws(JSONError) -> FieldValue? {
        var found: FieldValue?
        try object { (name, reader) throws(JSONError) in
            if name.string == FieldNames.asOf {
                found = try reader.fieldValue()
            } else {
                try reader.skip()
            }
        }
        return found
    }
}

/// The forms of a request to `/invocations`; the raw value is MLflow's.
private enum FrameForm: String, CaseIterable {
    case split = "dataframe_split"
    case records = "dataframe_records"
    case instances
    case inputs

    static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
