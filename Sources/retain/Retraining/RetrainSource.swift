import ArgumentParser

/// Where labelled customers come from.
struct RetrainSource: ParsableArguments {
    @Option(
        help:
            "New labelled customers, a CSV file (default: those whose outcome is in the database)."
    )
    var data: String?

    @Option(help: "Older labelled customers to learn from, too; may be repeated.")
    var with: [String] = []

    @Option(
        help:
            "The database of `retain serve`: a file, or postgres://user@host/database (default: retain.db, where it is there); none reads none."
    )
    var database: String?

    @Option(help: "Also write the database's new labelled customers as a CSV file.")
    var export: String?

    @OptionGroup var encoding: EncodingOption

    func validate() throws {
        guard export == nil || data == nil else {
            throw ValidationError(
                "--export writes what is in the database; leave it out with --data"
            )
        }
        guard data != "-" else {
            throw ValidationError(
                "--data must be a file: by its digest the rows that were held out are known again"
            )
        }
    }
}
