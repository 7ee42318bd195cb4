import Schema
import Tabular
import Testing

/// Months and weekdays of dates, as pairs on a circle.
@Suite struct DateCycleTests {
    private static func cycle(_ part: DateCycle, _ form: DateForm = .iso) -> ColumnSchema {
        ColumnSchema(
            name: "Joined_\(part.rawValue)",
            role: .feature,
            type: .cycle(part, of: "Joined", form),
            nulls: .impute
        )
    }

    @Test func `a pair tells all twelve months and seven days apart, on a circle`() throws {
        for (sine, cosine, places) in [
            (DateCycle.monthSine, DateCycle.monthCosine, 12), (.weekdaySine, .weekdayCosine, 7),
        ] {
            var pairs: Set<[Double]> = []
            for number in -1_000 ..< 1_000 {
                let (one, other) = (
                    sine.value(on: Day(number: number)), cosine.value(on: Day(number: number))
                )
                #expect(abs(one * one + other * other - 1) < 1e-15)
                pairs.insert([one, other])
            }
            #expect(pairs.count == places)
        }
        // 2 October 2023 was a Monday.
        let monday = try #require(Day("2023-10-02"))
        #expect(DateCycle.weekdaySine.value(on: monday) == 0)
        #expect(DateCycle.weekdayCosine.value(on: monday) == 1)
        #expect(DateCycle.monthSine.value(on: monday) == -1)
        #expect(
            DateCycle.monthCosine.value(on: monday)
                == DateCycle.monthSine.value(on: try #require(Day("2023-01-01")))
        )
    }

    @Test(arguments: [DateForm.iso, .month])
    func `a date, its age and the value written down give the same`(form: DateForm) throws {
        for (text, age) in [("2023-02-01", 242.0), ("2022-12-01", 304)] {
            let column = Self.cycle(.monthSine, form)
            var rule = FieldRule(column, nullValues: [])
            // Months count from first day to first day.
            rule.reference = try #require(Day(form == .month ? "2023-10-31" : "2023-10-01"))
            let date = form == .month ? String(text.dropLast(3)) : text
            guard case .value(let value) = rule.read(date) else {
                Issue.record("\(date) is not read")
                continue
            }
            #expect(value == DateCycle.monthSine.value(on: try #require(Day(text))))
            for other in [ColumnType.date(form).text(of: age), column.type.text(of: value)] {
                guard case .value(let again) = rule.read(other) else {
                    Issue.record("\(other) is not read")
                    continue
                }
                #expect(again == value)
            }
            guard case .value(let ofDays) = rule.read(number: age, "\(age)") else { continue }
            #expect(ofDays == value)
        }
    }

    @Test func `files have the date only, and retain_yaml says of which column`() throws {
        let schema = Schema(
            target: .init(column: "Left", positive: "1", negative: "0"),
            identifier: nil,
            columns: [
                ColumnSchema(name: "Joined", role: .feature, type: .date(.dmy), nulls: .impute),
                Self.cycle(.weekdayCosine, .dmy),
                ColumnSchema(name: "Left", role: .target, type: .boolean(no: "0", yes: "1")),
            ]
        )
        let again = try StrictMapping.read(schema.yaml(), file: "retain.yaml") {
            root throws(YAMLProblem) in
            try Schema(yaml: &root)
        }
        #expect(again == schema)
        #expect(schema.givenFeatures.map(\.name) == ["Joined"])
        let batch = RecordBatch(columnCount: 2, rows: [["02/10/2023", "1"], ["", "0"]])
        let header = ["Joined", "Left"]
        let decoded = try SchemaDecoder(
            schema,
            header: header,
            needsTarget: true,
            asOf: schema.asOf([batch], header: header)
        )
        .decode(batch)
        #expect(decoded.violations.isEmpty)
        guard case .number(let values) = decoded.table["Joined_weekday_cos"] else {
            Issue.record("the cycle is no number")
            return
        }
        #expect(values[0] == 1 && values[1].isNaN)
        let lost = schema.yaml().replacing("of: Joined", with: "of: Left")
        #expect(throws: YAMLProblem.self) {
            try StrictMapping.read(lost, file: "retain.yaml") { root throws(YAMLProblem) in
                try Schema(yaml: &root)
            }
        }
    }

    /// Customers of some years, of whom those leave who `leaves` says, and one in seven besides.
    private func names(_ leaves: (Day) -> Bool, years: Int = 5) throws -> [String] {
        let file = CustomerFile(
            header: ["Joined", "Spent", "Left"],
            rows: (0 ..< 3_000).map { row in
                let day = Day(number: 19_000 - row * 7919 % (365 * years))
                let left = leaves(day) ? row % 10 < 6 : row % 7 == 0
                return [day.description, "\(row * 31 % 97)", left ? "1" : "0"]
            }
        )
        return try file.schema(target: "Left").schema.features.map(\.name)
    }

    @Test func `pairs are added where they tell, and not for trends or noise`() throws {
        #expect(
            try names { $0.civil.month >= 11 }
                == ["Joined", "Joined_month_sin", "Joined_month_cos", "Spent"]
        )
        #expect(
            try names { ($0.number + 3) % 7 >= 5 }
                == ["Joined", "Joined_weekday_sin", "Joined_weekday_cos", "Spent"]
        )
        #expect(try names { _ in false } == ["Joined", "Spent"])
        #expect(try names { $0.number > 18_300 } == ["Joined", "Spent"])
        // One winter may have been a campaign.
        #expect(try names({ $0.civil.month >= 11 }, years: 2) == ["Joined", "Spent"])
    }
}
