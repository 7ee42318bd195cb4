import ChurnModel
import Desk
import Explanation
import Output
import Schema
import Serving
import Texts
import Wire

/// What a model sees in one customer, as a page shows it.
struct Portrait {
    /// The customer, explained; nil where the model has no reference customers.
    let explained: ExplainedCustomer?
    let facts: [String]
    let waterfall: Waterfall?
    let whatIf: WhatIf?
    let advice: LeverAdvice?

    /// So many columns are named in the waterfall.
    private static let mostSteps = 6

    /// Looks at a customer.
    ///
    /// - Parameters:
    ///   - served: The model.
    ///   - features: The customer's columns by name, JSON; nil comes back where some are missing.
    ///   - asked: The values of a what-if, by column; nil where nothing was asked.
    ///   - language: In which it is told.
    ///   - threads: How many cores explain.
    init?(
        _ served: ServedModel,
        _ features: String,
        _ asked: [(name: String, value: String)]?,
        _ language: Language,
        threads: Int
    ) {
        let json = Array(features.utf8)
        guard let rows = try? served.decoder.customers(json), rows.problems.isEmpty,
            let texts = try? RecordTexts(json)
        else { return nil }
        let model = served.saved.model
        let columns = model.schema.features
        let row = Array(rows.coded[row: 0])
        func value(_ place: Int) -> String {
            ColumnValue(columns[place], row[place], texts[columns[place].name], language).short
        }
        facts = columns.indices.filter { model.reasons.mayName(columns[$0]) }.prefix(8)
            .map { "\(columns[$0].name) \(value($0))" }
        explained =
            served.explainer?
            .explain(rows.coded, .pairs(2), withLevers: true, threads: threads).first
        waterfall = explained.map { customer in
            let named = customer.reasons.reasons.filter { abs($0.points) >= 0.000_5 }
            let shown = named.prefix(Self.mostSteps)
            let steps = shown.compactMap { reason -> Waterfall.Step? in
                guard let place = columns.firstIndex(where: { $0.name == reason.column }) else {
                    return nil
                }
                return Waterfall.Step(
                    text: "\(reason.column) \(value(place))",
                    points: 100 * reason.points
                )
            }
            return Waterfall(
                start: customer.reasons.base,
                end: customer.reasons.probability,
                steps: steps,
                others: columns.count - steps.count
            )
        }
        advice = explained.map { Self.advice($0, columns, language) }
        whatIf = Self.whatIf(served, texts, row, asked, language)
    }

    private static func advice(
        _ customer: ExplainedCustomer,
        _ columns: [ColumnSchema],
        _ language: Language
    ) -> LeverAdvice {
        guard let found = customer.levers else {
            return LeverAdvice(finding: .noLevers, combinations: 0, target: 0)
        }
        let change = found.best.map {
            LeverAdvice.Change(
                text: DeskSite.words($0, columns, language),
                probability: $0.probability,
                cost: $0.cost
            )
        }
        let finding: LeverAdvice.Finding =
            switch found.outcome {
            case .belowAlready: .belowAlready
            case .reached: change.map { .reached($0) } ?? .none
            case .lowest: change.map { .lowest($0) } ?? .none
            case .none: .none
            case .tooMany: .tooMany
            }
        return LeverAdvice(
            finding: finding,
            combinations: found.combinations,
            target: found.target
        )
    }

    /// The form of other values, with what the model makes of those that were asked.
    private static func whatIf(
        _ served: ServedModel,
        _ texts: RecordTexts,
        _ row: [Double],
        _ asked: [(name: String, value: String)]?,
        _ language: Language
    ) -> WhatIf {
        let model = served.saved.model
        let columns = model.schema.features
        let wanted = Dictionary(asked ?? [], uniquingKeysWith: { $1 })
        func field(_ place: Int) -> WhatIf.Field {
            let column = columns[place]
            let own = texts[column.name]
            return WhatIf.Field(
                column: column.name,
                now: ColumnValue(column, row[place], own, language).short,
                value: wanted[column.name] ?? own,
                control: control(
                    column,
                    own,
                    model.levers.first { $0.column == column.name },
                    language
                )
            )
        }
        let named = columns.indices.filter { model.reasons.mayName(columns[$0]) }
        let isLever = named.map { place in
            model.levers.contains { $0.column == columns[place].name }
        }
        var form = WhatIf(
            levers: zip(named, isLever).filter(\.1).map { field($0.0) },
            others: zip(named, isLever).filter { !$0.1 }.map { field($0.0) },
            problems: []
        )
        guard asked != nil else { return form }
        var changed = texts
        for place in named {
            if let value = wanted[columns[place].name] { changed[columns[place].name] = value }
        }
        do {
            let rows = try served.decoder.customers(changed.json)
            form.problems = rows.problems.map(\.description)
            guard rows.problems.isEmpty else { return form }
            form.result = Double(served.predictor.predict(rows.coded)[0])
        } catch {
            form.problems = ["\(error)"]
        }
        form.cost = cost(of: changed, from: row, served)
        return form
    }

    /// What the levers' steps cost; nil where none was moved, or one by something else than its steps.
    private static func cost(
        of changed: RecordTexts,
        from row: [Double],
        _ served: ServedModel
    ) -> Double? {
        let model = served.saved.model
        let columns = model.schema.features
        guard let rows = try? served.decoder.customers(changed.json), rows.problems.isEmpty else {
            return nil
        }
        let after = Array(rows.coded[row: 0])
        var cost = 0.0
        for axis in LeverGrid(model.levers, row, columns).axes {
            guard let option = axis.values.firstIndex(of: after[axis.place]) else { return nil }
            cost += axis.costs[option]
        }
        return cost > 0 ? cost : nil
    }

    /// What can be asked of a column.
    private static func control(
        _ column: ColumnSchema,
        _ own: String,
        _ lever: Lever?,
        _ language: Language
    ) -> WhatIf.Control {
        func choice(_ values: [String]) -> WhatIf.Control {
            let all = values.contains(own) ? values : [own] + values
            return .choice(
                all.map { value in
                    let told = column.type.listed.firstIndex(of: value).map {
                        ColumnValue(column, Double($0), value, language).short
                    }
                    return FieldOption(value: value, text: told ?? value)
                }
            )
        }
        if case .listed(let values)? = lever?.values { return choice(values) }
        switch column.type {
        case .number(let minimum, let maximum):
            var (low, high, step) = (minimum, maximum, Double?.none)
            if case .range(let least, let most, let width)? = lever?.values {
                (low, high, step) = (least ?? minimum, most ?? maximum, width)
            }
            // The customer's own value may lie elsewhere, and a browser sends no form with a value that it takes for wrong.
            if let value = Double(own) {
                low = low.map { min($0, value) }
                high = high.map { max($0, value) }
                let steps = step.map { (value - (low ?? 0)) / $0 } ?? 0
                if abs(steps - steps.rounded()) > 1e-9 { step = nil }
            }
            return .number(minimum: low, maximum: high, step: step)
        case .boolean, .levels: return choice(column.type.listed)
        case .date, .cycle, .text: return .text
        }
    }
}
