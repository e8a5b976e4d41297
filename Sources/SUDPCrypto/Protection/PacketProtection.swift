internal import CPacketProtection

/// AES-256-GCM of one direction and one key generation; the caller seals a packet number only once.
///
/// The nonce is the IV XOR the 64-bit packet number, the header is the additional data. A context
/// exists from the first use, so an idle generation costs only its keys. An instance belongs to one
/// thread at a time.
public final class PacketProtection {
    /// The length in bytes of the tag that ends every packet.
    public static let tagByteCount = 16

    private static let initialVectorByteCount = 12

    private let key: Secret
    private let initialVector: [UInt8]
    private var cipher: OpaquePointer?

    /// Derives key and IV from a traffic secret by the labels `sudp key` and `sudp iv`.
    public convenience init(secret: Secret) {
        self.init(
            key: HKDF.expandLabel(secret, "sudp key"),
            initialVector: HKDF.expandLabel(
                secret, "sudp iv", count: Self.initialVectorByteCount))
    }

    package init(key: Secret, initialVector: [UInt8]) {
        precondition(initialVector.count == Self.initialVectorByteCount, "a GCM IV has 12 bytes")
        self.key = key
        self.initialVector = initialVector
    }

    deinit { sudp_cipher_free(cipher) }

    /// Encrypts in place a packet made of header, plaintext and 16 spare bytes for the tag.
    ///
    /// False, with the packet untouched, when the header and the tag do not fit.
    public func seal(
        _ packet: UnsafeMutableRawBufferPointer, headerByteCount: Int, packetNumber: UInt64
    ) -> Bool {
        guard let base = bytes(of: packet, headerByteCount: headerByteCount) else { return false }
        return sudp_seal(keyed(), packetNumber, base, headerByteCount, packet.count) == 1
    }

    /// Decrypts in place; the plaintext is then `packet[headerByteCount..<packet.count - 16]`.
    ///
    /// False when the packet is forged, damaged or too short; what lies between header and tag is
    /// then garbage, header and tag are unchanged.
    public func open(
        _ packet: UnsafeMutableRawBufferPointer, headerByteCount: Int, packetNumber: UInt64
    ) -> Bool {
        guard let base = bytes(of: packet, headerByteCount: headerByteCount) else { return false }
        return sudp_open(keyed(), packetNumber, base, headerByteCount, packet.count) == 1
    }

    /// Seals packets that lie end to end, each `segmentByteCount` long, the last maybe shorter,
    /// with consecutive packet numbers.
    ///
    /// False, with the train untouched, when any packet has no room for header and tag or the
    /// packet numbers would run out.
    public func sealTrain(
        _ train: UnsafeMutableRawBufferPointer, segmentByteCount: Int, headerByteCount: Int,
        firstPacketNumber: UInt64
    ) -> Bool {
        guard segmentByteCount > 0, !train.isEmpty else { return false }
        let lastOffset = (train.count &- 1) / segmentByteCount &* segmentByteCount
        let lastIndex = UInt64((train.count &- 1) / segmentByteCount)
        let last = UnsafeMutableRawBufferPointer(rebasing: train[lastOffset...])
        guard bytes(of: last, headerByteCount: headerByteCount) != nil,
            !firstPacketNumber.addingReportingOverflow(lastIndex).overflow,
            let base = bytes(of: train, headerByteCount: headerByteCount)
        else { return false }
        return sudp_seal_train(
            keyed(), firstPacketNumber, base, train.count, segmentByteCount, headerByteCount) == 1
    }

    private func bytes(
        of packet: UnsafeMutableRawBufferPointer, headerByteCount: Int
    ) -> UnsafeMutablePointer<UInt8>? {
        guard headerByteCount >= 0, packet.count &- Self.tagByteCount >= headerByteCount else {
            return nil
        }
        return packet.bindMemory(to: UInt8.self).baseAddress
    }

    private func keyed() -> OpaquePointer {
        if let cipher { return cipher }
        let made = key.withUnsafeBytes { key in
            sudp_cipher_new(key.bindMemory(to: UInt8.self).baseAddress, initialVector)
        }
        guard let made else {
            preconditionFailure("there is no memory for a cipher context or no AES-256")
        }
        cipher = made
        return made
    }
}
