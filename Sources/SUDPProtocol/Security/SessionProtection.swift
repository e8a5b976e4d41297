internal import SUDPCrypto

/// What protects DATA packets: keys, or a checksum in plaintext mode.
struct SessionProtection {
    /// Nil in plaintext mode.
    var keys: SecureKeys?

    static var plaintext: SessionProtection { SessionProtection(keys: nil) }
    static let checksumByteCount = 4

    /// The bytes behind the payload.
    var trailerByteCount: Int {
        keys == nil ? Self.checksumByteCount : PacketProtection.tagByteCount
    }

    mutating func sealTrain(
        _ train: UnsafeMutableRawBufferPointer, segmentByteCount: Int, firstPacketNumber: UInt64
    ) -> Bool {
        guard keys == nil else {
            return keys?.sealTrain(
                train, segmentByteCount: segmentByteCount, firstPacketNumber: firstPacketNumber)
                ?? false
        }
        for start in stride(from: 0, to: train.count, by: max(segmentByteCount, 1)) {
            let end = min(start + segmentByteCount, train.count)
            Self.writeChecksum(UnsafeMutableRawBufferPointer(rebasing: train[start..<end]))
        }
        return true
    }

    private static func writeChecksum(_ packet: UnsafeMutableRawBufferPointer) {
        guard packet.count >= checksumByteCount else { return }
        let covered = packet.count - checksumByteCount
        let sum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: packet[..<covered]))
        packet.storeBytes(of: sum.bigEndian, toByteOffset: covered, as: UInt32.self)
    }

    func unmask(_ train: UnsafeMutableRawBufferPointer, segmentByteCount: Int) {
        keys?.unmask(train, segmentByteCount: segmentByteCount)
    }

    mutating func open(
        _ packet: UnsafeMutableRawBufferPointer, packetNumber: UInt64, keyPhase: UInt8, now: Instant
    ) -> SecureKeys.OpenResult {
        guard keys == nil else {
            return keys?.open(packet, packetNumber: packetNumber, keyPhase: keyPhase, now: now)
                ?? .forged
        }
        return Self.hasRightChecksum(packet) ? .opened : .forged
    }

    private static func hasRightChecksum(_ packet: UnsafeMutableRawBufferPointer) -> Bool {
        guard packet.count >= ShortHeader.byteCount + checksumByteCount else { return false }
        let covered = packet.count - checksumByteCount
        let sum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: packet[..<covered]))
        return packet.loadUnaligned(fromByteOffset: covered, as: UInt32.self) == sum.bigEndian
    }
}
