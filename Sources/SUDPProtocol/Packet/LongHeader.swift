/// The header of the packets that open a connection (RFC 8999 §5.1 and our packet types).
struct LongHeader {
    enum PacketType: UInt8 {
        case syn = 0
        case synAck = 1
        case early = 2
        case retry = 3
    }

    var type: PacketType
    var version: UInt32
    var destination: ConnectionID
    var source: ConnectionID
    var token: [UInt8] = []
    /// The truncated packet number; nil in RETRY.
    var packetNumber: UInt32?
    /// Where the payload starts.
    var byteCount = 0

    private static let formBits: UInt8 = 0xc0

    static func isLong(_ firstByte: UInt8) -> Bool { firstByte & 0x80 != 0 }

    init(
        type: PacketType, destination: ConnectionID, source: ConnectionID, token: [UInt8] = []
    ) {
        self.type = type
        version = Limits.version
        self.destination = destination
        self.source = source
        self.token = token
    }

    /// Reads a header of this version; nil when it is malformed.
    init?(_ packet: UnsafeRawBufferPointer) {
        var reader = ByteReader(packet)
        guard let flags = reader.readUInt8(), flags & Self.formBits == Self.formBits,
            flags & 0x0f == 0, let type = PacketType(rawValue: flags >> 4 & 0x03),
            let version = reader.readUInt32(), version == Limits.version,
            let destinationLength = reader.readUInt8(),
            let destination = reader.readConnectionID(Int(destinationLength)),
            let sourceLength = reader.readUInt8(),
            let source = reader.readConnectionID(Int(sourceLength)),
            source.byteCount == Limits.connectionIDByteCount
        else { return nil }
        self.init(type: type, destination: destination, source: source)
        self.version = version
        if type == .syn {
            guard let length = reader.readLength(), length <= Limits.tokenByteCountMaximum,
                let token = reader.readBytes(length)
            else { return nil }
            self.token = token
        }
        if type != .retry {
            guard let number = reader.readUInt32() else { return nil }
            packetNumber = number
        }
        byteCount = reader.offset
    }

    func write(to writer: inout ByteWriter, packetNumber: UInt64?) {
        writer.write(Self.formBits | type.rawValue << 4)
        writer.write(version)
        writer.write(UInt8(truncatingIfNeeded: destination.byteCount))
        writer.writeConnectionID(destination)
        writer.write(UInt8(truncatingIfNeeded: source.byteCount))
        writer.writeConnectionID(source)
        if type == .syn {
            writer.writeVariableLengthInteger(UInt64(token.count))
            writer.write(token)
        }
        if let packetNumber { writer.write(UInt32(truncatingIfNeeded: packetNumber)) }
    }
}
