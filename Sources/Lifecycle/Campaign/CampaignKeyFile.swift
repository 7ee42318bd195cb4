public import Campaign
private import Files
private import Output

/// Where the key that draws a campaign's lots is kept: a file of 64 hexadecimal digits that its owner alone may read.
public struct CampaignKeyFile: Equatable, Sendable {
    /// Where it is.
    public let path: String
    /// Whether a missing one is made.
    public let isMade: Bool

    /// The file that is named, or the one beside a database, which is made once.
    public init(given: String?, database: String) {
        path = given ?? database + ".key"
        isMade = given == nil
    }

    /// Reads the key; makes it first where that is to be done.
    ///
    /// - Returns: The key, and what a person should know; nil for nothing.
    /// - Throws: `FileError`; `CampaignError` where the file holds no key.
    public func key() throws -> (key: CampaignKey, remark: String?) {
        var remark: String?
        if isMade {
            let key = CampaignKey.make()
            if try SecretFile.create(path, Array((hexadecimal(key.bytes) + "\n").utf8)) {
                return (
                    key,
                    "Made the key \(path), which draws who is held out: keep it, and keep it to yourself."
                )
            }
        }
        let text = String(decoding: try BlockReader.contents(of: path), as: UTF8.self)
        guard let bytes = bytes(hexadecimal: text.filter { !$0.isWhitespace }), bytes.count == 32
        else {
            throw CampaignError(
                .badData,
                "\(path): it holds no key, which is 64 hexadecimal digits; make one with: openssl rand -hex 32 > \(path)"
            )
        }
        if SecretFile.isOpenToOthers(path) {
            remark = "Others may read the key \(path); take that right away: chmod 600 \(path)"
        }
        return (CampaignKey(bytes), remark)
    }
}
