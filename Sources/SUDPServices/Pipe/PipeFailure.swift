public import SUDPTransport

/// Why a pipe did not end well, with what is known of the bytes.
public enum PipeFailure: Error, Hashable, Sendable {
    /// The input could not be read; `error` is the system's sentence.
    case inputFailed(name: String, error: String)
    /// The output could not be written or closed; `error` is the system's sentence.
    case outputFailed(name: String, error: String)
    /// Whoever read the output went away.
    case outputClosed
    /// The system allows no more threads.
    case noThread
    /// No byte moved for so many seconds.
    case idle(seconds: Double)
    /// The command could not be started; `error` is the system's sentence.
    case commandNotStarted(command: String, error: String)
    /// The command was killed by a signal.
    case commandKilled(signal: Int32)
    /// The connection ended before both streams were delivered and confirmed.
    case endedEarly(CloseReason, bytesReceived: UInt64, bytesTaken: UInt64)
}
