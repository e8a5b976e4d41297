internal import SUDPTransport

/// One connection that carries load, seen from the client.
final class LoadFlow: Sendable {
    let course: FlowCourse
    let link: any BenchLink
    private let direction: BenchDirection
    private let ends: LoadEnds

    init(_ link: any BenchLink, _ direction: BenchDirection, _ ends: LoadEnds) {
        (self.link, self.direction, self.ends) = (link, direction, ends)
        course = FlowCourse(direction)
    }

    /// What was read from a file for it or written into one; nil when it is in memory.
    var disk: BenchDisk? { ends.disk }

    /// Lets the load flow.
    func start() throws {
        var threads: [DedicatedThread<Void>?] = []
        if direction.isDownload { threads.append(DedicatedThread { [self] in receive() }) }
        if direction.isUpload { threads.append(DedicatedThread { [self] in send() }) }
        guard !threads.contains(where: { $0 == nil }) else { throw BenchFailure.noThread }
    }

    private func send() {
        do {
            try ends.send(over: link.stream)
            Task {
                do {
                    try await link.finish(direction)
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
            if !direction.isUpload { try link.stream.blockingWrite(ByteBlock([0])) }
            try ends.receive(from: link.stream)
            link.stream.confirmConsumed(isLast: false)
            course.noteReceived()
        } catch {
            Task { await fail(error) }
        }
    }

    private func fail(_ error: any Error) async {
        guard !course.isStopping else { return }
        course.fail(await link.failure(for: error))
    }
}
