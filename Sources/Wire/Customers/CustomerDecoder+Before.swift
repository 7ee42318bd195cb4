import Schema

extension CustomerDecoder {
    /// Reads customers to be explained, who may come with how they were before.
    ///
    /// One customer or many as `customers` takes them, or `{"customer": {…}, "before": {…}}`, or
    /// `{"customers": [{…}], "before": [{…}]}`, in the same order. These three members count where they are objects or arrays:
    /// a column may have the same name. Other members are passed over.
    ///
    /// - Returns: The customers with all that is wrong, and how they were; nil where the request does not say.
    /// - Throws: `JSONError` where the text is no JSON.
    /// - Complexity: O(bytes + customers · features).
    public func explained(
        _ json: [UInt8]
    ) throws(JSONError) -> (customers: CustomerRows, before: CustomerRows?) {
        var reader = try JSONReader(json)
        guard try reader.kind() == .object else { return (try customers(json), nil) }
        var members: [Member: JSONReader] = [:]
        try reader.object { (name, reader) throws(JSONError) in
            let kind = try reader.kind()
            if let member = Member(rawValue: name.string), kind == .object || kind == .array {
                guard members.updateValue(reader, forKey: member) == nil else {
                    throw JSONError(
                        "\(member.rawValue) is given more than once",
                        at: reader.position
                    )
                }
            }
            try reader.skip()
        }
        try reader.end()
        guard !members.isEmpty else { return (try customers(json), nil) }
        return try together(members)
    }

    private enum Member: String {
        case customer, customers, before
    }

    private func together(
        _ members: [Member: JSONReader]
    ) throws(JSONError) -> (customers: CustomerRows, before: CustomerRows?) {
        func refused(_ member: Member, _ problem: String) -> (CustomerRows, CustomerRows?) {
            var rows = CustomerRows(width: rules.count)
            rows.problems = [
                FieldProblem(index: nil, field: member.rawValue, problem: problem)
            ]
            return (rows, nil)
        }
        let member: Member = members[.customers] == nil ? .customer : .customers
        guard var present = members[member] else {
            return refused(
                .before,
                "is there without customers; write {\"customer\": {…}, \"before\": {…}}, or {\"customers\": […], \"before\": […]}"
            )
        }
        guard member == .customer || members[.customer] == nil else {
            return refused(.customer, "is there beside customers; give one of them")
        }
        let kind: JSONReader.Kind = member == .customer ? .object : .array
        let form = member == .customer ? "one customer, an object" : "a list, an array of objects"
        guard try present.kind() == kind else { return refused(member, "must be \(form)") }
        var rows = try rows(&present)
        guard var past = members[.before] else { return (rows, nil) }
        guard try past.kind() == kind else {
            return refused(.before, "must be \(form), as \(member.rawValue) is")
        }
        let before = try self.rows(&past)
        guard before.count == rows.count else {
            return refused(
                .before,
                "holds \(before.count) customers and customers \(rows.count); give as many, in the same order"
            )
        }
        rows.problems += before.problems.map { problem in
            FieldProblem(
                index: problem.index,
                field: problem.field.map { "before.\($0)" } ?? "before",
                problem: problem.problem
            )
        }
        for (number, (one, other)) in zip(rows.identifiers, before.identifiers).enumerated() {
            guard let one, let other, one != other else { continue }
            rows.problems.append(
                FieldProblem(
                    index: rows.isSingle ? nil : number,
                    field: "before",
                    problem:
                        "is of customer \"\(shortened(other))\", and the customer is \"\(shortened(one))\"; give the same one"
                )
            )
        }
        rows.outside += before.outside.map {
            OutsideField(index: $0.index, field: "before.\($0.field)")
        }
        return (rows, before)
    }
}
