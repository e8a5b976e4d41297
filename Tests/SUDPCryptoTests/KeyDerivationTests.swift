import SUDPCrypto
import Testing

@Suite struct KeyDerivationTests {
    struct Vector: Sendable {
        let inputKeyMaterial: [UInt8]
        let salt: [UInt8]
        let info: [UInt8]
        let extracted: [UInt8]
        let output: [UInt8]
    }

    // RFC 5869 appendix A.1 to A.3.
    static let vectors = [
        Vector(
            inputKeyMaterial: [UInt8](repeating: 0x0b, count: 22), salt: [UInt8](0...0x0c),
            info: [UInt8](0xf0...0xf9),
            extracted: bytes("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"),
            output: bytes(
                """
                3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf
                34007208d5b887185865
                """)),
        Vector(
            inputKeyMaterial: [UInt8](0...0x4f), salt: [UInt8](0x60...0xaf),
            info: [UInt8](0xb0...0xff),
            extracted: bytes("06a6b88c5853361a06104c9ceb35b45cef760014904671014a193f40c15fc244"),
            output: bytes(
                """
                b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c
                59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71
                cc30c58179ec3e87c14c01d5c1f3434f1d87
                """)),
        Vector(
            inputKeyMaterial: [UInt8](repeating: 0x0b, count: 22), salt: [], info: [],
            extracted: bytes("19ef24a32c717b167f33a91d6f648bdf96596776afdb6377ac434c1c293ccb04"),
            output: bytes(
                """
                8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d
                9d201395faa4b61a96c8
                """)),
    ]

    static let counting = Secret([UInt8](0..<32))

    @Test(arguments: vectors)
    func `HKDF agrees with RFC 5869`(_ vector: Vector) {
        let secret = HKDF.extract(salt: vector.salt, inputKeyMaterial: vector.inputKeyMaterial)
        #expect(secret.bytes == vector.extracted)
        #expect(
            HKDF.expand(secret, info: vector.info, count: vector.output.count) == vector.output)
    }

    @Test(arguments: [
        ("c ap", "2aa3b63f82c64ba5bd6cb3604411fc767cc939f1c161aabec24c458304e05009"),
        ("sudp key", "aee6330db18ddc8a7214904994260b40ae726c7d56a26a290ce27e56596f005d"),
        ("sudp iv", "9c36f319e47e9d0fd4a0a801"),
        ("sudp hp", "82348fdc6d3d54a3c3d890dfa4bb5baa214501b3eb8af72a54e07a546f689417"),
        ("sudp ku", "2577b83e34d01d9b90fc67be25e3c6b88653d0b64b52feb1792f21bfbae86ec5"),
    ])
    func `labels expand to their known answers`(_ label: String, _ answer: String) throws {
        let secret = try #require(Self.counting)
        let expected = bytes(answer)
        #expect(HKDF.expandLabel(secret, label, count: expected.count) == expected)
        if expected.count == Secret.byteCount {
            #expect(HKDF.expandLabel(secret, label).bytes == expected)
        }
    }

    // RFC 9001 appendix A.1.
    @Test func `the label form agrees with QUIC's initial secrets`() {
        let initial = HKDF.extract(
            salt: bytes("38762cf7f55934b34d179ae6a4c80cadccbb7f0a"),
            inputKeyMaterial: bytes("8394c8f03e515708"))
        let client = HKDF.expandLabel(initial, "client in")
        #expect(
            client.bytes
                == bytes("c00cf151ca5be075ed0ebfb5c80323c42d6b7db67881289af4008f1f6c357aea"))
        #expect(
            HKDF.expandLabel(client, "quic key", count: 16)
                == bytes("1f369613dd76d5467730efcbe3b1a22d"))
    }

    @Test(arguments: [Int.min, -1, 0, 8161, 65_536, Int.max])
    func `an impossible count expands to nothing`(_ count: Int) throws {
        let secret = try #require(Self.counting)
        #expect(HKDF.expand(secret, info: [], count: count).isEmpty)
        #expect(HKDF.expandLabel(secret, "x", count: count).isEmpty)
    }

    @Test func `the longest expansion begins as every shorter one`() throws {
        let secret = try #require(Self.counting)
        let longest = HKDF.expand(secret, info: [1], count: 8160)
        #expect(longest.count == 8160)
        for count in [1, 31, 32, 33, 64, 8159] {
            #expect(
                HKDF.expand(secret, info: [1], count: count).elementsEqual(longest.prefix(count)))
        }
    }

    @Test func `a label longer than its length byte can say expands to nothing`() throws {
        let secret = try #require(Self.counting)
        let label = String(repeating: "l", count: 249)
        #expect(HKDF.expandLabel(secret, label, count: 8).count == 8)
        #expect(HKDF.expandLabel(secret, label + "l", count: 8).isEmpty)
    }

    // RFC 4231 §4.2 and §4.3; HMAC pads a short key with zeros itself.
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            [UInt8]("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
    ])
    func `HMAC agrees with RFC 4231`(_ key: [UInt8], _ message: String, _ code: String) throws {
        let padded = key + [UInt8](repeating: 0, count: 32 - key.count)
        let secret = try #require(Secret(padded))
        #expect(HMACSHA256.authenticate([UInt8](message.utf8), key: secret) == bytes(code))
    }
}
