import Foundation
import SUDPServices
import Testing

@Suite struct CertificateDirectoryTests {
    private func withDirectory(_ body: (CertificateDirectory, URL) throws -> Void) throws {
        let url = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: url) }
        let nested = url.appending(path: "a/b")
        try body(CertificateDirectory(path: nested.path), nested)
    }

    private func names(_ url: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
    }

    @Test func `the directory and those above it are made`() throws {
        try withDirectory { directory, url in
            let generation = try directory.makeServer(
                hosts: ["localhost"], days: 1, replacing: false)
            #expect(!generation.reusedAuthority)
            #expect(
                try names(url) == [
                    "ca-cert.pem", "ca-key.pem", "server-cert.pem", "server-key.pem",
                ])
        }
    }

    @Test func `half an authority issues nothing unless it may be replaced`() throws {
        try withDirectory { directory, url in
            _ = try directory.makeServer(hosts: ["localhost"], days: 1, replacing: false)
            for name in ["ca-key.pem", "server-cert.pem", "server-key.pem"] {
                try FileManager.default.removeItem(at: url.appending(path: name))
            }
            let missing = FileFailure.missing(path: directory.path(of: .authorityKey))
            #expect(throws: missing) {
                try directory.makeServer(hosts: ["localhost"], days: 1, replacing: false)
            }
            let generation = try directory.makeServer(
                hosts: ["localhost"], days: 1, replacing: true)
            #expect(!generation.reusedAuthority)
            #expect(try names(url).filter { $0.hasSuffix(".bak") } == ["ca-cert.pem.bak"])
        }
    }

    @Test func `what fails half-way leaves everything as it was`() throws {
        try withDirectory { directory, url in
            _ = try directory.makeServer(hosts: ["localhost"], days: 1, replacing: false)
            let before = try Data(contentsOf: url.appending(path: "server-cert.pem"))
            let obstacle = url.appending(path: "server-key.pem.bak/x")
            try FileManager.default.createDirectory(
                at: obstacle, withIntermediateDirectories: true)
            #expect(throws: FileFailure.self) {
                try directory.makeServer(hosts: ["localhost"], days: 1, replacing: true)
            }
            #expect(try Data(contentsOf: url.appending(path: "server-cert.pem")) == before)
            #expect(try !names(url).contains("server-cert.pem.bak"))
        }
    }
}
