public import Campaign
public import ChurnModel
public import Evaluation
private import Files
private import Output
public import Schema
public import Tabular
private import Training

/// Reads the customers among whom a campaign chooses, in one pass over a file.
public struct CampaignReader: Sendable {
    /// What the campaign chooses by; its columns are read.
    public let terms: CampaignTerms
    /// What the file's columns mean: who customers are, and how amounts are written.
    public let schema: Schema
    /// How many blocks of rows are read at once; the result does not depend on it.
    public let threads: Int

    /// Creates a reader.
    public init(_ terms: CampaignTerms, schema: Schema, threads: Int) {
        self.terms = terms
        self.schema = schema
        self.threads = threads
    }

    /// Customers of a file, and what is known of how it was read.
    public struct Read: Sendable {
        /// The customers.
        public var customers: CampaignCustomers
        /// The row of each customer in the file, from 0; in the data, where that was read beside a file of scores.
        ///
        /// ``noRow`` where the data has none. Shape [customers].
        public var rows: [UInt32]
        /// The column that names customers.
        public var identifier: String
        /// The column that holds customers' values; nil where all are worth the same.
        public var value: String?
        /// Rows of the file.
        public var rowCount: Int
        /// Rows that break the schema.
        public var rejected: Int
        /// The first of these rows' problems.
        public var firstProblem: String?
        /// What a person should know of how the file was read.
        public var remarks: [String]
        /// What dates were counted back from; nil where there are none.
        public var asOf: AsOf?
        /// SHA-256 of the file.
        public var digest: String
        /// The data that was read beside a file of scores; nil where there was none.
        public var beside: CustomersBeside?

        /// Stands for the row of a customer who is not in the data.
        public static let noRow = UInt32.max
    }

    /// Reads customers that come with their probabilities.
    ///
    /// The columns are `identifier`, or the schema's, and `churn_probability`, as `retain score` writes them; amounts that the
    /// terms have from columns, and `value`, which goes before the terms' own. Amounts that are not there are read from the
    /// data, where that is named.
    ///
    /// - Parameters:
    ///   - path: A CSV file.
    ///   - data: The customers' data; nil where it is not at hand.
    ///   - needsRows: Whether the data is to be read in any case.
    ///   - asOf: From when on dates of the data are counted back, by its header.
    ///   - encoding: How its characters are written; nil finds out.
    /// - Returns: The customers, in the order of the file.
    /// - Throws: `CampaignError` where a column is missing or a row has no number; `FileError`, `CSVError`.
    /// - Complexity: O(bytes).
    public func scored(
        _ path: String,
        beside data: String? = nil,
        needsRows: Bool = false,
        asOf: @escaping ([String]) -> AsOf? = { _ in nil },
        encoding: TextEncoding? = nil
    ) throws -> Read {
        let reader = try CSVReader(path, encoding: encoding)
        let header = reader.header
        let names = ["identifier", schema.identifier, "customer"].compactMap(\.self)
        guard let identifier = names.first(where: header.contains) else {
            throw CampaignError(
                .badData,
                "\(path): there is no column \"identifier\", so customers can't be named; write one, as retain score does"
            )
        }
        guard let probability = header.firstIndex(of: "churn_probability") else {
            throw CampaignError(
                .badData,
                "\(path): there is no column \"churn_probability\"; write one, as retain score does, or leave out --scored"
            )
        }
        var terms = terms
        if header.contains("value") {
            terms.customerValue = CampaignAmount(
                column: "value",
                typical: terms.customerValue.typical
            )
        }
        // Without the data all columns must be in the file itself.
        let missing = data == nil ? [] : terms.columns.filter { !header.contains($0) }
        let amounts = try AmountColumns(
            terms,
            names: terms.columns.filter { !missing.contains($0) },
            schema: schema,
            header: header,
            decimalComma: reader.dialect.decimalComma,
            path: path,
            fix:
                "add the column to the file, or name the data, too, from which it is read then: MODEL DATA --scored FILE"
        )
        var beside: ((IdentifierIndex, Int) throws -> CustomersBeside)?
        if let data, needsRows || !missing.isEmpty {
            beside = { index, count in
                try CustomersBeside(
                    data,
                    of: index,
                    count: count,
                    scores: path,
                    reader: self,
                    terms: terms,
                    columns: missing,
                    asOf: asOf,
                    encoding: encoding
                )
            }
        }
        return try read(reader, path, identifier, terms, amounts, asOf: nil, beside: beside) {
            batch,
            customers in
            let (values, _) = batch.numbers(
                column: probability,
                decimalComma: amounts.decimalComma
            )
            let malformed = Set(batch.malformed.map(\.row))
            let rows = (0 ..< batch.rowCount).filter { !malformed.contains($0) }
            customers.probabilities = rows.map { row in
                if !(values[row] >= 0 && values[row] <= 1) {
                    customers.faults.add(
                        "churn_probability",
                        .noProbability,
                        line: batch.line(row: row),
                        value: batch.text(row: row, column: probability)
                    )
                }
                return Float(values[row])
            }
            customers.take(batch, rows, amounts)
            customers.rejected = malformed.count
            customers.firstProblem = batch.malformed.first.map {
                "line \(batch.line(row: $0.row)): the row has another number of fields than the header"
            }
        }
    }

