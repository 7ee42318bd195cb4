extension Run {
    /// Whether this run comes before another in an order; by start, latest first, where that tells nothing.
    ///
    /// As MLflow's SQL has it: NaN behind the numbers, what is absent last, texts by their bytes.
    func comes(before other: Run, by order: [RunOrder]) -> Bool {
        for part in order {
            let (one, two) = (value(of: part.field), other.value(of: part.field))
            guard one != two else { continue }
            if one.rank != two.rank { return one.rank < two.rank }
            return part.isDescending ? two.isBelow(one) : one.isBelow(two)
        }
        return (other.info.start, info.id) < (info.start, other.info.id)
    }

    private enum SortValue: Equatable {
        case number(Double)
        case text(String)
        case notANumber
        case absent

        var rank: Int {
            switch self {
            case .number, .text: 0
            case .notANumber: 1
            case .absent: 2
            }
        }

        func isBelow(_ other: Self) -> Bool {
            switch (self, other) {
            case (.number(let one), .number(let two)): one < two
            case (.text(let one), .text(let two)): one.utf8.lexicographicallyPrecedes(two.utf8)
            default: false
            }
        }
    }

    private func value(of field: RunField) -> SortValue {
        switch field {
        case .metric(let key):
            metrics[key].map { $0.value.isNaN ? .notANumber : .number($0.value) } ?? .absent
        case .param(let key): params[key].map { .text($0) } ?? .absent
        case .tag(let key): tags[key].map { .text($0) } ?? .absent
        case .dataset: .absent
        case .attribute(let attribute):
            switch attribute {
            case .id: .text(info.id)
            case .name: .text(info.name)
            case .status: .text(info.status.rawValue)
            case .user: .text(info.user)
            case .start: .number(Double(info.start))
            case .end: info.end.map { .number(Double($0)) } ?? .absent
            case .artifactURI: .text(info.artifactURI)
            }
        }
    }
}
