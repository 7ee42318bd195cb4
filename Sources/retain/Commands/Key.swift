public import ArgumentParser
import Files
import FoundationEssentials
public import OpenAPI
import Serving

/// `retain key`: a new key for callers of the service.
struct Key: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Make a key that lets a caller ask `retain serve`.",
        discussion: """
            The key is written to standard output, this once; the file gets only its SHA-256. A running service \
            takes new keys on SIGHUP or POST /admin/reload; removing a key's line and that shuts the caller out.

              retain key crm --scope predict --file keys.txt
              retain key prometheus --scope read --file keys.txt
              retain serve model --host 0.0.0.0 --keys keys.txt
            """
    )

    @Argument(help: "Names the caller in the file.")
    var name: String

    @Option(help: "What it may do; repeat for several: predict, explain, read, admin.")
    var scope: [AccessScope] = [.predict]

    @Option(help: "Requests a second (default: the service's --rate).")
    var rate: Double?

    @Option(help: "File of the keys; the new one is added.")
    var file: String

    func validate() throws {
        guard !name.isEmpty, !name.contains(where: { $0.isWhitespace || $0 == "#" }) else {
            throw ValidationError("the name must be one word without #")
        }
        guard rate.map({ $0 > 0 && $0.isFinite }) ?? true else {
            throw ValidationError("--rate must be above 0")
        }
    }

    func run() throws {
        let (secret, key) = APIKey.make(name: name, scopes: Set(scope), rate: rate)
        let text = FileManager.default.fileExists(atPath: file) ? try KeyFile.text(file) : ""
        let end = text.isEmpty || text.hasSuffix("\n") ? "" : "\n"
        let next = text + end + key.line + "\n"
        // Refuses a name that is there already, and a file that is none of keys.
        _ = try APIKeys(next, path: file)
        try AtomicFile.write(Array(next.utf8), to: file)
        try say(secret)
    }
}

extension AccessScope: ExpressibleByArgument {}
