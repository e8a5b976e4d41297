/// Why bytes of a peer are no messages of the protocol that is spoken.
enum MessageError: Error, Equatable {
    /// A message is longer than the protocol allows, or has no type.
    case length(UInt32)
    /// The stream ended inside a message.
    case truncated
    /// The fields of a message are not what its type demands.
    case malformed(type: UInt8)
}
