import ChurnModel
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Serving
import TestSupport
import Testing

/// With certificates that openssl makes.
@Suite struct CertificateTests {
    private let folder: TemporaryFolder
    private let files: (certificate: String, key: String)

    init() throws {
        folder = try TemporaryFolder()
        files = (folder.path + "/certificate.pem", folder.path + "/key.pem")
        try make()
    }

    private func make() throws {
        let openssl = Process()
        openssl.executableURL = URL(filePath: "/usr/bin/env")
        openssl.arguments = [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes",
            "-days", "2", "-subj", "/CN=localhost", "-keyout", files.key, "-out", files.certificate,
        ]
        openssl.standardError = FileHandle.nullDevice
        try openssl.run()
        openssl.waitUntilExit()
        try #require(openssl.terminationStatus == 0)
    }

    private var certificate: CertificateFiles {
        CertificateFiles(certificate: files.certificate, key: files.key)
    }

    @Test func `answers are the same`() async throws {
        let fixture = try ServiceFixture(certificate: certificate)
        let customer = fixture.bank.objects[0]
        let expected = try fixture.bank.saved.model.predict(fixture.bank.table)[0]
        try await fixture.service.application(host: "127.0.0.1", port: 0).test(.ahc(.https)) {
            client in
            for type in ["application/json", "application/json; charset=utf-8"] {
                let answer = try await client.execute(
                    uri: "/predict",
                    method: .post,
                    headers: [.contentType: type],
                    body: ByteBuffer(string: customer)
                )
                #expect(try answer.member("churn_probability").flatMap(Float.init) == expected)
                #expect(answer.headers[.strictTransportSecurity] != nil)
            }
        }
    }

    @Test func `a renewed certificate is taken, a broken one is not`() throws {
        let slot = try CertificateSlot(certificate)
        let first = slot.current
        #expect(try !slot.refresh() && slot.current === first)
        try make()
        try touch(1)
        #expect(try slot.refresh())
        let second = slot.current
        #expect(second !== first)
        try "rubbish".write(toFile: files.certificate, atomically: true, encoding: .utf8)
        try touch(2)
        #expect(throws: CertificateError.self) { try slot.refresh() }
        #expect(slot.current === second)
        // Told once.
        #expect(try !slot.refresh())
        try make()
        try touch(3)
        #expect(try slot.refresh() && slot.current !== second)
    }

    /// Times of files are coarse on some systems.
    private func touch(_ number: Int) throws {
        let date = Date.now.addingTimeInterval(Double(10 * number))
        for path in [files.certificate, files.key] {
            try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
        }
    }

    @Test func `files that are none are refused with their names`() throws {
        let absent = CertificateFiles(certificate: files.certificate + "x", key: files.key)
        let swapped = CertificateFiles(certificate: files.key, key: files.certificate)
        for files in [absent, swapped] {
            let error = #expect(throws: CertificateError.self) { try CertificateSlot(files) }
            #expect(error?.description.contains(".pem") == true)
        }
    }
}
