import Output
import Schema
import Tabular
import Testing

@Suite struct NumberFormTests {
    @Test(
        arguments: [
            ("1,234.50", "8,105.79", 8105.79), ("1,234.50", "950", 950),
            ("1,234.50", "1234.5", 1234.5),
            ("1,234.50", "12,34,567.00", 1_234_567), ("1.234,50", "-8.105,79", -8105.79),
            ("1.234,50", "1.234.567", 1_234_567),
            ("1 234,50", "1\u{202F}234\u{A0}567,5", 1_234_567.5),
            ("1'234.50", "1’234.50", 1234.5), ("1,234.50", "(1,234.50)", -1234.5),
            ("$1,234.50", "($1,234.50)", -1234.5), ("$1,234.50", "$(12)", -12),
            ("$1,234.50", "-$12", -12), ("$1,234.50", "12.5", 12.5),
            ("1.234,50 €", "12,50 €", 12.5),
            ("1.234,50 €", "€ 12,50", 12.5), ("1.234,50", "1.234,50-", -1234.5),
            ("1.234,50", "−3", -3), ("EUR 1.234,50", "eur 7,5", 7.5),
            ("R$1.234,50", "R$ 8.105,79", 8105.79),
            ("12.5%", "12.5 %", 12.5), ("12,5%", "0,125%", 0.125), ("1.234", "12.480", 12480),
            ("1234.500", "8.105", 8.105), ("12,5", "1,5e3", 1500), ("1,234.50", ".5", 0.5),
        ]
    )
    func `reads what people write`(example: String, text: String, value: Double) throws {
        let form = try #require(NumberForm(example: example))
        #expect(form.value(of: text) == value)
    }

    @Test(
        arguments: [
            // Of another form.
            ("1,234.50", "8.105,79"), ("1.234,50", "8,105.79"), ("1,234", "1.234"),
            ("1.234", "1,234"),
            ("1,234.50", "8.105"), ("1.234,50", "8,105"), ("1 234,50", "1'234"),
            // No groups.
            ("1,234.50", "12,34"), ("1,234.50", "1,2345"), ("1,234.50", "0,123"),
            ("1.234,50", "12.03.2021"),
            // No amount, or another one.
            ("$1,234.50", "€12"), ("1,234.50", "$12"), ("$1,234.50", "C104"), ("1,234.50", "12-13"),
            ("1,234.50", "(12"), ("1,234.50", "-(12)"), ("1,234.50", "--12"), ("1,234.50", "1 2"),
            ("1,234.50", ""), ("1,234.50", "."), ("12.5%", "%"), ("1,234.50", "1.2.3"),
            ("12.5%", "5%%"),
        ]
    )
    func `refuses what would be a guess`(example: String, text: String) throws {
        #expect(try #require(NumberForm(example: example)).value(of: text) == nil)
    }

    @Test(
        arguments: [
            "1,234.50", "1.234,50", "1 234,5", "1'234.50", "1,234", "1.234", "1234.500", "12,5",
            "1234",
            "$1,234.50", "1.234,50 €", "EUR 1.234", "12.5%", "1,234.500 USD", "1.234 kr.", "12 €",
        ]
    )
    func `an example stands for its form`(example: String) throws {
        let form = try #require(NumberForm(example: example))
        #expect(form.example == example)
        for value in [0, 7, -12.5, 8105.79, 0.125, 810.793, 1e-7, 123_456_789] {
            #expect(form.value(of: form.text(of: value)) == value, "\(form.text(of: value))")
        }
    }

    @Test(arguments: ["", "abc", "C104", "1.2.3", "12-13"])
    func `other texts are no examples`(text: String) {
        #expect(NumberForm(example: text) == nil)
    }
}

/// How `init` decides on a form.
@Suite struct NumberFormInferenceTests {
    /// A file with one column of these fields, and another one.
    private func schema(
        _ fields: [String],
        beside others: [String] = ["3", "4"],
        delimiter: Character = ",",
        format: String? = nil
    ) throws -> InferredSchema {
        var inference = SchemaInference(target: "Left")
        inference.dialect = CSVDialect(
            delimiter: delimiter.asciiValue ?? 0x2C,
            decimalComma: others.contains {
                $0.contains(",") && !$0.contains(".") && delimiter != ","
            }
        )
        if let format { inference.formats["Value"] = NumberForm(example: format) }
        let rows = (0 ..< 240).map { row in
            [
                fields[row % fields.count], others[row % others.count],
                row / fields.count % 2 == 0 ? "1" : "0",
            ]
        }
        let file = CustomerFile(header: ["Value", "Other", "Left"], rows: rows)
        return try inference.infer(header: file.header, batches: file.batches(of: 50))
    }

