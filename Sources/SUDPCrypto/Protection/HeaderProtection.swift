internal import COpenSSL

/// Header masks of one direction by AES-256-ECB over ciphertext samples (RFC 9001 §5.4).
///
/// An instance belongs to one thread at a time.
public final class HeaderProtection {
    private let context: OpaquePointer

    /// Derives the header key from a traffic secret by the label `sudp hp`.
    public init(secret: Secret) {
        context = LibCrypto.makeContext(.aes256ECB, key: HKDF.expandLabel(secret, "sudp hp"))
        EVP_CIPHER_CTX_set_padding(context, 0)
    }

    deinit {
        EVP_CIPHER_CTX_free(context)
    }

    /// Hides or reveals the headers of packets that lie end to end, each `segmentByteCount` long,
    /// the last maybe shorter; applied twice it changes nothing.
    ///
    /// The sample is the 16 bytes after the 4-byte packet number at `packetNumberOffset`. The mask
    /// changes the low 5 bits of the first byte and the packet number. A packet that ends before
    /// its sample does is left alone.
    public func apply(
        _ train: UnsafeMutableRawBufferPointer, segmentByteCount: Int, packetNumberOffset: Int
    ) {
        guard segmentByteCount > 0, packetNumberOffset >= 0, packetNumberOffset < train.count,
            let base = train.bindMemory(to: UInt8.self).baseAddress
        else { return }
        let isMasked = sudp_mask_train(
            context, base, train.count, segmentByteCount, packetNumberOffset)
        precondition(isMasked == 1, "libcrypto refused AES-ECB")
    }
}
