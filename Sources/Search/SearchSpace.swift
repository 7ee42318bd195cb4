import Files
public import Output

/// The dimensions to search over, in the order in which points are written.
public struct SearchSpace: Sendable, Equatable {
    /// The dimensions; at least one, no two of one name.
    public let dimensions: [Dimension]

    /// Creates a space.
    ///
    /// - Throws: `SearchError.space` where there is no dimension, a name stands twice or is empty, or a
    ///   dimension has no values: bounds that are not finite, a log scale from 0 on, no choices.
    public init(_ dimensions: [Dimension]) throws(SearchError) {
        guard !dimensions.isEmpty else {
            throw .space("the search space has no dimension; name at least one")
        }
        for (index, dimension) in dimensions.enumerated() {
            let name = jsonString(dimension.name)
            guard !dimension.name.isEmpty else {
                throw .space("dimension \(index + 1) of the search space has no name; give it one")
            }
            guard !dimensions[..<index].contains(where: { $0.name == dimension.name }) else {
                throw .space("the search space names \(name) twice; remove one")
            }
            if let problem = dimension.problem { throw .space("dimension \(name) \(problem)") }
        }
        self.dimensions = dimensions
    }

    /// The point with its values in the order of the dimensions and of their kind.
    ///
    /// - Throws: `SearchError.point` where a value is missing, not allowed or of no dimension.
    public func checked(_ point: Point) throws(SearchError) -> Point {
        var entries: [Point.Entry] = []
        for dimension in dimensions {
            let name = dimension.name
            guard let value = point[name] else {
                throw .point("\(name) is missing; it must be \(dimension.rule)")
            }
            guard let accepted = dimension.accepted(value) else {
                throw .point("\(name) is \(value.json); it must be \(dimension.rule)")
            }
            entries.append(Point.Entry(name: name, value: accepted))
        }
        for entry in point.entries where !dimensions.contains(where: { $0.name == entry.name }) {
            let known = dimensions.map(\.name).joined(separator: ", ")
            throw .point("\(jsonString(entry.name)) is no dimension; known are \(known)")
        }
        return Point(entries: entries)
    }

    /// How many points there are; nil where they can't be counted.
    var count: Int? {
        var count = 1
        for dimension in dimensions {
            guard let values = dimension.count else { return nil }
            let (product, isTooLarge) = count.multipliedReportingOverflow(by: values)
            guard !isTooLarge else { return nil }
            count = product
        }
        return count
    }

    /// The first point, the last dimension running fastest, that is not among those tried; nil where
    /// there is none or the points can't be counted.
    ///
    /// - Complexity: O(points tried).
    func firstPoint(notIn tried: Set<Point>) -> Point? {
        guard let count else { return nil }
        for place in 0 ..< count {
            var rest = place
            var entries: [Point.Entry] = []
            for dimension in dimensions.reversed() {
                let (quotient, remainder) = rest.quotientAndRemainder(
                    dividingBy: dimension.count ?? 1
                )
                entries.append(
                    Point.Entry(name: dimension.name, value: dimension.value(at: remainder))
                )
                rest = quotient
            }
            let point = Point(entries: entries.reversed())
            if !tried.contains(point) { return point }
        }
        return nil
    }

    /// The space as a JSON list.
    var content: JSONValue { .array(dimensions.map(\.content)) }
}

/// Why there is nothing to search, or a search came to nothing.
public enum SearchError: RetainError, Equatable {
    /// The dimensions can't be searched; the text says what and how to mend it.
    case space(String)
    /// A point is not in the space; the text says what and how to mend it.
    case point(String)
    /// That many trials failed one after the other, the last for this reason.
    case failing(trials: Int, reason: String)

    /// The message alone says what it is.
    public var exitStatus: ExitStatus { .failed }

    /// One line: what, why, how to fix it.
    public var description: String {
        switch self {
        case .space(let problem): problem
        case .point(let problem): "the point is not in the search space: \(problem)"
        case .failing(let trials, let reason):
            "\(trials) trials in a row failed, the last with: \(reason); "
                + "mend that, then go on with the same trial log"
        }
    }
}