    @Test(
        arguments: [
            (["8,105.79", "950.12", "12.50"], "1,234.50", 8105.79),
            (["8.105,79", "950,12"], "1.234,50", 8105.79),
            (["1 234 567", "8 105", "9"], "1 234.5", 1_234_567),
            (["8'105.5", "7.25"], "1'234.50", 8105.5),
            (["$1,200.50", "$3.00", "$12.25"], "$1,234.50", 1200.5),
            (["12.5%", "3%", "0"], "12.5%", 12.5),
            (["1.200,50 €", "3,00 €"], "1.234,50 €", 1200.5),
            (["USD 12", "USD 13"], "USD 12.5", 13),
            (["(12.50)", "13.25", "(1.75)"], "12.50", 13.25),
            (["1.234.567", "8.105", "950"], "1.234", 1_234_567),
            (["8,105", "12.5", "3"], "1,234.5", 8105), (["12,50", "13,25"], "12,50", 13.25),
        ]
    )
    func `columns that tell by themselves`(
        fields: [String],
        example: String,
        greatest: Double
    ) throws {
        let result = try schema(fields)
        #expect(result.type("Value")?.kind == .number)
        #expect(result.role("Value") == .feature)
        #expect(result.column("Value")?.format?.example == example)
        #expect(result.evidence[0].range?.upperBound == greatest)
        #expect(result.reason("Value")?.contains("written like \(example)") == true)
    }

    @Test(
        arguments: [
            ["12.5", "3", "950"], ["0.125", "8.105", "950"], ["12.480", "8.1", "950"],
            ["1234.567", "8.105"],
            ["-3", "12"], ["1e3", "2.5"], ["8.105", "12.480", "9.125"],
        ]
    )
    func `plain numbers have no form`(fields: [String]) throws {
        #expect(try schema(fields).column("Value")?.format == nil)
        #expect(try schema(fields).type("Value")?.kind == .number)
    }

    @Test(
        arguments: [
            // The other column parts thousands with points, or has decimal points.
            (["8.105", "950"], ["1.200,50", "3,20"], ";", "1.234", 8105),
            (["8,105", "950"], ["1,200.50", "3.20"], ",", "1,234", 8105),
            (["8,105", "950"], ["12.5", "3.20"], ",", "1,234", 8105),
            (["8,105", "9,500"], ["12.5", "3.20"], ";", "1,234", 9500),
            // Money has no three decimals beside none; a share has.
            (["€8.105", "€950"], ["3", "4"], ";", "€1.234", 8105),
            (["8.105%", "12.480%"], ["3,25", "4,5"], ";", "1234.500%", 12.48),
            // Whole numbers and nothing but groups beside commas that delimit.
            (["8,105", "950"], ["3", "4"], ",", "1,234", 8105),
        ] as [([String], [String], Character, String, Double)]
    )
    func `columns that others tell of`(
        fields: [String],
        others: [String],
        delimiter: Character,
        example: String,
        greatest: Double
    ) throws {
        let result = try schema(fields, beside: others, delimiter: delimiter)
        #expect(result.column("Value")?.format?.example == example)
        #expect(result.evidence[0].range?.upperBound == greatest)
    }

