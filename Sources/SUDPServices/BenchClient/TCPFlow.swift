internal import SUDPTransport

/// A TCP connection of the kernel that carries load.
final class TCPFlow: BenchFlow {
    let course: FlowCourse
    private let load: TCPLoad
    private let token: [UInt8]
    private let request: BenchFlowRequest
    private let uploadPace: LoadPace

    private init(
        _ load: TCPLoad, token: [UInt8], _ request: BenchFlowRequest, pace: RateLimit?
    ) {
        self.token = token
        self.load = load
        self.request = request
        course = FlowCourse(request.direction)
        uploadPace = LoadPace(0, and: pace)
    }

    /// Connects to the port that the server opened.
    static func open(
        _ address: NetworkAddress, token: [UInt8], _ request: BenchFlowRequest, pace: RateLimit?
    ) async throws -> TCPFlow {
        let thread = DedicatedThread { () -> Result<TCPLoad, TCPSocket.Failure> in
            Result { () throws(TCPSocket.Failure) in
                TCPLoad(
                    try TCPSocket.connect(
                        to: address, withinSeconds: BenchConstants.tcpTokenSeconds))
            }
        }
        guard let thread else { throw BenchFailure.noThread }
        let load: TCPLoad
        do { load = try await thread.value.get() } catch { throw BenchFailure.noTCP("\(error)") }
        return TCPFlow(load, token: token, request, pace: pace)
    }

    var disk: BenchDisk? { nil }

    func statistics() async -> BenchStatistics { load.statistics }

    /// Shows the server the token, which lets it begin.
    func start() throws {
        var opening = FieldWriter()
        opening.write(raw: token)
        request.write(to: &opening)
        guard load.writeAll(opening.bytes) else {
            throw BenchFailure.noTCP("the server takes nothing")
        }
        var threads: [DedicatedThread<Void>?] = []
        if request.direction.isDownload { threads.append(DedicatedThread { [self] in receive() }) }
        if request.direction.isUpload { threads.append(DedicatedThread { [self] in send() }) }
        guard !threads.contains(where: { $0 == nil }) else { throw BenchFailure.noThread }
    }

    func stop() async {
        course.stop()
        load.socket.shutDown(both: true)
    }

    private func send() {
        let isWhole = load.send(
            byteCount: request.byteCount > 0 ? request.byteCount : nil,
            blockByteCount: uploadPace.blockByteCount(atMost: Int(request.blockByteCount))
        ) { uploadPace.pass($0) }
        guard isWhole else { return fail() }
        guard !request.direction.isDownload else { return course.noteSent() }
        // The server ends its stream when it has read everything of this one.
        load.socket.shutDown(both: false)
        load.receive { _ in }
        course.noteSent()
    }

    private func receive() {
        load.receive { _ in }
        let isWhole = request.byteCount > 0 && load.statistics.bytesRead >= request.byteCount
        guard isWhole else { return fail() }
        course.noteReceived()
    }

    private func fail() {
        course.fail(BenchFailure.noTCP("the connection broke"))
    }
}
