extension Schema {
    /// The text of `retain.yaml`, commented for a person who has never seen one.
    ///
    /// - Parameters:
    ///   - evidence: What was seen in the columns, in their order, for comments; may be empty.
    ///   - sections: Further top-level sections, some written as YAML, that go at the end.
    /// - Returns: The text, which `init(yaml:)` reads as the same schema.
    public func yaml(evidence: [ColumnEvidence] = [], sections: String = "") -> String {
        var text = """
            # What each column of the customer file means. Written by `retain init`; edit it freely.
            # Unknown keys are errors, so a typing mistake can't pass unnoticed.
            version: 1

            # The yes/no column to predict. The positive level means that the customer left.
            target:
              column: \(YAMLText.scalar(target.column))
              positive: \(YAMLText.scalar(target.positive))\(rows(target.positive, evidence))
              negative: \(YAMLText.scalar(target.negative))\(rows(target.negative, evidence))


            """
        if let identifier {
            text += """
                # The column that names a customer in a scored file.
                identifier: \(YAMLText.scalar(identifier))


                """
        }
        text += """
            # Texts that count as an empty field in any column; a blank field always does.
            null_values: \(YAMLText.list(nullValues))

            # Every column, in the order of the file, with:
            #   role     feature     the model reads it
            #            target      the column to predict
            #            identifier  names the customer; never read by the model
            #            leak        gives the target away; never read by the model
            #            constant    the same in every row; never read by the model
            #            ignored     left out because you say so
            #   type     number      from minimum to maximum, each optional
            #            boolean     two levels, first the one that means no
            #            levels      one of a list; the first is the base the others are compared with
            #            text        anything; never a feature
            #   nulls    error       a row with an empty field is rejected
            #            impute      the mean or the most frequent level stands in, and a column of its
            #                        own tells the model that the field was empty
            #   unseen   error       a row with a level that is not listed is rejected
            #            other       such a row is read as if it had the first level of the list
            #   leak     allowed     the column may be a feature although it gives the target away
            columns:

            """
        for (index, column) in columns.enumerated() {
            text += column.yaml(index < evidence.count ? evidence[index] : nil)
        }
        return sections.isEmpty ? text : text + "\n" + sections
    }

    /// A comment that says how many rows have a level of the target.
    private func rows(_ level: String, _ evidence: [ColumnEvidence]) -> String {
        let seen = evidence.first { $0.name == target.column }
        guard let found = seen?.frequent.first(where: { $0.level == level }) else { return "" }
        return "  # \(countText(found.count)) rows, \(percentText(found.share))"
    }
}

extension InferredSchema {
    /// The text of `retain.yaml` with what was seen in each column as comments.
    ///
    /// - Parameter sections: Further top-level sections, some written as YAML, that go at the end.
    /// - Returns: The text.
    public func yaml(sections: String = "") -> String {
        schema.yaml(evidence: evidence, sections: sections)
    }
}

extension ColumnSchema {
    /// The entry under `columns`.
    fileprivate func yaml(_ seen: ColumnEvidence?) -> String {
        var lines: [(setting: String, comment: String)] = []
        let reason = seen?.reason ?? ""
        lines.append(("role: \(role.rawValue)", reason))
        if role != .target {
            lines.append(("type: \(type.kind.rawValue)", seen.map(\.observed) ?? ""))
            lines += typeSettings
            let empty = seen.map { $0.nullCount == 0 ? "" : Self.emptyFields($0) } ?? ""
            if role == .feature || nulls != .error || !empty.isEmpty {
                lines.append(("nulls: \(nulls.rawValue)", empty))
            }
            if case .levels = type { lines.append(("unseen: \(unseen.rawValue)", "")) }
            if leakAllowed { lines.append(("leak: allowed", "")) }
            if personal { lines.append(("privacy: personal", "")) }
        }
        return lines.reduce("  \(YAMLText.key(name))\n") { text, line in
            text + "    \(line.setting)" + (line.comment.isEmpty ? "" : "  # \(line.comment)")
                + "\n"
        }
    }

    private var typeSettings: [(setting: String, comment: String)] {
        switch type {
        case .number(let minimum, let maximum):
            [("minimum", minimum), ("maximum", maximum)].compactMap { key, bound in
                bound.map { ("\(key): \(numberText($0))", "") }
            }
        case .boolean(let no, let yes):
            [("levels: \(YAMLText.list([no, yes]))", "read as 0 and 1")]
        case .levels(let levels): Self.list(levels)
        case .text: []
        }
    }

    /// On one line where it fits, else one level a line.
    private static func list(_ levels: [String]) -> [(setting: String, comment: String)] {
        let line = "levels: \(YAMLText.list(levels))"
        guard line.count > 96 else { return [(line, "")] }
        return [("levels:", "")] + levels.map { ("  - \(YAMLText.scalar($0))", "") }
    }

    private static func emptyFields(_ seen: ColumnEvidence) -> String {
        let count = "\(countText(seen.nullCount)) empty field\(seen.nullCount == 1 ? "" : "s")"
        return seen.nullWords.isEmpty
            ? count : "\(count), some written as \(listed(seen.nullWords))"
    }
}
