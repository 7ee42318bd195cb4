import Campaign
public import ChurnModel
public import Evaluation
public import Schema
public import Tabular

/// Where a campaign's customers come from: raw rows that a model scores, or a file of scores.
public struct CampaignSource: Sendable {
    /// The model.
    public let saved: SavedModel
    /// What the campaign chooses by.
    public let terms: CampaignTerms
    private let schema: Schema
    let threads: Int
    let encoding: TextEncoding?

    /// Creates a source.
    public init(
        saved: SavedModel,
        schema: Schema,
        terms: CampaignTerms,
        threads: Int,
        encoding: TextEncoding?
    ) {
        self.saved = saved
        self.schema = schema
        self.terms = terms
        self.threads = threads
        self.encoding = encoding
    }

    /// A file's name without its folder.
    public func name(of path: String) -> String {
        path.split(separator: "/").last.map(String.init) ?? path
    }

    /// Reads the customers.
    ///
    /// - Parameters:
    ///   - data: Raw rows; beside scores they are read where the scores lack amounts, or reasons are told.
    ///   - scored: Scores; nil where the model scores the rows.
    ///   - withReasons: Whether reasons are told afterwards.
    ///   - day: What dates are counted back from.
    ///   - onProgress: Called with the rows scored so far.
    /// - Returns: The customers, in the order of the file.
    /// - Throws: What `CampaignReader` throws.
    public func read(
        data: String?,
        scored: String?,
        withReasons: Bool = false,
        asOf day: Day?,
        onProgress: (Int) -> Void = { _ in }
    ) throws -> CampaignReader.Read {
        let reader = CampaignReader(terms, schema: schema, threads: threads)
        if let scored {
            return try reader.scored(
                scored,
                beside: data,
                needsRows: withReasons,
                asOf: { saved.model.schema.asOf(scoring: $0, given: day) },
                encoding: encoding
            )
        }
        return try reader.scoring(
            data ?? "",
            by: saved.model,
            asOf: day,
            encoding: encoding,
            onProgress: onProgress
        )
    }
}
