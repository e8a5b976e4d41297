import SUDPCrypto
import Testing

@Suite struct SecretTests {
    @Test(arguments: [0, 1, 31, 33, 64])
    func `a secret has 32 bytes`(_ count: Int) {
        #expect(Secret([UInt8](repeating: 0, count: count)) == nil)
    }

    @Test func `secrets are equal when every byte is`() throws {
        let reference = [UInt8](0..<32)
        let secret = try #require(Secret(reference))
        #expect(secret.bytes == reference)
        #expect(Secret(reference) == secret)
        for index in reference.indices {
            var other = reference
            other[index] ^= 0x80
            #expect(Secret(other) != secret)
        }
    }

    @Test func `a secret does not show its bytes`() throws {
        let secret = try #require(Secret([UInt8](repeating: 77, count: 32)))
        var text = "\(secret) \(String(reflecting: secret))"
        dump(secret, to: &text)
        #expect(!text.contains("77") && !text.contains("555"))
    }

    @Test func `arrays are equal in constant time only with equal counts`() {
        #expect(ConstantTime.equal([], []))
        #expect(ConstantTime.equal([1, 2], [1, 2]))
        #expect(!ConstantTime.equal([1, 2], [1, 3]))
        #expect(!ConstantTime.equal([1, 2], [1, 2, 3]))
        #expect(!ConstantTime.equal([], [1]))
    }

    @Test func `the system gives another seed each time`() throws {
        #expect(try SystemEntropy.seed() != SystemEntropy.seed())
    }
}
