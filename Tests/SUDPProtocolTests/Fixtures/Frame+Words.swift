@testable import SUDPProtocol

extension Frame {
    /// The frame with its numbers and bytes, for comparison.
    var words: String {
        switch self {
        case .padding(let count): "padding \(count)"
        case .ping: "ping"
        case .ack(let ack): "ack \(ack.ranges)"
        case .reset(let code, let finalSize): "reset \(code) of \(finalSize)"
        case .stop(let code): "stop \(code)"
        case .crypto(let offset, let data): "crypto \(offset): \(Array(data))"
        case .newToken(let token): "new token \(Array(token))"
        case .stream(let offset, let data, let isFinal):
            "\(isFinal ? "final " : "")stream \(offset): \(Array(data))"
        case .maxData(let limit): "max data \(limit)"
        case .dataBlocked(let limit): "data blocked \(limit)"
        case .newConnectionID(let frame):
            "new connection ID \(frame.sequence) retiring \(frame.retirePriorTo): "
                + "\(frame.connectionID.high)"
        case .retireConnectionID(let sequence): "retire connection ID \(sequence)"
        case .pathChallenge(let data): "path challenge \(data)"
        case .pathResponse(let data): "path response \(data)"
        case .close(.transport(let code), let reason):
            "close transport(\(code.rawValue)) \(String(decoding: reason, as: UTF8.self))"
        case .close(let code, let reason):
            "close \(code) \(String(decoding: reason, as: UTF8.self))"
        case .handshakeDone: "handshake done"
        case .consumed(let finalSize): "consumed \(finalSize)"
        case .parameters(let bytes): "parameters \(Array(bytes))"
        }
    }
}
