extension Schema {
    /// Which columns of a file a model does not read, and why, in a line; nil where it reads all.
    ///
    /// - Parameter header: Names of the file's columns.
    /// - Returns: `Columns that the model does not read: "Id" (identifier); "Note", "Extra" (not in retain.yaml).`
    public func unusedColumns(of header: [String]) -> String? {
        let reasons: [(why: String, names: [String])] =
            [Role.identifier, .weight, .leak, .constant, .ignored].map { role in
                (
                    role.rawValue,
                    header.filter { name in
                        columns.contains { $0.name == name && $0.role == role }
                    }
                )
            } + [
                (
                    "not in retain.yaml",
                    header.filter { name in
                        !columns.contains { $0.name == name }
                    }
                )
            ]
        let parts = reasons.filter { !$0.names.isEmpty }.map { why, names in
            "\(listed(names)) (\(why))"
        }
        return parts.isEmpty
            ? nil : "Columns that the model does not read: \(parts.joined(separator: "; "))."
    }
}
