import GRDB

extension RunFilter {
    /// The condition on a row of `runs`; every value goes in as an argument, none as text.
    func sql(_ arguments: inout StatementArguments) -> String {
        switch self {
        case .and(let one, let other): "\(one.part(&arguments)) AND \(other.part(&arguments))"
        case .or(let one, let other): "\(one.sql(&arguments)) OR \(other.sql(&arguments))"
        case .comparison(let comparison): comparison.sql(&arguments)
        }
    }

    /// Parentheses only where they are needed: SQLite's parser takes a hundred or so open things at once.
    private func part(_ arguments: inout StatementArguments) -> String {
        if case .or = self { "(\(sql(&arguments)))" } else { sql(&arguments) }
    }
}

extension RunFilter.Comparison {
    fileprivate func sql(_ arguments: inout StatementArguments) -> String {
        if case .dataset(let attribute) = field { return dataset(attribute, &arguments) }
        return condition(field.value(&arguments), &arguments)
    }

    /// A run reads several datasets; one that fits is enough.
    private func dataset(
        _ attribute: DatasetAttribute,
        _ arguments: inout StatementArguments
    ) -> String {
        let column =
            switch attribute {
            case .name: "datasets.name"
            case .digest: "datasets.digest"
            case .context: "input_tags.value"
            }
        return """
            EXISTS (SELECT 1 FROM inputs JOIN datasets ON source_id = dataset_uuid
                LEFT JOIN input_tags ON input_tags.input_uuid = inputs.input_uuid
                    AND input_tags.name = 'mlflow.data.context'
                WHERE destination_type = 'RUN' AND destination_id = runs.run_uuid
                    AND \(condition(column, &arguments)))
            """
    }

    private func condition(_ value: String, _ arguments: inout StatementArguments) -> String {
        let marks = databaseQuestionMarks(count: values.count)
        if sign != .like { for value in values { arguments += value.argument } }
        switch sign {
        case .isNull, .isNotNull: return "\(value) \(sign.rawValue)"
        case .isIn, .isNotIn: return "\(value) \(sign.rawValue) (\(marks))"
        case .like:
            // SQLite's LIKE passes over upper and lower case; GLOB does not.
            for value in values { arguments += value.pattern }
            return "\(value) GLOB ?"
        case .caselessLike: return "\(value) LIKE ?"
        case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual:
            return "\(value) \(sign.rawValue) ?"
        }
    }
}

extension RunField {
    /// The value as an expression on a row of `runs`; NULL where the run has none.
    func value(_ arguments: inout StatementArguments) -> String {
        switch self {
        case .metric(let key):
            arguments += [key]
            return """
                (SELECT CASE WHEN is_nan THEN NULL ELSE value END FROM latest_metrics
                    WHERE latest_metrics.run_uuid = runs.run_uuid AND "key" = ?)
                """
        case .param(let key):
            arguments += [key]
            return """
                (SELECT value FROM params WHERE params.run_uuid = runs.run_uuid AND "key" = ?)
                """
        case .tag(let key):
            arguments += [key]
            return """
                (SELECT value FROM tags WHERE tags.run_uuid = runs.run_uuid AND "key" = ?)
                """
        case .attribute(let attribute):
            switch attribute {
            case .id: return "runs.run_uuid"
            case .name: return "runs.name"
            case .status: return "runs.status"
            case .user: return "runs.user_id"
            case .start: return "runs.start_time"
            case .end: return "runs.end_time"
            case .artifactURI: return "runs.artifact_uri"
            }
        case .dataset: return "NULL"
        }
    }
}

extension RunFilter.Value {
    fileprivate var argument: StatementArguments {
        switch self {
        case .number(let number): [number]
        case .text(let text): [text]
        }
    }

    /// The pattern of `LIKE` in the signs of `GLOB`.
    fileprivate var pattern: StatementArguments {
        guard case .text(let text) = self else { return argument }
        var glob = ""
        for character in text {
            switch character {
            case "%": glob += "*"
            case "_": glob += "?"
            case "*", "?", "[": glob += "[\(character)]"
            default: glob.append(character)
            }
        }
        return [glob]
    }
}
