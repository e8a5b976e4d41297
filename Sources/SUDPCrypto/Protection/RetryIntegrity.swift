/// The integrity tag of a RETRY: AES-256-GCM under a public key, against damage and not forgery.
public struct RetryIntegrity {
    private static let key = Digest.sha256([UInt8]("sudp 1 retry key".utf8))
    private static let nonce = [UInt8](
        Digest.sha256([UInt8]("sudp 1 retry nonce".utf8)).bytes.prefix(12))

    /// The 16-byte tag over a pseudo packet that has no plaintext.
    public static func tag(_ pseudoPacket: [UInt8]) -> [UInt8] {
        let tagByteCount = PacketProtection.tagByteCount
        var packet = pseudoPacket + [UInt8](repeating: 0, count: tagByteCount)
        let isSealed = packet.withUnsafeMutableBytes { packet in
            PacketProtection(key: key, initialVector: nonce)
                .seal(packet, headerByteCount: pseudoPacket.count, packetNumber: 0)
        }
        precondition(isSealed, "libcrypto refused a retry integrity tag")
        return [UInt8](packet.suffix(tagByteCount))
    }
}
