/// The answer to an unknown version (RFC 8999 §6): our versions, the connection IDs swapped.
enum VersionNegotiation {
    /// Connection IDs as they came: those of other versions may be longer than ours.
    struct Invariants {
        var version: UInt32
        var destination: [UInt8]
        var source: [UInt8]
        var versions: [UInt32] = []
    }

    /// Reads what every version has in common from a long-header packet.
    static func parse(_ packet: UnsafeRawBufferPointer) -> Invariants? {
        var reader = ByteReader(packet)
        guard let flags = reader.readUInt8(), LongHeader.isLong(flags),
            let version = reader.readUInt32(),
            let destinationLength = reader.readUInt8(),
            let destination = reader.readBytes(Int(destinationLength)),
            let sourceLength = reader.readUInt8(),
            let source = reader.readBytes(Int(sourceLength))
        else { return nil }
        var invariants = Invariants(version: version, destination: destination, source: source)
        guard version == 0 else { return invariants }
        while let offered = reader.readUInt32() { invariants.versions.append(offered) }
        return reader.isAtEnd && !invariants.versions.isEmpty ? invariants : nil
    }

    static func answer(to trigger: Invariants, flags: UInt8) -> [UInt8] {
        ByteWriter.bytes(capacity: 600) { writer in
            writer.write(flags | 0xc0)
            writer.write(UInt32(0))
            writer.write(UInt8(truncatingIfNeeded: trigger.source.count))
            writer.write(trigger.source)
            writer.write(UInt8(truncatingIfNeeded: trigger.destination.count))
            writer.write(trigger.destination)
            writer.write(Limits.version)
            // RFC 9000 §6.3: a version nobody speaks keeps the list from ossifying.
            writer.write(UInt32(0x1a2a_3a4a))
        }
    }
}
