import SUDPCrypto
import Testing

@Suite struct RandomBitGeneratorTests {
    private func generator(_ byte: UInt8) throws -> RandomBitGenerator {
        RandomBitGenerator(seed: try #require(Secret([UInt8](repeating: byte, count: 32))))
    }

    // Both blocks occur as E(K, 0) and E(K, 1) in GCM's test cases 13 and 14.
    @Test func `the stream is AES-256-CTR of the seed`() throws {
        var generator = try generator(0)
        #expect(
            generator.bytes(32)
                == bytes("dc95c078a2408989ad48a21492842087530f8afbc74536b9a963b4f1c4cb738b"))
    }

    @Test func `the same seed gives the same stream and another seed another`() throws {
        var left = try generator(1)
        var right = try generator(1)
        var other = try generator(2)
        let words = (0..<1000).map { _ in left.next() }
        #expect(words == (0..<1000).map { _ in right.next() })
        #expect(words != (0..<1000).map { _ in other.next() })
        #expect(Set(words).count == 1000)
    }

    @Test(arguments: [-1, 0, 1, 7, 8, 9, 511, 512, 513, 5000])
    func `any count of bytes can be had`(_ count: Int) throws {
        var generator = try generator(1)
        #expect(generator.bytes(count).count == max(0, count))
    }

    @Test(arguments: [1, 2, 3, 7, 1 << 32, (1 << 63) + 1, UInt64.max] as [UInt64])
    func `numbers stay below their bound`(_ bound: UInt64) throws {
        var generator = try generator(1)
        #expect((0..<2000).allSatisfy { _ in generator.next(upperBound: bound) < bound })
    }

    @Test func `numbers below a bound are evenly spread`() throws {
        var generator = try generator(5)
        var counts = [Int](repeating: 0, count: 6)
        for _ in 0..<60_000 {
            counts[Int(generator.next(upperBound: 6))] += 1
        }
        #expect(counts.allSatisfy { abs($0 - 10_000) < 500 })
    }
}
