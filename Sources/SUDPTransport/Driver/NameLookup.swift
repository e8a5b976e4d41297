internal import Glibc
internal import SUDPProtocol
internal import Synchronization

/// One question to the system's resolver; the first of answer, time limit and cancellation counts.
final class NameLookup: Sendable {
    private typealias Answer = Result<[NetworkAddress], ResolutionFailure>

    private enum State {
        case asked
        case awaited(CheckedContinuation<Answer, Never>)
        case answered(Answer)
    }

    private let host: String
    private let port: UInt16
    private let state = Mutex(State.asked)

    init(_ host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    func addresses(limit: Duration) async throws(ResolutionFailure) -> [NetworkAddress] {
        do throws(SystemError) {
            try NamedThread.start(name: "sudp-resolver") { self.settle(self.ask()) }
        } catch {
            throw .system(error)
        }
        let timer = Task {
            try? await Task.sleep(for: limit)
            settle(.failure(.timedOut))
        }
        defer { timer.cancel() }
        let answer = await withTaskCancellationHandler {
            await withCheckedContinuation { hand(to: $0) }
        } onCancel: {
            settle(.failure(.cancelled))
        }
        return try answer.get()
    }

    private func hand(to continuation: CheckedContinuation<Answer, Never>) {
        let answer: Answer? = state.withLock { state in
            if case .answered(let answer) = state { return answer }
            state = .awaited(continuation)
            return nil
        }
        if let answer { continuation.resume(returning: answer) }
    }

    private func settle(_ answer: Answer) {
        let continuation: CheckedContinuation<Answer, Never>? = state.withLock { state in
            switch state {
            case .asked:
                state = .answered(answer)
                return nil
            case .awaited(let continuation):
                state = .answered(answer)
                return continuation
            case .answered: return nil
            }
        }
        continuation?.resume(returning: answer)
    }

    private func ask() -> Answer {
        guard !host.isEmpty, !host.utf8.contains(0) else {
            return .failure(.unknown("not a host name"))
        }
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_socktype = Int32(SOCK_DGRAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &first)
        guard status == 0 else {
            let words = gai_strerror(status).map { String(cString: $0) } ?? "unknown"
            return .failure(.unknown(words))
        }
        defer { freeaddrinfo(first) }
        var addresses: [NetworkAddress] = []
        var next = first
        while let entry = next?.pointee {
            if let form = entry.ai_addr,
                var address = SocketAddress.read(form, byteCount: entry.ai_addrlen)
            {
                address.port = port
                addresses.append(address)
            }
            next = entry.ai_next
        }
        return .success(addresses)
    }
}
