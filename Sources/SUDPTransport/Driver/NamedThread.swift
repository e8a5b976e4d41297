internal import CLinuxUDP
internal import Glibc

/// A detached thread with a name for debuggers and `top -H`.
final class NamedThread {
    private static let stackByteCount = 1024 * 1024
    /// How late the kernel may wake it; pacing needs less than the default of 50 microseconds.
    private static let timerSlackNanoseconds: UInt = 1000

    private let name: String
    private let body: () -> Void

    private init(name: String, body: @escaping () -> Void) {
        self.name = name
        self.body = body
    }

    /// Runs `body` on a new thread; a name has at most 15 bytes.
    static func start(
        name: String, _ body: sending @escaping () -> Void
    ) throws(SystemError) {
        let thread = Unmanaged.passRetained(NamedThread(name: name, body: body))
        var attributes = pthread_attr_t()
        pthread_attr_init(&attributes)
        defer { pthread_attr_destroy(&attributes) }
        pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
        pthread_attr_setstacksize(&attributes, stackByteCount)
        var identifier = pthread_t()
        let status = pthread_create(
            &identifier, &attributes,
            { pointer in
                if let pointer {
                    Unmanaged<NamedThread>.fromOpaque(pointer).takeRetainedValue().run()
                }
                return nil
            }, thread.toOpaque())
        guard status == 0 else {
            thread.release()
            throw SystemError(errno: status, operation: "start a thread")
        }
    }

    private func run() {
        sudp_describe_thread(name, Self.timerSlackNanoseconds)
        body()
    }
}
