/// Where a part of a received train goes.
public enum Route {
    /// To this connection: the bytes of the range, whole datagrams of the train.
    case connection(ConnectionHandle, Range<Int>)
    /// A first SYN: `Endpoint.accept` or `Endpoint.refuse` it, then give it the range.
    case accept(Incoming, Range<Int>)
    /// An answer without a connection was written to the reply buffer: send it.
    case reply(Transmit)
    /// Nowhere.
    case drop
}
