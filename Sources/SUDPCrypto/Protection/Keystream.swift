internal import COpenSSL

/// The AES-256-CTR keystream of a seed, made in blocks of 64 words; used words are wiped.
final class Keystream {
    private static let wordCount = 64

    private let context: OpaquePointer
    private var words = [UInt64](repeating: 0, count: Keystream.wordCount)
    private var position = Keystream.wordCount

    init(seed: Secret) {
        context = LibCrypto.makeContext(
            .aes256CTR, key: seed, initialVector: [UInt8](repeating: 0, count: 16))
    }

    deinit {
        EVP_CIPHER_CTX_free(context)
    }

    func next() -> UInt64 {
        if position == Self.wordCount {
            refill()
        }
        let word = UInt64(littleEndian: words[position])
        words[position] = 0
        position &+= 1
        return word
    }

    private func refill() {
        let isFilled = words.withUnsafeMutableBytes { buffer in
            let base = buffer.bindMemory(to: UInt8.self).baseAddress
            var written: Int32 = 0
            return EVP_EncryptUpdate(context, base, &written, base, Int32(buffer.count)) == 1
        }
        precondition(isFilled, "libcrypto refused AES-CTR")
        position = 0
    }
}
