import SUDPProtocol

/// Checks what must hold between the two ends after every step.
package enum Invariants {
    /// What is broken at `connection`; `peers` are the other ends it had.
    package static func violation(
        of connection: SimulatedConnection, peers: [SimulatedConnection]
    ) -> String? {
        connection.violation ?? connection.application.violation ?? connection.checkFlight()
            ?? counts(of: connection) ?? delivery(to: connection, from: peers)
            ?? completion(of: connection, peers: peers)
    }

    private static func counts(of connection: SimulatedConnection) -> String? {
        let statistics = connection.core.statistics
        let application = connection.application
        if statistics.streamBytesRead != application.bytesRead {
            return "counts \(statistics.streamBytesRead) bytes read, \(application.bytesRead) were"
        }
        if statistics.streamBytesReceived < statistics.streamBytesRead {
            return "read \(statistics.streamBytesRead) of \(statistics.streamBytesReceived) bytes"
        }
        if statistics.streamBytesAcknowledged > statistics.streamBytesWritten {
            return "\(statistics.streamBytesAcknowledged) of \(statistics.streamBytesWritten) "
                + "bytes acknowledged"
        }
        return nil
    }

    private static func delivery(
        to connection: SimulatedConnection, from peers: [SimulatedConnection]
    ) -> String? {
        let read = connection.application.bytesRead
        let written = peers.map(\.application.bytesWritten).max() ?? 0
        guard read <= written else { return "read \(read) bytes, the peer wrote \(written)" }
        guard connection.application.endReadAt != nil else { return nil }
        let isWhole = peers.contains {
            $0.application.hasFinished && $0.application.bytesWritten == read
        }
        return isWhole ? nil : "read an end after \(read) bytes that the peer did not set"
    }

    private static func completion(
        of connection: SimulatedConnection, peers: [SimulatedConnection]
    ) -> String? {
        guard connection.isComplete else { return nil }
        guard connection.application.hasConfirmed else {
            return "complete, but its application has not consumed the peer's stream"
        }
        let isConsumed = peers.contains {
            $0.application.hasConfirmed
                && $0.application.bytesRead == connection.application.bytesWritten
        }
        return isConsumed ? nil : "complete, but the peer's application has not consumed all"
    }
}
