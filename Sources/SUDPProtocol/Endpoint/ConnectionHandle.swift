/// The endpoint's name for one of its connections; never reused.
@frozen public struct ConnectionHandle: Hashable, Sendable {
    /// The number of the connection at its endpoint, from 1.
    public let value: UInt64
}
