import SUDPCrypto
import Testing

@Suite struct SHA256Tests {
    private func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// FIPS 180-4 examples.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `digests are those of the standard`(text: String, expected: String) {
        let digest = Array(text.utf8).withUnsafeBytes { SHA256.digest(of: $0) }
        #expect(hexadecimal(digest) == expected)
    }

    @Test(arguments: [0, 1, 63, 64, 65, 999, 1000])
    func `pieces give the digest of the whole`(split: Int) {
        let bytes = (0..<1000).map { UInt8(truncatingIfNeeded: $0 * 7) }
        var hash = SHA256()
        hash.update(Array(bytes[..<split]))
        hash.update(Array(bytes[split...]))
        #expect(hash.finalize() == bytes.withUnsafeBytes { SHA256.digest(of: $0) })
    }
}
