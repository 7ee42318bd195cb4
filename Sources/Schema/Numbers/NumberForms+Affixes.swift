/// Currencies and percent.
extension NumberForms {
    /// The one affix of a column, empty where there is none; nil where numbers of several kinds stand in it.
    static func affix(_ tally: NumberTally) -> (text: String, leads: Bool)? {
        let sorted = sortedAffixes(tally)
        guard let best = sorted.first else { return ("", false) }
        let others = sorted.dropFirst().reduce(0) { $0 + $1.count }
        guard others * 100 <= tally.written else { return nil }
        // 12% beside 0.12 may be the same or not; 0 is 0 in either.
        let unsigned = tally.written - best.count - tally.nothings
        if best.text == "%", unsigned * 100 > tally.written { return nil }
        return (best.text, best.leads)
    }

    static func sortedAffixes(
        _ tally: NumberTally
    ) -> [(text: String, count: Int, leads: Bool)] {
        tally.affixes.sorted { one, other in
            let counts = (
                one.value.before + one.value.behind, other.value.before + other.value.behind
            )
            return counts.0 != counts.1 ? counts.0 > counts.1 : one.key < other.key
        }
        .map {
            ($0.key.string, $0.value.before + $0.value.behind, $0.value.before > $0.value.behind)
        }
    }

    static func mixedAffixes(_ tally: NumberTally) -> String {
        let found = sortedAffixes(tally)
        if found.count == 1 {
            let without = tally.written - found[0].count
            return
                "\(countText(without)) of \(countText(tally.written)) numbers have no percent sign; write all alike"
        }
        let listed = found.prefix(4).map { "\($0.text): \(countText($0.count))" }
        return
            "numbers of several kinds (\(listed.joined(separator: ", "))) can't be compared; give each a column"
    }

    /// What to say of a column that is numbers in part.
    static func partly(_ tally: NumberTally) -> String {
        if let unit = unit(tally) {
            return "numbers with a unit (\(unit)); leave the unit out to have them used as numbers"
        }
        guard tally.isMostlyNumbers, !tally.readsAsNumbers else { return "" }
        let words = listed(tally.words.prefix(3).map(\.string))
        return
            "\(countText(tally.written)) of \(countText(tally.filled)) fields are numbers, others are texts such as "
            + "\(words); add those that mean empty to null_values, or mend them"
    }

    /// What stands behind the digits of all fields of a column that holds no plain number: GB, km.
    private static func unit(_ tally: NumberTally) -> String? {
        guard tally.written == 0, tally.words.count > 1 else { return nil }
        let units = Set(
            tally.words.map { word in
                let tail = word.string.drop { $0.isNumber || $0 == "." || $0 == "," || $0 == "-" }
                return tail.count < word.string.count ? String(String(tail).trimmed) : ""
            }
        )
        guard units.count == 1, let unit = units.first, !unit.isEmpty, unit.allSatisfy(\.isLetter)
        else { return nil }
        return unit
    }
}
