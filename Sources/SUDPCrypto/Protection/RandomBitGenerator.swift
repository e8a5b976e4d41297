/// A deterministic, cryptographically strong stream of bits: the AES-256-CTR keystream of a seed.
///
/// Copies share one position in the stream.
public struct RandomBitGenerator: RandomNumberGenerator {
    private let keystream: Keystream

    /// Starts the stream that belongs to `seed`.
    public init(seed: Secret) {
        keystream = Keystream(seed: seed)
    }

    /// The next 64 bits.
    public mutating func next() -> UInt64 {
        keystream.next()
    }

    /// A uniform number below `upperBound`, which must not be zero.
    public mutating func next(upperBound: UInt64) -> UInt64 {
        precondition(upperBound > 0, "there is no number below zero")
        var product = next().multipliedFullWidth(by: upperBound)
        let threshold = (0 &- upperBound) % upperBound
        while product.low < threshold {
            product = next().multipliedFullWidth(by: upperBound)
        }
        return product.high
    }

    /// The next `count` bytes; empty when `count` is not positive.
    public mutating func bytes(_ count: Int) -> [UInt8] {
        guard count > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initializedCount in
            for offset in stride(from: 0, to: count, by: 8) {
                var word = keystream.next().littleEndian
                for index in offset..<min(offset + 8, count) {
                    buffer.initializeElement(at: index, to: UInt8(truncatingIfNeeded: word))
                    word >>= 8
                }
            }
            initializedCount = count
        }
    }
}
