/// The frame types of protocol version 1; numbers as in RFC 9000 §19 where the meaning is the same.
enum FrameType: UInt64 {
    case padding = 0x00
    case ping = 0x01
    case ack = 0x02
    case ackECN = 0x03
    case reset = 0x04
    case stop = 0x05
    case crypto = 0x06
    case newToken = 0x07
    case stream = 0x08
    case streamFIN = 0x09
    case maxData = 0x10
    case dataBlocked = 0x14
    case newConnectionID = 0x18
    case retireConnectionID = 0x19
    case pathChallenge = 0x1a
    case pathResponse = 0x1b
    case closeTransport = 0x1c
    case closeApplication = 0x1d
    case handshakeDone = 0x1e
    case closeTLS = 0x1f
    case consumed = 0x20
    case parameters = 0x21
}
