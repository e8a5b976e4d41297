/// A task or a thread that waits for something to become true.
enum Waiter: Sendable {
    case task(CheckedContinuation<Void, Never>)
    case thread(ParkedThread)

    /// Lets it look again.
    func resume() {
        switch self {
        case .task(let continuation): continuation.resume()
        case .thread(let thread): thread.resume()
        }
    }
}
