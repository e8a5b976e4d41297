internal import SUDPTransport

/// What a connection that carries load shall do.
struct BenchFlowRequest: Equatable, Sendable {
    /// Which way the load flows.
    var direction = BenchDirection.download
    /// The flows whose statistics are asked for together.
    var group: UInt32 = 0
    /// The bytes that the server sends; 0 for as many as it can until the client ends it.
    var byteCount: UInt64 = 0
    /// The bytes per second that the server sends at most; 0 for no limit.
    var bytesPerSecond: UInt64 = 0
    /// The bytes that the server writes at once.
    var blockByteCount: UInt32 = UInt32(BenchConstants.defaultBlockByteCount)
    /// How the server finds the rate to send at.
    var congestionControl = CongestionControl.bbr

    private static let congestionControls: [CongestionControl] = [.reno, .cubic, .bbr]

    /// The request in a message's fields.
    func write(to fields: inout FieldWriter) {
        fields.write(direction.rawValue)
        fields.write(group)
        fields.write(byteCount)
        fields.write(bytesPerSecond)
        fields.write(blockByteCount)
        fields.write(
            UInt8(Self.congestionControls.firstIndex(of: congestionControl).map { $0 + 1 } ?? 0))
    }

    init() {}

    /// Reads a request; nil when it is none.
    init?(from fields: inout FieldReader) {
        guard let direction = fields.readUInt8().flatMap(BenchDirection.init),
            let group = fields.readUInt32(), let byteCount = fields.readUInt64(),
            let bytesPerSecond = fields.readUInt64(), let blockByteCount = fields.readUInt32(),
            (1...UInt32(BenchConstants.maximumBlockByteCount)).contains(blockByteCount),
            let number = fields.readUInt8(),
            (1...Self.congestionControls.count).contains(Int(number))
        else { return nil }
        (self.direction, self.group, self.byteCount) = (direction, group, byteCount)
        (self.bytesPerSecond, self.blockByteCount) = (bytesPerSecond, blockByteCount)
        congestionControl = Self.congestionControls[Int(number) - 1]
    }
}
