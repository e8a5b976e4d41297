@testable import SUDPProtocol

/// Transport parameters: what decodes is encoded and decoded to the same again.
enum ParametersFuzz {
    static func violation(_ bytes: [UInt8]) -> String? {
        guard let parameters = TransportParameters.decode(bytes) else { return nil }
        guard parameters.initialMaxData <= Limits.streamOffsetMaximum,
            parameters.maxAckDelayMilliseconds < Limits.maxAckDelayAccepted,
            parameters.maximumDatagramSize >= UInt64(Limits.minimumDatagramSize),
            parameters.resetToken?.count ?? 16 == 16
        else { return "out of bounds: \(parameters)" }
        guard TransportParameters.decode(parameters.encoded()) == parameters else {
            return "not read back: \(parameters)"
        }
        return nil
    }
}
