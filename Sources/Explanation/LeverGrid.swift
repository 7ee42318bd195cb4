package import Schema

/// What the levers may make of one customer: for each, the values that its column may have.
package struct LeverGrid {
    /// A lever for one customer.
    package struct Axis {
        /// Place of its column among the features.
        package let place: Int
        /// What the column may be, its own value first, then by steps.
        package let values: [Double]
        /// What each costs.
        package let costs: [Double]
        /// What must hold where it is moved.
        let rules: [Rule]
    }

    /// A requirement, as coded rows know it.
    struct Rule {
        let place: Int
        let bounds: ClosedRange<Double>
        /// The values that it may have; nil for any.
        let values: [Double]?

        func holds(_ value: Double) -> Bool {
            // An empty number is in no range; other empty values and levels that are not listed have codes below 0.
            bounds.contains(value) && values?.contains(value) != false
        }
    }

    let row: [Double]
    package let axes: [Axis]

    /// How many combinations there are, that of the present values among them, whether or not requirements hold.
    var count: Int {
        axes.reduce(1) { count, axis in
            let (product, isOver) = count.multipliedReportingOverflow(by: axis.values.count)
            return isOver ? .max : product
        }
    }

    /// The option that each lever has in a combination.
    ///
    /// - Parameter number: Below `count`; 0 changes nothing.
    /// - Returns: A place among each axis's values.
    func options(_ number: Int) -> [Int] {
        var rest = number
        var options = [Int](repeating: 0, count: axes.count)
        for place in axes.indices.reversed() {
            options[place] = rest % axes[place].values.count
            rest /= axes[place].values.count
        }
        return options
    }

    /// The customer with a combination; nil where something that it requires does not hold.
    func row(with options: [Int]) -> [Double]? {
        var changed = row
        for (axis, option) in zip(axes, options) { changed[axis.place] = axis.values[option] }
        for (axis, option) in zip(axes, options) where option > 0 {
            guard axis.rules.allSatisfy({ $0.holds(changed[$0.place]) }) else { return nil }
        }
        return changed
    }
}

extension LeverGrid {
    /// Lays the levers out for a customer.
    ///
    /// - Parameters:
    ///   - levers: Without fault for the schema, one for a column.
    ///   - row: The customer's coded values.
    ///   - features: What they are.
    package init(_ levers: [Lever], _ row: [Double], _ features: [ColumnSchema]) {
        self.row = row
        axes = levers.compactMap { lever in
            guard let place = features.firstIndex(where: { $0.name == lever.column }) else {
                return nil
            }
            let moves = lever.moves(from: row[place], features[place])
            return Axis(
                place: place,
                values: [row[place]] + moves.map(\.value),
                costs: [0] + moves.map { $0.steps * lever.cost },
                rules: lever.requirements.compactMap { Rule($0, features) }
            )
        }
        .sorted { $0.place < $1.place }
    }
}

extension LeverGrid.Rule {
    fileprivate init?(_ requirement: Lever.Requirement, _ features: [ColumnSchema]) {
        guard let place = features.firstIndex(where: { $0.name == requirement.column }) else {
            return nil
        }
        self.place = place
        let isNumber = features[place].type.coding == .number
        let least = isNumber ? -Double.infinity : 0
        bounds = max(least, requirement.minimum ?? least) ... (requirement.maximum ?? .infinity)
        values = requirement.levels.map { $0.compactMap(features[place].coded) }
    }
}

extension Lever {
    /// What a column may become, fewer steps first, lower values first among equals.
    fileprivate func moves(
        from own: Double,
        _ feature: ColumnSchema
    ) -> [(value: Double, steps: Double)] {
        switch values {
        case .range(let minimum, let maximum, let step):
            // A number that is not known has no next one.
            guard own.isFinite else { return [] }
            let least = minimum ?? -.infinity
            let most = maximum ?? .infinity
            let ways: [Double] =
                switch direction {
                case .up: [1]
                case .down: [-1]
                case nil: [-1, 1]
                }
            return ways.flatMap { Self.steps(own, $0 * step, least, most) }
                .sorted { ($0.steps, $0.value) < ($1.steps, $1.value) }
        case .listed(let levels):
            let listed = levels.compactMap(feature.coded)
            guard let direction else {
                return listed.filter { $0 != own }.map { ($0, 1) }
            }
            guard feature.type.coding == .number else {
                guard let place = listed.firstIndex(of: own) else { return [] }
                let next =
                    direction == .up
                    ? Array(listed[(place + 1)...]) : listed[..<place].reversed()
                return next.enumerated().map { ($1, Double($0 + 1)) }
            }
            let next =
                direction == .up
                ? listed.filter { $0 > own }.sorted() : listed.filter { $0 < own }.sorted(by: >)
            return next.enumerated().map { ($1, Double($0 + 1)) }
        }
    }

    /// Whole steps one way that end within bounds; one too many for all combinations is enough.
    private static func steps(
        _ own: Double,
        _ step: Double,
        _ least: Double,
        _ most: Double
    ) -> [(value: Double, steps: Double)] {
        // So that three tenths in steps of a tenth is one of them.
        let slack = 1e-9
        let (near, far) = step > 0 ? (least, most) : (most, least)
        let first = max(1, ((near - own) / step - slack).rounded(.up))
        let last = ((far - own) / step + slack).rounded(.down)
        guard first <= last, last.isFinite else { return [] }
        let count = Int(min(last - first, Double(mostCombinations))) + 1
        return (0 ..< count).map { number in
            let steps = first + Double(number)
            return (min(max(own + steps * step, least), most), steps)
        }
    }
}
