/// The header of a DATA packet: flags, the receiver's connection ID, the packet number.
struct ShortHeader {
    static let packetNumberOffset = 1 + Limits.connectionIDByteCount
    static let byteCount = packetNumberOffset + 4
    private static let fixedBit: UInt8 = 0x40
    private static let keyPhaseBit: UInt8 = 0x04
    private static let reservedBits: UInt8 = 0x1b

    var keyPhase: UInt8
    var truncatedPacketNumber: UInt32

    /// Reads an unmasked header; nil when too short or when reserved bits are set.
    init?(_ packet: UnsafeMutableRawBufferPointer) {
        var reader = ByteReader(UnsafeRawBufferPointer(packet))
        guard let flags = reader.readUInt8(),
            flags & 0xc0 == Self.fixedBit, flags & Self.reservedBits == 0,
            reader.readSlice(Limits.connectionIDByteCount) != nil,
            let number = reader.readUInt32()
        else { return nil }
        keyPhase = flags & Self.keyPhaseBit == 0 ? 0 : 1
        truncatedPacketNumber = number
    }

    static func write(
        to writer: inout ByteWriter, destination: ConnectionID, keyPhase: UInt8,
        packetNumber: UInt64
    ) {
        writer.write(fixedBit | (keyPhase == 0 ? 0 : keyPhaseBit))
        writer.writeConnectionID(destination)
        writer.write(UInt32(truncatingIfNeeded: packetNumber))
    }
}
