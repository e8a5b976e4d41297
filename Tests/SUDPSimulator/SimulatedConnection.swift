package import SUDPProtocol

/// A connection of a host with its application and what both have told.
///
/// A class because the core is not copyable and the simulation keeps many.
package final class SimulatedConnection {
    package struct Record {
        package let time: Instant
        package let event: ConnectionEvent
    }

    package var core: ConnectionCore
    package var application: Application
    /// The client at the other end, or this side's own when it is the client.
    package let client: Int
    package let isClient: Bool
    package private(set) var events: [Record] = []
    package private(set) var largestCongestionWindow = 0
    /// The earliest call of `handleTimeout` or `step` that waits in the event queue.
    package var armedFor: Instant?
    package var isForgotten = false
    /// A broken rule seen while the connection was driven.
    package var violation: String?

    package init(
        core: consuming ConnectionCore, application: Application, client: Int, isClient: Bool
    ) {
        self.core = core
        self.application = application
        self.client = client
        self.isClient = isClient
    }

    /// Why the connection ended; nil while it has not.
    package var closeReason: CloseReason? {
        guard case .closed(let reason)? = events.last?.event else { return nil }
        return reason
    }

    package var statistics: ConnectionStatistics { core.statistics }
    package var path: NetworkPath { core.path }

    package var isComplete: Bool { closeReason == .complete }

    /// When the event was first told.
    package func time(of event: ConnectionEvent) -> Instant? {
        events.first { $0.event == event }?.time
    }

    /// When the connection wants to be driven next without input.
    package func nextDeadline(after now: Instant) -> Instant? {
        guard !isForgotten else { return nil }
        let times = [core.nextTimeout, application.wakeTime(after: now)].compactMap { $0 }
        return times.min()
    }

    package func record(_ event: ConnectionEvent, now: Instant) {
        events.append(Record(time: now, event: event))
        application.handle(event, now: now)
    }

    /// Notes the congestion window; what is wrong with the bytes in flight, if anything.
    package func checkFlight() -> String? {
        let statistics = core.statistics
        largestCongestionWindow = max(largestCongestionWindow, statistics.congestionWindow)
        let slack = 64 * max(statistics.maximumDatagramSize, Limits.minimumDatagramSize)
        guard statistics.bytesInFlight >= 0,
            statistics.bytesInFlight <= largestCongestionWindow + slack,
            UInt64(statistics.bytesInFlight) <= statistics.bytesSent
        else {
            return "bytes in flight \(statistics.bytesInFlight), window at most "
                + "\(largestCongestionWindow), sent \(statistics.bytesSent)"
        }
        return nil
    }
}
