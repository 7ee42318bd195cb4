import ChurnModel
import Evaluation
import Schema
import Tabular
import Training

extension PromotionGate {
    func sliceChecks(
        _ rows: GateRows,
        _ file: CustomerFile,
        _ places: [Int]
    ) throws -> [GateCheck] {
        guard !bounds.slices.isEmpty else { return [] }
        let columns = try sliceColumns(file, schema ?? rows.challenger.schema, places)
        return try zip(bounds.slices, columns).flatMap { asked, column in
            let found = try SliceGaps(
                column,
                labels: rows.labels,
                probabilities: rows.scores.probabilities,
                threshold: rows.scores.threshold
            )
            return SliceMeasure.allCases.compactMap { measure in
                asked.bound(measure).map { check(found, asked.column, measure, bound: $0) }
            }
        }
    }

    private func check(
        _ found: SliceGaps,
        _ column: String,
        _ measure: SliceMeasure,
        bound: Double
    ) -> GateCheck {
        let few =
            found.ignored.isEmpty
            ? "" : "; too few rows to judge: \(found.ignored.joined(separator: ", "))"
        guard let gap = found.gaps.first(where: { $0.measure == measure }) else {
            return GateCheck(
                .init(measure),
                column: column,
                side: .atMost,
                bound: bound,
                passed: true,
                "not judged: fewer than two levels have rows enough\(few)"
            )
        }
        let isUnfair = gap.interval.low > bound
        return GateCheck(
            .init(measure),
            column: column,
            value: gap.difference,
            interval: gap.interval,
            side: .atMost,
            bound: bound,
            passed: !isUnfair,
            "\(measure.title.lowercased()) of \(gap.higher ?? "(none)") above that of"
                + " \(gap.lower ?? "(none)")\(isUnfair ? " by more than is allowed" : "")\(few)"
        )
    }

    /// The columns read by themselves, so that no other column's field can reject a row.
    private func sliceColumns(
        _ file: CustomerFile,
        _ schema: Schema,
        _ places: [Int]
    ) throws -> [SliceColumn] {
        var own = schema
        own.columns = try bounds.slices.map { asked in
            guard var column = schema.columns.first(where: { $0.name == asked.column }),
                column.type.hasLevels
            else {
                throw UnknownSlice(
                    name: asked.column,
                    known: schema.columns.filter(\.type.hasLevels).map(\.name)
                )
            }
            column.role = .feature
            column.nulls = .impute
            column.type = .levels(column.type.listed)
            column.unseen = .other
            return column
        }
        let table = Table(joining: try file.decoded(own, needsTarget: false).map(\.table))
        guard table.rowCount == file.rowCount else {
            throw BrokenRows(source: file.source, count: file.rowCount - table.rowCount, first: [])
        }
        return try bounds.slices.map { asked in
            guard case .level(let codes, let levels) = table[asked.column] else {
                throw UnknownSlice(name: asked.column, known: table.names)
            }
            return SliceColumn(
                name: asked.column,
                levels: levels,
                codes: places.map { codes[$0] }
            )
        }
    }
}

extension SliceBounds {
    fileprivate func bound(_ measure: SliceMeasure) -> Double? {
        switch measure {
        case .recall: recallGap
        case .selectionRate: selectionRateGap
        case .calibration: calibrationGap
        }
    }
}

extension GateCheck.Question {
    fileprivate init(_ measure: SliceMeasure) {
        self =
            switch measure {
            case .recall: .recallGap
            case .selectionRate: .selectionRateGap
            case .calibration: .calibrationGap
            }
    }
}