    /// Reads customers and scores them on the way; rows that break the model's schema are counted and left out.
    ///
    /// - Parameters:
    ///   - path: A CSV file.
    ///   - model: Scores them.
    ///   - given: What dates are counted back from; nil for the file's reference column, or the present day.
    ///   - encoding: How the file's characters are written; nil finds out.
    ///   - onProgress: Called with the rows so far.
    /// - Returns: The customers, in the order of the file.
    /// - Throws: `CampaignError` where a column is missing or a row has no number; `FileError`, `CSVError`, `ColumnMismatch`.
    /// - Complexity: O(rows · parameters).
    public func scoring(
        _ path: String,
        by model: ChurnModel,
        asOf given: Day? = nil,
        encoding: TextEncoding? = nil,
        onProgress: (Int) -> Void = { _ in }
    ) throws -> Read {
        let reader = try CSVReader(path, encoding: encoding)
        guard let identifier = schema.identifier else {
            throw CampaignError(
                .badData,
                "no column names the customers of \(path); give one of them role: identifier in retain.yaml, and name it there"
                    + " under identifier:"
            )
        }
        guard reader.header.contains(identifier) else {
            throw CampaignError(
                .badData,
                "\(path): the column \"\(identifier)\", which names customers, is not there; it has "
                    + reader.header.prefix(8).joined(separator: ", ")
                    + (reader.header.count > 8 ? " and \(reader.header.count - 8) more" : "")
            )
        }
        let asOf = model.schema.asOf(scoring: reader.header, given: given)
        let decoder = try SchemaDecoder(
            model.schema,
            header: reader.header,
            needsTarget: false,
            decimalComma: reader.dialect.decimalComma,
            asOf: asOf
        )
        let amounts = try AmountColumns(
            terms,
            schema: schema,
            header: reader.header,
            decimalComma: reader.dialect.decimalComma,
            path: path,
            fix: "correct the name under costs: in retain.yaml, or add the column"
        )
        return try read(
            reader,
            path,
            identifier,
            terms,
            amounts,
            asOf: asOf,
            onProgress: onProgress
        ) {
            batch,
            customers in
            let decoded = decoder.decode(batch)
            customers.probabilities = try model.predict(decoded.table)
            customers.take(batch, decoded.acceptedRows, amounts)
            customers.rejected = decoded.rejectedRows.count
            customers.firstProblem = decoded.violations.first?.description
        }
    }

    /// Reads batch by batch; `transform` fills in all but identifiers.
    private func read(
        _ start: consuming CSVReader,
        _ path: String,
        _ identifier: String,
        _ terms: CampaignTerms,
        _ columns: AmountColumns,
        asOf: AsOf?,
        beside: ((IdentifierIndex, Int) throws -> CustomersBeside)? = nil,
        onProgress: (Int) -> Void = { _ in },
        _ transform: @escaping @Sendable (RecordBatch, inout CustomerBatch) throws -> Void
    ) throws -> Read {
        var reader = start
        let column = reader.header.firstIndex(of: identifier) ?? 0
        let names = columns.columns.map(\.name)
        var all = CustomerBatch(amounts: names.count)
        try reader.forEachBatch(threads: threads) { batch in
            var customers = CustomerBatch(amounts: names.count)
            try transform(batch, &customers)
            customers.rowCount = batch.rowCount
            for row in customers.rows {
                let isEmpty = customers.identifiers.append {
                    batch.append(row: Int(row), column: column, to: &$0)
                }
                if isEmpty {
                    customers.faults.add(
                        identifier,
                        .noIdentifier,
                        line: batch.line(row: Int(row)),
                        value: ""
                    )
                }
            }
            return customers
        } consume: {
            all.append($0)
            onProgress(all.rowCount)
        }
        if let problem = all.faults.sentence(path) { throw CampaignError(.badData, problem) }
        guard all.rows.count > 0 else {
            throw CampaignError(
                .badData,
                "\(path): it has no customer whom a campaign could choose"
                    + (all.firstProblem.map {
                        "; the first of \(all.rejected) rejected rows: \($0)"
                    } ?? "")
            )
        }
        let index = IdentifierIndex(all.identifiers)
        if let repeated = index.repeated {
            throw CampaignError(
                .badData,
                "\(path): the identifier \"\(all.identifiers.text(repeated.first))\" (column \"\(identifier)\") stands in row"
                    + " \(all.rows[repeated.first] + 1) and again in row \(all.rows[repeated.second] + 1)"
                    + (repeated.count > 1 ? "; \(repeated.count) rows repeat an earlier one" : "")
                    + "; keep one row for each customer"
            )
        }
        let joined = try beside?(index, all.identifiers.count)
        var amounts = joined?.amounts ?? [:]
        for (place, name) in names.enumerated() { amounts[name] = all.amounts[place] }
        return Read(
            customers: CampaignCustomers(
                terms,
                identifiers: all.identifiers,
                probabilities: all.probabilities,
                amounts: amounts
            ),
            rows: joined?.rows ?? all.rows,
            identifier: identifier,
            value: terms.customerValue.column,
            rowCount: all.rowCount,
            rejected: all.rejected,
            firstProblem: all.firstProblem,
            remarks: reader.remarks,
            asOf: asOf ?? joined?.asOf,
            digest: try fileDigest(path),
            beside: joined
        )
    }
}
