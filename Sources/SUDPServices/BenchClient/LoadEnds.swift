internal import SUDPTransport

/// Where the client's load comes from and goes to: memory, or a file.
struct LoadEnds: Sendable {
    private let request: BenchFlowRequest
    private let pace: LoadPace
    private let file: LoadFile?
    private let sink: LoadSink?

    /// Opens the files that the plan names.
    init(_ plan: BenchPlan, _ request: BenchFlowRequest, pace: RateLimit?) throws(FileFailure) {
        self.request = request
        self.pace = LoadPace(0, and: pace)
        if let path = plan.file {
            file = try LoadFile(path)
            if plan.comparesVisits { file?.forgetCached() }
        } else {
            file = nil
        }
        sink = if let path = plan.sink { try LoadSink(path) } else { nil }
    }

    /// What was read from a file or written into one; nil when it is in memory.
    var disk: BenchDisk? { file?.disk ?? sink?.disk }

    /// Writes all that is to be sent.
    func send(over stream: some LoadStream) throws {
        let size = pace.blockByteCount(atMost: Int(request.blockByteCount))
        if let file {
            return try file.write(to: stream, blockByteCount: size) { pace.pass($0) }
        }
        let byteCount = request.byteCount > 0 ? request.byteCount : nil
        try LoadBlock(byteCount: byteCount, blockByteCount: size).write(to: stream) {
            pace.pass($0)
        }
    }

    /// Takes what comes until the server has sent all that it was to send.
    func receive(from stream: some LoadStream) throws {
        var byteCount: UInt64 = 0
        if let sink {
            try sink.takeAll(from: stream)
            byteCount = sink.disk.byteCount
        } else {
            try stream.receive { bytes in
                byteCount += UInt64(clamping: bytes.count)
                return true
            }
        }
        guard request.byteCount > 0, byteCount >= request.byteCount else { throw LoadEndedEarly() }
    }
}
