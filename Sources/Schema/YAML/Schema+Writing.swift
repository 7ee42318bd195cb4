import Output

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
            \(others)

            """
        if let identifier {
            text += """
                # The column that names a customer in a scored file.
                identifier: \(YAMLText.scalar(identifier))


                """
        }
        text += """
            # Within how many days of a score leaving counts, as 90d. With it an outcome counts only once these days
            # are over; without it as soon as it is known.
            \(horizonDays.map { "horizon: \($0)d" } ?? "# horizon: 90d")


            """
        if hasDates || dates != nil { text += (dates ?? DateReference()).yaml }
        text += """
            # Texts that count as an empty field in any column; a blank field always does.
            null_values: \(YAMLText.list(nullValues))

            # Every column, in the order of the file, with:
            #   role     feature     the model reads it
            #            target      the column to predict
            #            identifier  names the customer; never read by the model
            #            weight      a number above 0: how much the row counts in training; never read by the model
            #            leak        gives the target away; never read by the model
            #            constant    the same in every row; never read by the model
            #            ignored     left out because you say so, or since hardly any text occurs again
            \(Self.kinds)
            #   format   how numbers are written where they are not plain: 1.234,50, $1,234.50, 12.5%
            #   nulls    error       a row with an empty field is rejected
            #            impute      the mean or the most frequent level stands in, and a column of its
            #                        own tells the model that the field was empty
            #   null_values          texts that count as an empty field in this column alone
            #   unseen   error       a row with a level that is not listed is rejected
            #            other       such a row is scored as none of the listed levels; where the first
            #                        level has no encoded column of its own (one of two levels, and
            #                        always in the model "seed"), that is as the first
            #   outside  bound       a number beyond minimum or maximum counts as that; this is told, and the
            #                        usual way
            #            error       a row with such a number is rejected
            #   leak     allowed     the column may be a feature although it gives the target away
            #   future   allowed     dates of the column may lie after the reference date
            columns:

            """
        for (index, column) in columns.enumerated() {
            text += column.yaml(index < evidence.count ? evidence[index] : nil)
        }
        return sections.isEmpty ? text : text + "\n" + sections
    }

    /// What the comment says of each kind of column.
    private static var kinds: String {
        ColumnType.Kind.allCases.enumerated().map { place, kind in
            let word = kind.rawValue.padding(to: 12)
            return "#   \(place == 0 ? "type     " : "         ")\(word)\(kind.home.help)"
        }
        .joined(separator: "\n")
    }

    /// What the target says of other levels than the two, on a line of its own; empty where there are none.
    private var others: String {
        switch target.others {
        case .error: ""
        case .exclude:
            "  others: exclude  # a row with another level, or none, is left out and counted; negative: it stayed\n"
        case .negative:
            "  others: negative  # a row with any other level stayed, too; exclude: it is left out\n"
        }
    }

    /// A comment that says how many rows have a level of the target.
    private func rows(_ level: String, _ evidence: [ColumnEvidence]) -> String {
        let seen = evidence.first { $0.name == target.column }
        guard let found = seen?.frequent.first(where: { $0.level == level }) else { return "" }
        return "  # \(countText(found.count)) rows, \(percentText(found.share))"
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
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
            lines += type.home.yaml
            if let format { lines.append(("format: \(YAMLText.scalar(format.example))", "")) }
            let empty = seen.map { $0.nullCount == 0 ? "" : Self.emptyFields($0) } ?? ""
            if role == .feature || nulls != .error || !empty.isEmpty {
                lines.append(("nulls: \(nulls.rawValue)", empty))
            }
            if !nullWords.isEmpty { lines.append(("null_values: \(YAMLText.list(nullWords))", "")) }
            if case .level = type.coding { lines.append(("unseen: \(unseen.rawValue)", "")) }
            if outside != .bound { lines.append(("outside: \(outside.rawValue)", "")) }
            if leakAllowed { lines.append(("leak: allowed", "")) }
            if personal { lines.append(("privacy: personal", "")) }
        }
        return lines.reduce("  \(YAMLText.key(name))\n") { text, line in
            text + "    \(line.setting)" + (line.comment.isEmpty ? "" : "  # \(line.comment)")
                + "\n"
        }
    }

    private static func emptyFields(_ seen: ColumnEvidence) -> String {
        let count = "\(countText(seen.nullCount)) empty field\(seen.nullCount == 1 ? "" : "s")"
        return seen.nullWords.isEmpty
            ? count : "\(count), some written as \(listed(seen.nullWords))"
    }
}
