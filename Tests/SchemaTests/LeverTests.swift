import Foundation
import Schema
import Testing

@Suite struct LeverTests {
    private static let schema = Schema(
        target: .init(column: "left", positive: "1", negative: "0"),
        identifier: "id",
        columns: [
            ColumnSchema(name: "id", role: .identifier, type: .text),
            ColumnSchema(name: "price", role: .feature, type: .number(minimum: 0, maximum: 100)),
            ColumnSchema(name: "plan", role: .feature, type: .levels(["basic", "family", "pro"])),
            ColumnSchema(name: "card", role: .feature, type: .boolean(no: "no", yes: "yes")),
            ColumnSchema(name: "joined", role: .feature, type: .date(.iso)),
            ColumnSchema(name: "note", role: .ignored, type: .text),
            ColumnSchema(name: "left", role: .target, type: .boolean(no: "0", yes: "1")),
        ]
    )

    private func read(_ yaml: String) throws(YAMLProblem) -> [Lever] {
        try StrictMapping.read(yaml, file: "retain.yaml") { root throws(YAMLProblem) in
            try root.mapping("levers") { section throws(YAMLProblem) in
                try [Lever](yaml: &section, schema: Self.schema)
            } ?? []
        }
    }

    @Test func `levers are read in the order of the schema`() throws {
        let levers = try read(
            """
            levers:
              card: {levels: [yes], cost: 3, requires: {plan: {levels: [pro, family]}, price: {maximum: 50}}}
              price: {minimum: 10, maximum: 60.5, step: 0.5, direction: down}
            """
        )
        #expect(
            levers == [
                Lever(
                    "price",
                    .range(minimum: 10, maximum: 60.5, step: 0.5),
                    direction: .down
                ),
                Lever(
                    "card",
                    .listed(["yes"]),
                    cost: 3,
                    requirements: [
                        .init("plan", levels: ["pro", "family"]), .init("price", maximum: 50),
                    ]
                ),
            ]
        )
        #expect(try read(levers.yaml) == levers)
        let json = try JSONEncoder().encode(levers)
        #expect(try JSONDecoder().decode([Lever].self, from: json) == levers)
    }

    @Test func `without levers the section is a comment`() throws {
        #expect([Lever]().yaml.split(separator: "\n").allSatisfy { $0.hasPrefix("#") })
    }

    @Test(arguments: [
        ("nothing: {minimum: 1, maximum: 2}", "\"nothing\" is no column of the schema"),
        ("prise: {minimum: 1, maximum: 2}", "did you mean \"price\"?"),
        ("id: {levels: [a]}", "\"id\" has role: identifier"),
        ("note: {levels: [a]}", "\"note\" has role: ignored"),
        ("left: {levels: [0]}", "\"left\" has role: target"),
        ("joined: {minimum: 1, maximum: 2}", "\"joined\" is a date"),
        ("price: {minimum: 1}", "levers.price.maximum: is missing: a lever without an upper bound"),
        ("price: {direction: up}", "without an upper bound"),
        ("price: {maximum: 9}", "levers.price.minimum: is missing"),
        ("price: {maximum: 9, direction: down}", "levers.price.minimum: is missing"),
        ("price: {minimum: 9, maximum: 3}", "must not be below minimum"),
        ("price: {minimum: 1, maximum: 200}", "200 is above the column's maximum 100"),
        ("price: {minimum: -1, maximum: 2}", "-1 is below the column's minimum 0"),
        ("price: {minimum: 1, maximum: 2, step: 0}", "0 must be above 0"),
        ("price: {minimum: 1, maximum: 2, cost: -3}", "levers.price.cost: -3 must be from 0"),
        ("price: {levels: []}", "needs at least one value"),
        ("price: {levels: [a]}", "\"a\" must be a number"),
        ("price: {levels: [1, 1.0]}", "lists \"1.0\" twice"),
        ("price: {levels: [101]}", "101 is above the column's maximum 100"),
        ("price: {levels: [1], maximum: 2}", "goes without minimum, maximum and step"),
        (
            "price: {minimum: 1, maximum: 2, direction: sideways}",
            "\"sideways\" is none of up, down"
        ),
        (
            "price: {minimum: 1, maximum: 2, kost: 3}",
            "unknown key \"kost\"; did you mean \"cost\"?"
        ),
        ("plan: {minimum: 1, maximum: 2}", "levers.plan.levels: is missing"),
        ("plan: {levels: []}", "needs at least one level"),
        ("plan: {levels: [famly]}", "\"famly\" is no level of \"plan\"; did you mean \"family\"?"),
        ("plan: {levels: [pro, pro]}", "lists \"pro\" twice"),
        ("card: {levels: [yes], requires: {none: {minimum: 1}}}", "\"none\" is no column"),
        ("card: {levels: [yes], requires: {plan: {minimum: 1}}}", "\"plan\" is no number"),
        ("card: {levels: [yes], requires: {plan: {levels: [x]}}}", "\"x\" is no level"),
        ("card: {levels: [yes], requires: {price: {levels: [x]}}}", "\"x\" must be a number"),
        ("card: {levels: [yes], requires: {price: {}}}", "asks nothing"),
        ("card: {levels: [yes], requires: {price: {minimum: 2, maximum: 1}}}", "must not be below"),
        (
            "price: {minimum: 0, maximum: 100, step: 0.001}",
            "levers: 100,001 combinations, of which at most 65,536 are tried"
        ),
    ])
    func `what is no lever is refused with its line`(entry: String, reason: String) {
        let error = #expect(throws: YAMLProblem.self) { try read("levers:\n  \(entry)\n") }
        #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        #expect(error?.line == 2, "\(error?.description ?? "")")
    }

    @Test func `reasons may hide columns of the schema`() throws {
        func read(_ yaml: String) throws(YAMLProblem) -> ReasonRules? {
            try StrictMapping.read(yaml, file: "retain.yaml") { root throws(YAMLProblem) in
                try root.mapping("reasons") { section throws(YAMLProblem) in
                    try ReasonRules(yaml: &section, schema: Self.schema)
                }
            }
        }
        let rules = try read("reasons: {hidden: [plan, card], least_points: 2}")
        #expect(rules == ReasonRules(hidden: ["plan", "card"], leastPoints: 2))
        #expect(try read(rules?.yaml ?? "") == rules)
        #expect(try read(ReasonRules().yaml) == ReasonRules())
        for (yaml, reason) in [
            ("{hidden: [plam]}", "did you mean \"plan\"?"),
            ("{least_points: -1}", "must be from 0 to 100"), ("{hide: [plan]}", "unknown key"),
        ] {
            let error = #expect(throws: YAMLProblem.self) { try read("reasons: \(yaml)") }
            #expect(error?.description.contains(reason) == true, "\(error?.description ?? "")")
        }
        var personal = ColumnSchema(name: "age", role: .feature, type: .text)
        #expect(ReasonRules().mayName(personal) && !ReasonRules(hidden: ["age"]).mayName(personal))
        personal.personal = true
        #expect(!ReasonRules().mayName(personal))
    }
}
