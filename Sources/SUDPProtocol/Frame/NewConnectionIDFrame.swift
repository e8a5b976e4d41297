/// A connection ID that the sender of the frame will accept (RFC 9000 §19.15).
struct NewConnectionIDFrame {
    var sequence: UInt64
    var retirePriorTo: UInt64
    var connectionID: ConnectionID
    var resetToken: [UInt8]
}
