internal import SUDPTransport

/// A request and its answer, which go over one connection, one pair after the other.
public struct BenchTransaction: Hashable, Sendable {
    /// The bytes of a request.
    public let requestByteCount: Int
    /// The bytes of an answer.
    public let responseByteCount: Int

    /// Makes a pair; nil when one of the two has no byte or more than 1 MiB.
    public init?(requestByteCount: UInt64, responseByteCount: UInt64) {
        let sizes = 1...UInt64(BenchConstants.maximumTransactionByteCount)
        guard sizes.contains(requestByteCount), sizes.contains(responseByteCount) else {
            return nil
        }
        self.requestByteCount = Int(requestByteCount)
        self.responseByteCount = Int(responseByteCount)
    }

    init?(from fields: inout FieldReader) {
        guard let request = fields.readUInt32(), let response = fields.readUInt32() else {
            return nil
        }
        self.init(requestByteCount: UInt64(request), responseByteCount: UInt64(response))
    }

    func write(to fields: inout FieldWriter) {
        fields.write(UInt32(clamping: requestByteCount))
        fields.write(UInt32(clamping: responseByteCount))
    }
}
