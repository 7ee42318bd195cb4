import Files
import Testing

/// Numbers of NIST's examples for SHA-256 and of RFC 4231 for HMAC.
@Suite struct SHA256Tests {
    @Test(
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
    )
    func `gives the digests of FIPS 180-4's examples`(text: String, digest: String) {
        #expect(SHA256.digest(of: Array(text.utf8)).hexadecimal == digest)
    }

    @Test(arguments: [1, 3, 63, 64, 65, 1_000])
    func `does not depend on the pieces`(size: Int) {
        let bytes = (0 ..< 1_000).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        var hash = SHA256()
        for start in stride(from: 0, to: bytes.count, by: size) {
            hash.update(Array(bytes[start ..< min(start + size, bytes.count)]))
        }
        #expect(hash.finalized() == SHA256.digest(of: bytes))
    }

    @Test(
        arguments: [
            (
                [UInt8](repeating: 0x0b, count: 20), "Hi There",
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xaa, count: 131),
                "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
    )
    func `gives the codes of RFC 4231`(key: [UInt8], text: String, code: String) {
        #expect(SHA256.authenticationCode(of: Array(text.utf8), key: key).hexadecimal == code)
        var codes = AuthenticationCodes(key: key)
        _ = codes.code(of: [1, 2, 3])
        for _ in 0 ..< 2 {
            let again = codes.code(of: Array(text.utf8)).hexadecimal
            #expect(again == code)
        }
    }

    @Test func `reads what it writes, and nothing else`() {
        let all = (UInt8.min ... .max).map(\.self)
        #expect(bytes(hexadecimal: hexadecimal(all)) == all)
        #expect(bytes(hexadecimal: "AbfF") == [0xab, 0xff])
        #expect(bytes(hexadecimal: "") == [])
        for text in ["a", "+f", "0x", "-1", " 0", "１２", "0g"] {
            #expect(bytes(hexadecimal: text) == nil, "\(text)")
        }
    }

    @Test func `writes leading zeros`() { #expect(hexadecimal([0, 1, 0xab, 0xff]) == "0001abff") }
}
