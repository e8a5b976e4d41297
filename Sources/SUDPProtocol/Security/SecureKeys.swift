internal import SUDPCrypto

/// AES-256-GCM keys of both directions through all their generations (RFC 9001 §6).
///
/// Sending is never behind receiving and at most one generation ahead of it.
struct SecureKeys {
    enum OpenResult: Equatable {
        case opened
        /// The packet began the peer's next generation.
        case openedNextGeneration
        case forged
        /// The peer updated again before it could know that we followed.
        case updatedTooSoon
    }

    private let sealingMask: HeaderProtection
    private let openingMask: HeaderProtection
    private var sealingSecret: Secret
    private var sealing: PacketProtection
    private var openingSecret: Secret
    private var previous: PacketProtection?
    private var current: PacketProtection
    private var next: PacketProtection
    private(set) var sealingGeneration: UInt64 = 0
    private var openingGeneration: UInt64 = 0
    private(set) var sealedInGeneration: UInt64 = 0
    private var firstOpenedInGeneration: UInt64 = 0
    private var isGenerationAcked = false
    /// When the last generation's opening keys are to be forgotten.
    private(set) var previousExpiry: Instant?

    init(master: Secret, side: Side) {
        let client = HKDF.expandLabel(master, "c ap")
        let server = HKDF.expandLabel(master, "s ap")
        (sealingSecret, openingSecret) = side == .client ? (client, server) : (server, client)
        sealingMask = HeaderProtection(secret: sealingSecret)
        openingMask = HeaderProtection(secret: openingSecret)
        sealing = PacketProtection(secret: sealingSecret)
        current = PacketProtection(secret: openingSecret)
        openingSecret = HKDF.expandLabel(openingSecret, "sudp ku")
        next = PacketProtection(secret: openingSecret)
    }

    var generation: UInt8 { UInt8(truncatingIfNeeded: sealingGeneration) }
    var keyPhase: UInt8 { UInt8(sealingGeneration & 1) }
    /// A generation may follow only when the peer acknowledged a packet of this one.
    var mayUpdate: Bool { isGenerationAcked && sealingGeneration == openingGeneration }

    mutating func sealTrain(
        _ train: UnsafeMutableRawBufferPointer, segmentByteCount: Int, firstPacketNumber: UInt64
    ) -> Bool {
        let isSealed = sealing.sealTrain(
            train, segmentByteCount: segmentByteCount,
            headerByteCount: ShortHeader.byteCount, firstPacketNumber: firstPacketNumber)
        sealingMask.apply(
            train, segmentByteCount: segmentByteCount,
            packetNumberOffset: ShortHeader.packetNumberOffset)
        sealedInGeneration += UInt64((train.count + segmentByteCount - 1) / segmentByteCount)
        return isSealed
    }

    func unmask(_ train: UnsafeMutableRawBufferPointer, segmentByteCount: Int) {
        openingMask.apply(
            train, segmentByteCount: segmentByteCount,
            packetNumberOffset: ShortHeader.packetNumberOffset)
    }

    mutating func open(
        _ packet: UnsafeMutableRawBufferPointer, packetNumber: UInt64, keyPhase: UInt8, now: Instant
    ) -> OpenResult {
        if keyPhase == UInt8(openingGeneration & 1) {
            return opens(packet, packetNumber, with: current) ? .opened : .forged
        }
        if openingGeneration > 0, packetNumber < firstOpenedInGeneration {
            guard let previous, previousExpiry.map({ now < $0 }) ?? true else { return .forged }
            return opens(packet, packetNumber, with: previous) ? .opened : .forged
        }
        guard opens(packet, packetNumber, with: next) else { return .forged }
        guard sealingGeneration > openingGeneration || sealedInGeneration > 0 else {
            return .updatedTooSoon
        }
        advanceOpening(from: packetNumber)
        if sealingGeneration < openingGeneration { advanceSealing() }
        return .openedNextGeneration
    }

    private func opens(
        _ packet: UnsafeMutableRawBufferPointer, _ number: UInt64, with keys: PacketProtection
    ) -> Bool {
        keys.open(packet, headerByteCount: ShortHeader.byteCount, packetNumber: number)
    }

    private mutating func advanceOpening(from packetNumber: UInt64) {
        openingGeneration += 1
        firstOpenedInGeneration = packetNumber
        (previous, current) = (current, next)
        openingSecret = HKDF.expandLabel(openingSecret, "sudp ku")
        next = PacketProtection(secret: openingSecret)
        previousExpiry = nil
    }

    /// Begins the next generation of sending.
    mutating func advanceSealing() {
        sealingGeneration += 1
        sealedInGeneration = 0
        isGenerationAcked = false
        sealingSecret = HKDF.expandLabel(sealingSecret, "sudp ku")
        sealing = PacketProtection(secret: sealingSecret)
    }

    mutating func onAcked(generation: UInt8) {
        if generation == UInt8(truncatingIfNeeded: sealingGeneration) { isGenerationAcked = true }
    }

    /// The last generation's keys open reordered packets until then (RFC 9001 §6.5).
    mutating func retainPrevious(until expiry: Instant) {
        previousExpiry = expiry
    }

    /// Wipes the last generation's keys when their time is over.
    mutating func forgetPrevious(now: Instant) {
        guard let previousExpiry, previousExpiry <= now else { return }
        previous = nil
        self.previousExpiry = nil
    }

    var hasPrevious: Bool { previous != nil }
}
