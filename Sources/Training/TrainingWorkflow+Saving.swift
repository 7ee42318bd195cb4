public import ChurnModel
private import FoundationEssentials
private import Reports

extension TrainingWorkflow.Result {
    /// The model card, Markdown.
    var card: String {
        if let imported = record.imported {
            return
                "# Model card\n\nTaken over from \(imported), which was trained elsewhere: there is no held-out judgement;"
                + " `retain evaluate` judges it on customers it has not seen.\n"
        }
        return record.test.map { ModelCard(ReportContent(model, record, $0)).markdown }
            ?? "# Model card\n\nTrained on every row: there is no held-out judgement.\n"
    }

    /// The files of the model's folder.
    ///
    /// - Throws: `EncodingError` where a number is not finite.
    func files() throws -> [ModelFile] {
        try ModelFolder.files(
            model,
            metrics: record,
            card: card,
            reference: reference,
            references: references
        )
    }

    /// Writes the model folder, whole or not at all; an earlier model of that name is replaced.
    ///
    /// - Throws: `FileError` where the folder can't be written.
    public func save(to path: String) throws {
        try ModelFolder.save(
            model,
            metrics: record,
            card: card,
            reference: reference,
            references: references,
            to: path
        )
    }
}

extension SavedModel {
    /// How the model came to be, from `metrics.json`.
    ///
    /// - Throws: `DecodingError` where the file is of another version.
    public func record() throws -> TrainingRecord {
        try JSONDecoder().decode(TrainingRecord.self, from: Data(metrics))
    }
}

extension CustomerData {
    /// The rows that training held out, where these are the rows it was trained on; else nil.
    ///
    /// - Parameters:
    ///   - record: How the model came to be.
    ///   - treated: Who is not judged on; nil where that was not asked.
    /// - Returns: The rows in the order of the file.
    public func heldOut(
        of record: TrainingRecord,
        leavingOut treated: TreatedCustomers? = nil
    ) -> Self? {
        guard record.settings.testShare > 0 else { return nil }
        return heldOutRows(of: record).map { rows in
            selecting(rows.filter { treated?.isTreated[$0] != true })
        }
    }

    /// The places of the rows that training held out, ascending, where these are the rows it was trained
    /// on; else nil.
    ///
    /// - Complexity: O(rows).
    public func heldOutRows(of record: TrainingRecord) -> [Int]? {
        guard let digest else { return nil }
        guard digest == record.data.digest else {
            // All rows of a file beside it were learned from.
            return record.data.beside?.contains { $0.digest == digest } == true ? [] : nil
        }
        return StratifiedSplit(
            labels: labels,
            share: record.settings.testShare,
            seed: record.seed,
            purpose: .test
        ).heldOut
    }
}