    @Test(
        arguments: [
            (["8.105", "950"], ["3,25", "4,5"], ";"), (["8.105", "950"], ["3.25", "4.5"], ","),
            (["8.105", "950"], ["3", "4"], ";"), (["8.105", "12.480"], ["3,25", "4,5"], ";"),
            (["8.105", "12.480"], ["3", "4"], "\t"), (["8,105", "950"], ["3,25", "4,5"], ";"),
            (["8,105", "950"], ["3", "4"], ";"), (["8.105", "1500"], ["3", "4"], ","),
        ] as [([String], [String], Character)]
    )
    func `where nothing tells, a person is asked`(
        fields: [String],
        others: [String],
        delimiter: Character
    ) throws {
        let error = #expect(throws: SchemaInferenceError.self) {
            try schema(fields, beside: others, delimiter: delimiter)
        }
        let mark = fields[0].contains(".") ? "." : ","
        #expect(error?.exitStatus == .usage)
        #expect(
            error?.description.hasSuffix(
                "say it to retain init with --format \"Value=1\(mark)234\" for thousands or --format \"Value=1\(mark)5\""
                    + " for decimals"
            ) == true
        )
        let thousands = try schema(
            fields,
            beside: others,
            delimiter: delimiter,
            format: "1\(mark)234"
        )
        #expect(thousands.evidence[0].range?.upperBound ?? 0 >= 8105)
        if !fields.contains("1500") {
            #expect(thousands.evidence[0].range?.lowerBound ?? 0 >= 950)
            let decimals = try schema(
                fields,
                beside: others,
                delimiter: delimiter,
                format: "1234\(mark)500"
            )
            #expect(decimals.evidence[0].range?.lowerBound == 8.105)
        }
    }

    @Test func `one typing mistake does not turn thousands into decimals`() throws {
        let fields = (0 ..< 239).map { "\($0 % 9 + 1).\(100 + $0)" } + ["1.25"]
        #expect(throws: SchemaInferenceError.self) { try schema(fields, delimiter: ";") }
    }

    @Test(
        arguments: [
            (["$5", "€5", "$7", "€9"], "numbers of several kinds ($: 120, €: 120)"),
            (["5%", "0.05", "7%", "0.07"], "120 of 240 numbers have no percent sign"),
            (
                ["1.5", "1,5", "2.5", "2,5"],
                "some fields have decimal points, others decimal commas"
            ),
        ]
    )
    func `amounts that can't be compared are told, not mixed`(
        fields: [String],
        remark: String
    ) throws {
        let result = try schema(fields)
        #expect(result.column("Value")?.format == nil)
        #expect(result.type("Value")?.kind != .number)
        #expect(result.reason("Value")?.contains(remark) == true)
    }

    @Test func `a unit behind every number is told`() throws {
        let fields = (0 ..< 60).map { "\($0).5 GB" }
        #expect(
            try schema(fields).reason("Value")?.contains(
                "numbers with a unit (GB); leave the unit out to have them used as numbers"
            ) == true
        )
    }

    @Test func `the form stands in retain.yaml and is read again`() throws {
        let result = try schema(["$8,105.79", "$950.12"])
        let text = result.yaml()
        #expect(text.contains("    format: \"$1,234.50\"\n"))
        let again = try StrictMapping.read(text, file: "retain.yaml") {
            (yaml) throws(YAMLProblem) in try Schema(yaml: &yaml)
        }
        #expect(again == result.schema)
        #expect(throws: YAMLProblem.self) {
            try StrictMapping.read(text.replacing("\"$1,234.50\"", with: "money"), file: "y") {
                (yaml) throws(YAMLProblem) in try Schema(yaml: &yaml)
            }
        }
    }

    @Test func `scoring reads a column as init has written it down`() throws {
        let schema = try schema(["$8,105.79", "$950.12"]).schema
        let batch = RecordBatch(
            columnCount: 2,
            rows: [
                ["8,200.00", "3"], ["$1,000", "4"], ["8.105,79", "4"], ["8.105", "3"], ["x", "3"],
            ]
        )
        let decoded = try SchemaDecoder(schema, header: ["Value", "Other"], needsTarget: false)
            .decode(batch)
        #expect(decoded.table["Value"] == .number([8200, 1000]))
        #expect(
            decoded.violations.map(\.reason) == [
                "column \"Value\": \"8.105,79\" is not written like $1,234.50; write it so, or change format in retain.yaml",
                "column \"Value\": \"8.105\" is not written like $1,234.50; write it so, or change format in retain.yaml",
                "column \"Value\": \"x\" is not a number; write a number",
            ]
        )
    }

    @Test func `what a record holds is read in whatever form the columns have`() throws {
        let schema = try schema(["1.200,50", "3,20"]).schema
        var other = schema
        other.columns[0].type = .number(minimum: 0, maximum: 10_000)
        other.columns[0].format = NumberForm(example: "$1,234.50")
        var customers = CodedCustomers(schema)
        for value in [8105.79, 810.793, 12.5, 1e-7] { customers.append([value, 3], label: true) }
        #expect(customers.texts("Value") == ["8105,79", "810,7930", "12,5", "1e-07"])
        let decoded = try customers.decoded(by: other, needsTarget: true)
        #expect(decoded.violations == [])
        #expect(decoded.table["Value"] == .number([8105.79, 810.793, 12.5, 1e-7]))
    }

    @Test func `a format for a column that is not there is refused`() throws {
        var inference = SchemaInference(target: "Left")
        inference.formats["Valu"] = NumberForm(example: "1.234")
        let file = CustomerFile.column(["1", "2", "3"])
        let error = #expect(throws: SchemaInferenceError.self) {
            try inference.infer(header: file.header, batches: file.batches())
        }
        #expect(error?.description.contains("did you mean \"Value\"?") == true)
    }
}
