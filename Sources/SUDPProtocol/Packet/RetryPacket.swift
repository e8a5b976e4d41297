internal import SUDPCrypto

/// RETRY: asks a client to prove its address before the server keeps state (RFC 9000 §17.2.5).
enum RetryPacket {
    static func encode(
        destination: ConnectionID, source: ConnectionID, token: [UInt8], original: ConnectionID
    ) -> [UInt8] {
        let header = LongHeader(type: .retry, destination: destination, source: source)
        let packet = ByteWriter.bytes(capacity: 64 + token.count) { writer in
            header.write(to: &writer, packetNumber: nil)
            writer.write(token)
        }
        return packet + RetryIntegrity.tag(pseudoPacket(packet, original: original))
    }

    /// The token of a RETRY whose tag is right; nil otherwise.
    static func token(
        of packet: UnsafeRawBufferPointer, header: LongHeader, original: ConnectionID
    ) -> [UInt8]? {
        let tagStart = packet.count - PacketProtection.tagByteCount
        guard tagStart > header.byteCount else { return nil }
        let expected = RetryIntegrity.tag(
            pseudoPacket(Array(packet[..<tagStart]), original: original))
        guard ConstantTime.equal(expected, Array(packet[tagStart...])) else { return nil }
        let token = Array(packet[header.byteCount..<tagStart])
        return token.count <= Limits.tokenByteCountMaximum ? token : nil
    }

    private static func pseudoPacket(_ packet: [UInt8], original: ConnectionID) -> [UInt8] {
        [UInt8(truncatingIfNeeded: original.byteCount)] + original.bytes + packet
    }
}
