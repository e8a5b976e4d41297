/// What each side tells the other during the opening; bound into the TLS transcript.
struct TransportParameters: Equatable {
    var mode: SecurityMode = .secure
    var version: UInt32 = Limits.version
    var initialSource: ConnectionID?
    var originalDestination: ConnectionID?
    var retrySource: ConnectionID?
    var resetToken: [UInt8]?
    var maximumDatagramSize: UInt64 = UInt64(Limits.maximumDatagramSize)
    var initialMaxData: UInt64 = 0
    var maxAckDelayMilliseconds: UInt64 = 25
    /// How many tickets a client asks for (RFC 9149), and how many a server gives whoever asks.
    var ticketCount: UInt64 = 0

    private enum Key: UInt64 {
        case originalDestination = 0x00
        case resetToken = 0x02
        case maximumDatagramSize = 0x03
        case initialMaxData = 0x04
        case maxAckDelay = 0x0b
        case initialSource = 0x0f
        case retrySource = 0x10
        case mode = 0x20
        case version = 0x21
        case ticketCount = 0x22
    }

    /// Whether there are some that a client must not send (RFC 9000 §18.2).
    var hasServerOnly: Bool {
        originalDestination != nil || retrySource != nil || resetToken != nil
    }

    func encoded() -> [UInt8] {
        ByteWriter.bytes(capacity: 256) { writer in
            Self.write(&writer, .mode, [mode.rawValue])
            Self.write(&writer, .version, UInt64(version).bigEndianBytes.suffix(4))
            Self.write(&writer, .maximumDatagramSize, integer: maximumDatagramSize)
            Self.write(&writer, .initialMaxData, integer: initialMaxData)
            Self.write(&writer, .maxAckDelay, integer: maxAckDelayMilliseconds)
            if ticketCount > 0 { Self.write(&writer, .ticketCount, integer: ticketCount) }
            if let initialSource { Self.write(&writer, .initialSource, initialSource.bytes) }
            if let originalDestination {
                Self.write(&writer, .originalDestination, originalDestination.bytes)
            }
            if let retrySource { Self.write(&writer, .retrySource, retrySource.bytes) }
            if let resetToken { Self.write(&writer, .resetToken, resetToken) }
        }
    }

    private static func write(
        _ writer: inout ByteWriter, _ key: Key, _ value: some Collection<UInt8>
    ) {
        writer.writeVariableLengthInteger(key.rawValue)
        writer.writeVariableLengthInteger(UInt64(value.count))
        writer.write(value)
    }

    private static func write(_ writer: inout ByteWriter, _ key: Key, integer: UInt64) {
        writer.writeVariableLengthInteger(key.rawValue)
        writer.writeVariableLengthInteger(UInt64(ByteWriter.byteCount(of: integer)))
        writer.writeVariableLengthInteger(integer)
    }

    /// Nil when malformed, doubled, or out of the bounds that RFC 9000 §18.2 sets.
    static func decode(_ bytes: [UInt8]) -> TransportParameters? {
        bytes.withUnsafeBytes { buffer in
            var reader = ByteReader(buffer)
            var parameters = TransportParameters()
            var seen: [UInt64] = []
            while !reader.isAtEnd {
                guard let number = reader.readVariableLengthInteger(), !seen.contains(number),
                    seen.count < 64, let length = reader.readLength(),
                    let value = reader.readSlice(length)
                else { return nil }
                seen.append(number)
                guard let key = Key(rawValue: number) else { continue }
                guard parameters.set(key, ByteReader(value)) else { return nil }
            }
            let required: [Key] = [.mode, .version, .initialSource, .initialMaxData]
            guard required.allSatisfy({ seen.contains($0.rawValue) }) else { return nil }
            return parameters
        }
    }

    private mutating func set(_ key: Key, _ value: ByteReader) -> Bool {
        var reader = value
        switch key {
        case .mode:
            guard let mode = reader.readUInt8().flatMap(SecurityMode.init) else { return false }
            self.mode = mode
        case .version:
            guard let version = reader.readUInt32() else { return false }
            self.version = version
        case .initialSource, .originalDestination, .retrySource:
            guard let connectionID = reader.readConnectionID(reader.remaining) else { return false }
            set(key, connectionID)
        case .resetToken:
            guard reader.remaining == 16 else { return false }
            resetToken = reader.readBytes(16)
        case .maximumDatagramSize, .initialMaxData, .maxAckDelay, .ticketCount:
            guard let number = reader.readVariableLengthInteger() else { return false }
            return set(key, number) && reader.isAtEnd
        }
        return reader.isAtEnd
    }

    private mutating func set(_ key: Key, _ connectionID: ConnectionID) {
        switch key {
        case .initialSource: initialSource = connectionID
        case .originalDestination: originalDestination = connectionID
        default: retrySource = connectionID
        }
    }

    private mutating func set(_ key: Key, _ number: UInt64) -> Bool {
        switch key {
        case .maximumDatagramSize:
            guard number >= UInt64(Limits.minimumDatagramSize) else { return false }
            maximumDatagramSize = number
        case .initialMaxData:
            guard number <= Limits.streamOffsetMaximum else { return false }
            initialMaxData = number
        case .maxAckDelay:
            guard number < Limits.maxAckDelayAccepted else { return false }
            maxAckDelayMilliseconds = number
        case .ticketCount: ticketCount = number
        default: break
        }
        return true
    }
}
