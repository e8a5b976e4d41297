/// One message of an application protocol: what it is, and its fields or bytes.
///
/// On the stream it is a 32-bit length of what follows, an 8-bit type and the body.
struct Message: Equatable, Sendable {
    static let headerByteCount = 5

    let type: UInt8
    let body: [UInt8]

    /// The message as it goes on the stream.
    var encoded: [UInt8] {
        var bytes = Self.header(type: type, bodyByteCount: body.count)
        bytes += body
        return bytes
    }

    /// What goes before a body that is sent apart; the body has fewer than 2^32 - 1 bytes.
    static func header(type: UInt8, bodyByteCount: Int) -> [UInt8] {
        var fields = FieldWriter()
        fields.write(UInt32(bodyByteCount + 1))
        fields.write(type)
        return fields.bytes
    }
}
