import Files
import OpenAPI
public import Output

/// The keys that a service knows.
public struct APIKeys: Equatable, Sendable {
    private let keys: [APIKey]

    /// Gathers keys.
    public init(_ keys: [APIKey]) { self.keys = keys }

    /// Reads a key file: a line `NAME SCOPES SHA256 [RATE]` for each key, scopes with commas between; `#` begins a
    /// comment.
    ///
    /// - Parameters:
    ///   - text: Content of the file.
    ///   - path: Names the file in errors.
    /// - Throws: `KeyFileError` for the first line that is none, and where there is no key at all.
    public init(_ text: String, path: String) throws(KeyFileError) {
        var keys: [APIKey] = []
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
            .enumerated()
        {
            let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace).map(
                String.init
            )
            if words.isEmpty { continue }
            do throws(KeyProblem) {
                let key = try Self.key(words)
                guard !keys.contains(where: { $0.name == key.name }) else {
                    throw KeyProblem("the name \(key.name) is there twice; rename one of them")
                }
                keys.append(key)
            } catch {
                throw KeyFileError(path: path, line: number + 1, problem: error.text)
            }
        }
        guard !keys.isEmpty else {
            throw KeyFileError(
                path: path,
                line: nil,
                problem: "there is no key; `retain key` makes one"
            )
        }
        self.keys = keys
    }

    /// The key with this secret.
    ///
    /// Takes the same time whichever key it is and however much of the secret is right.
    func key(for secret: some StringProtocol) -> APIKey? {
        let digest = APIKey.digest(of: secret)
        var found: APIKey?
        for key in keys {
            var difference: UInt8 = 0
            for (one, other) in zip(key.digest, digest) { difference |= one ^ other }
            if difference == 0 { found = key }
        }
        return found
    }

    /// The key of this name.
    func key(named name: String) -> APIKey? { keys.first { $0.name == name } }

    private struct KeyProblem: Error {
        let text: String
        init(_ text: String) { self.text = text }
    }

    private static func key(_ words: [String]) throws(KeyProblem) -> APIKey {
        guard words.count == 3 || words.count == 4 else {
            throw KeyProblem("a key is written NAME SCOPES SHA256 [RATE]")
        }
        var scopes: Set<AccessScope> = []
        for word in words[1].split(separator: ",") {
            guard let scope = AccessScope(rawValue: String(word)) else {
                let known = AccessScope.allCases.map(\.rawValue).joined(separator: ", ")
                throw KeyProblem("\(word) is no scope; use \(known)")
            }
            scopes.insert(scope)
        }
        guard let digest = bytes(hexadecimal: words[2]), digest.count == 32, !scopes.isEmpty else {
            throw KeyProblem("the third word must be a SHA-256 in 64 hexadecimal digits")
        }
        let rate = words.count == 4 ? Double(words[3]) : nil
        guard words.count == 3 || rate.map({ $0 > 0 && $0.isFinite }) == true else {
            throw KeyProblem("\(words[3]) is no rate; write requests a second")
        }
        return APIKey(name: words[0], scopes: scopes, rate: rate, digest: digest)
    }
}

/// A key file that can't be read as one.
public struct KeyFileError: RetainError, Equatable {
    let path: String
    let line: Int?
    let problem: String

    /// The call is to blame.
    public var exitStatus: ExitStatus { .usage }

    /// `keys:3: write is no scope; use predict, read, admin`.
    public var description: String { "\(path)\(line.map { ":\($0)" } ?? ""): \(problem)" }
}
