internal import SUDPTransport

/// A connection of this transport that carries load.
final class SUDPFlow: BenchFlow {
    let course: FlowCourse
    let connection: Connection
    private let request: BenchFlowRequest
    private let uploadPace: LoadPace
    private let file: LoadFile?
    private let sink: LoadSink?

    /// Announces the load on an established connection, and waits until the server is ready.
    init(
        _ connection: Connection, token: [UInt8], _ request: BenchFlowRequest, pace: RateLimit?,
        file: LoadFile? = nil, sink: LoadSink? = nil
    ) async throws {
        self.connection = connection
        (self.request, self.file, self.sink) = (request, file, sink)
        course = FlowCourse(request.direction)
        uploadPace = LoadPace(0, and: pace)
        try await connection.announce(.join(token: token, request))
    }

    var disk: BenchDisk? { file?.disk ?? sink?.disk }

    func statistics() async -> BenchStatistics {
        BenchStatistics(await connection.statistics())
    }

    func start() throws {
        var threads: [DedicatedThread<Void>?] = []
        if request.direction.isDownload { threads.append(DedicatedThread { [self] in receive() }) }
        if request.direction.isUpload { threads.append(DedicatedThread { [self] in send() }) }
        guard !threads.contains(where: { $0 == nil }) else { throw BenchFailure.noThread }
    }

    func stop() async {
        course.stop()
        connection.close(code: BenchCode.complete.rawValue)
        _ = await connection.waitUntilClosed()
    }

    private func send() {
        let size = uploadPace.blockByteCount(atMost: Int(request.blockByteCount))
        do {
            if let file {
                try file.write(to: connection, blockByteCount: size) { uploadPace.pass($0) }
            } else {
                let byteCount = request.byteCount > 0 ? request.byteCount : nil
                try LoadBlock(byteCount: byteCount, blockByteCount: size).write(to: connection) {
                    uploadPace.pass($0)
                }
            }
            connection.finish()
            Task {
                do {
                    try await connection.waitUntilSendConfirmed()
                    course.noteSent()
                } catch {
                    await fail(error)
                }
            }
        } catch {
            Task { await fail(error) }
        }
    }

    private func receive() {
        do {
            // The server begins with the first bytes that come.
            if !request.direction.isUpload { try connection.blockingWrite(ByteBlock([0])) }
            if let sink {
                try sink.takeAll(from: connection)
            } else {
                while try connection.blockingRead() != nil {}
            }
            connection.confirmConsumed()
            course.noteReceived()
        } catch {
            Task { await fail(error) }
        }
    }

    private func fail(_ error: any Error) async {
        guard !course.isStopping else { return }
        course.fail(await BenchControl.failure(of: connection, error))
    }
}
