internal import SUDPCrypto

/// What protects DATA packets: keys, or a checksum in plaintext mode.
enum SessionProtection {
    case secure(SecureKeys)
    case plaintext

    static let checksumByteCount = 4

    /// The bytes behind the payload.
    var trailerByteCount: Int {
        switch self {
        case .secure: PacketProtection.tagByteCount
        case .plaintext: Self.checksumByteCount
        }
    }

    var keyPhase: UInt8 {
        switch self {
        case .secure(let keys): keys.keyPhase
        case .plaintext: 0
        }
    }

    var generation: UInt8 {
        switch self {
        case .secure(let keys): UInt8(truncatingIfNeeded: keys.sealingGeneration)
        case .plaintext: 0
        }
    }

    mutating func sealTrain(
        _ train: UnsafeMutableRawBufferPointer, segmentByteCount: Int, firstPacketNumber: UInt64
    ) -> Bool {
        switch self {
        case .secure(var keys):
            defer { self = .secure(keys) }
            return keys.sealTrain(
                train, segmentByteCount: segmentByteCount, firstPacketNumber: firstPacketNumber)
        case .plaintext:
            for start in stride(from: 0, to: train.count, by: max(segmentByteCount, 1)) {
                let end = min(start + segmentByteCount, train.count)
                Self.writeChecksum(UnsafeMutableRawBufferPointer(rebasing: train[start..<end]))
            }
            return true
        }
    }

    private static func writeChecksum(_ packet: UnsafeMutableRawBufferPointer) {
        guard packet.count >= checksumByteCount else { return }
        let covered = packet.count - checksumByteCount
        let sum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: packet[..<covered]))
        packet.storeBytes(of: sum.bigEndian, toByteOffset: covered, as: UInt32.self)
    }

    func unmask(_ train: UnsafeMutableRawBufferPointer, segmentByteCount: Int) {
        guard case .secure(let keys) = self else { return }
        keys.unmask(train, segmentByteCount: segmentByteCount)
    }

    mutating func open(
        _ packet: UnsafeMutableRawBufferPointer, packetNumber: UInt64, keyPhase: UInt8, now: Instant
    ) -> SecureKeys.OpenResult {
        switch self {
        case .secure(var keys):
            defer { self = .secure(keys) }
            return keys.open(packet, packetNumber: packetNumber, keyPhase: keyPhase, now: now)
        case .plaintext:
            return Self.hasRightChecksum(packet) ? .opened : .forged
        }
    }

    private static func hasRightChecksum(_ packet: UnsafeMutableRawBufferPointer) -> Bool {
        guard packet.count >= ShortHeader.byteCount + checksumByteCount else { return false }
        let covered = packet.count - checksumByteCount
        let sum = CRC32C.checksum(UnsafeRawBufferPointer(rebasing: packet[..<covered]))
        return packet.loadUnaligned(fromByteOffset: covered, as: UInt32.self) == sum.bigEndian
    }

    mutating func update(_ body: (inout SecureKeys) -> Void) {
        guard case .secure(var keys) = self else { return }
        body(&keys)
        self = .secure(keys)
    }
}
