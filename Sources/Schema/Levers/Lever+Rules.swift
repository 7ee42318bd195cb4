import Output

extension Lever {
    /// What is wrong with a setting.
    public struct Fault: Equatable, Sendable {
        /// The setting's key in `retain.yaml`, with dots between; empty where the lever as a whole is meant.
        public let key: String
        /// What is wrong and how to mend it.
        public let message: String

        init(_ key: String, _ message: String) {
            self.key = key
            self.message = message
        }
    }

    /// The most combinations of values that are tried for a customer.
    public static let mostCombinations = 65_536

    /// What is wrong with the lever for a schema; nil where nothing is.
    ///
    /// - Complexity: O(levels).
    public func problem(in schema: Schema) -> Fault? {
        guard let feature = schema.features.first(where: { $0.name == column }) else {
            return Fault("", Self.noFeature(column, schema))
        }
        guard cost >= 0, cost <= 1e12 else {
            return Fault("cost", "\(numberText(cost)) must be from 0 to 1000000000000")
        }
        let own: Fault? =
            switch feature.type {
            case .number(let minimum, let maximum): numberFault(minimum, maximum)
            case .boolean, .levels: levelsFault(feature)
            case .date, .cycle:
                Fault(
                    "",
                    "\(quoted(column)) is a date, which nobody changes; leave this lever out"
                )
            case .text: Fault("", Self.noFeature(column, schema))
            }
        return own ?? requirements.lazy.compactMap { fault(of: $0, schema) }.first
    }

    private static func noFeature(_ name: String, _ schema: Schema) -> String {
        guard let column = schema.columns.first(where: { $0.name == name }) else {
            return "\(quoted(name)) is no column of the schema"
                + suggestion(for: name, in: schema.features.map(\.name))
        }
        return
            "\(quoted(name)) has role: \(column.role.rawValue), and the model does not read it; only a column with role: feature moves the score"
    }

    private func numberFault(_ least: Double?, _ greatest: Double?) -> Fault? {
        switch values {
        case .listed(let levels):
            if levels.isEmpty { return Fault("levels", "needs at least one value") }
            var seen: Set<Double> = []
            for level in levels {
                guard let value = Double(level), value.isFinite else {
                    return Fault("levels", "\(quoted(level)) must be a number")
                }
                guard seen.insert(value).inserted else {
                    return Fault("levels", "lists \(quoted(level)) twice; remove one")
                }
                if let fault = outside(value, least, greatest, "levels") { return fault }
            }
            return nil
        case .range(let minimum, let maximum, let step):
            guard step > 0, step.isFinite else {
                return Fault("step", "\(numberText(step)) must be above 0")
            }
            if maximum == nil, direction != .down {
                return Fault(
                    "maximum",
                    "is missing: a lever without an upper bound is advice for values that no customer has; "
                        + "write the most that you would offer"
                )
            }
            if minimum == nil, direction != .up {
                return Fault(
                    "minimum",
                    "is missing: the column may go down without a bound; write the least that you would offer, "
                        + "or direction: up"
                )
            }
            if let minimum, let maximum, minimum > maximum {
                return Fault("maximum", "must not be below minimum")
            }
            return minimum.flatMap { outside($0, least, greatest, "minimum") }
                ?? maximum.flatMap { outside($0, least, greatest, "maximum") }
        }
    }

    private func outside(
        _ value: Double,
        _ least: Double?,
        _ greatest: Double?,
        _ key: String
    )
        -> Fault?
    {
        if let least, value < least {
            return Fault(
                key,
                "\(numberText(value)) is below the column's minimum \(numberText(least))"
            )
        }
        if let greatest, value > greatest {
            return Fault(
                key,
                "\(numberText(value)) is above the column's maximum \(numberText(greatest))"
            )
        }
        return nil
    }

    private func levelsFault(_ feature: ColumnSchema) -> Fault? {
        guard case .listed(let levels) = values else {
            return Fault(
                "levels",
                "is missing: \(quoted(column)) has levels; list those that you can bring a customer to"
            )
        }
        if levels.isEmpty { return Fault("levels", "needs at least one level") }
        var seen: Set<ExactText> = []
        for level in levels {
            guard feature.type.listed.contains(where: { ExactText($0) == ExactText(level) }) else {
                return Fault("levels", Self.noLevel(level, feature))
            }
            guard seen.insert(ExactText(level)).inserted else {
                return Fault("levels", "lists \(quoted(level)) twice; remove one")
            }
        }
        return nil
    }

    private static func noLevel(_ level: String, _ feature: ColumnSchema) -> String {
        let near = nearestName(to: level, in: feature.type.listed)
        return "\(quoted(level)) is no level of \(quoted(feature.name)); "
            + (near.map { "did you mean \(quoted($0))?" }
                ?? "it is one of \(listed(feature.type.listed))")
    }

    private func fault(of requirement: Requirement, _ schema: Schema) -> Fault? {
        let place = "requires.\(requirement.column)"
        guard let feature = schema.features.first(where: { $0.name == requirement.column }) else {
            return Fault(place, Self.noFeature(requirement.column, schema))
        }
        let isNumber = feature.type.coding == .number
        if !isNumber, requirement.minimum != nil || requirement.maximum != nil {
            return Fault(place, "\(quoted(feature.name)) is no number; give levels")
        }
        if let minimum = requirement.minimum, let maximum = requirement.maximum, minimum > maximum {
            return Fault(place, "maximum must not be below minimum")
        }
        if requirement.levels?.isEmpty == true { return Fault(place, "needs at least one level") }
        guard requirement.levels != nil || requirement.minimum != nil || requirement.maximum != nil
        else { return Fault(place, "asks nothing; give minimum, maximum or levels") }
        for level in requirement.levels ?? [] {
            if isNumber, Double(level) == nil {
                return Fault(place, "\(quoted(level)) must be a number")
            }
            if !isNumber,
                !feature.type.listed.contains(where: { ExactText($0) == ExactText(level) })
            {
                return Fault(place, Self.noLevel(level, feature))
            }
        }
        return nil
    }

    /// How many values a customer's column may have at most, its own among them.
    var valueCount: Int {
        switch values {
        case .listed(let levels): return levels.count
        case .range(let minimum, let maximum, let step):
            guard let minimum, let maximum else { return 1 }
            let steps = ((maximum - minimum) / step).rounded(.down)
            return steps < 1e15 ? Int(steps) + 1 : .max
        }
    }
}

extension [Lever] {
    /// Says so where there are more combinations than are tried, whoever the customer is; nil where there are not.
    public var excess: String? {
        var count = 1
        for lever in self {
            let (product, isOver) = count.multipliedReportingOverflow(by: lever.valueCount)
            count = isOver ? .max : product
        }
        guard count > Lever.mostCombinations else { return nil }
        let told = count == .max ? "over \(countText(1 << 62))" : countText(count)
        return
            "\(told) combinations, of which at most \(countText(Lever.mostCombinations)) are tried; take larger steps, or fewer columns"
    }
}

extension ColumnSchema {
    /// A value of retain.yaml as the model reads it; nil where it is none of the column.
    package func coded(_ text: String) -> Double? {
        guard let levels = type.coding?.levels else { return Double(text) }
        return levels.firstIndex { ExactText($0) == ExactText(text) }.map(Double.init)
    }
}
