/// Two levels that mean no and yes; coded as 0 and 1.
struct BooleanKind: ColumnKind {
    let no: String
    let yes: String

    var type: ColumnType { .boolean(no: no, yes: yes) }
    var coding: Coding? { .truth(no: no, yes: yes) }

    static let help = "two levels, first the one that means no"

    var yaml: [(setting: String, comment: String)] {
        [("levels: \(YAMLText.list([no, yes]))", "read as 0 and 1")]
    }

    func encode(to fields: inout KeyedEncodingContainer<ColumnType.Key>) throws {
        try fields.encode(no, forKey: .no)
        try fields.encode(yes, forKey: .yes)
    }

    func read(_ text: String, by rule: FieldRule) -> FieldRule.Reading {
        // Data frames turn 0 and 1 into 0.0 and 1.0 once a column holds an empty field.
        if let value = Double(text),
            let code = [no, yes].firstIndex(where: { Double($0) == value })
        {
            return .value(Double(code))
        }
        // A spreadsheet has written True as TRUE or =TRUE(); a data frame has true where a file had 1, Yes or Y.
        if let truth = BooleanWords.truth(of: text),
            BooleanWords.meaning(of: [no, yes]).map({ $0 == (no, yes) }) == true
        {
            return .value(truth ? 1 : 0)
        }
        return .violation("is neither \(quoted(no)) nor \(quoted(yes)); write one of them")
    }

    func requestField(_ unseen: UnseenPolicy) -> RequestField {
        let (no, yes) = (RequestField.Literal(level: no), RequestField.Literal(level: yes))
        return RequestField(
            allowed: [no, yes, .truth(false), .truth(true)],
            note: "\(self.no) means no, \(self.yes) means yes.",
            example: yes
        )
    }

    var example: Double { 1 }
}

extension BooleanKind {
    init(yaml: inout StrictMapping) throws(YAMLProblem) {
        let levels = try yaml.levels()
        guard levels.count == 2 else {
            throw yaml.problem("levels", "a boolean has two levels: first no, then yes")
        }
        (no, yes) = (levels[0], levels[1])
    }

    init(from fields: KeyedDecodingContainer<ColumnType.Key>) throws {
        no = try fields.decode(String.self, forKey: .no)
        yes = try fields.decode(String.self, forKey: .yes)
    }
}
