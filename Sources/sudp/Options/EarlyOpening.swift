import SUDPServices
import SUDPTransport

/// What goes with the opening of a connection, and the ticket that lets it.
struct EarlyOpening: Sendable {
    /// The first bytes of the input.
    let bytes: [UInt8]
    /// Whether the input has no more.
    let isAll: Bool
    /// The ticket of the last run and, later, that of this one.
    let tickets = TicketStore(ticketsPerServer: 1)
    private let file: TicketFile?

    /// Waits for the first bytes of the input.
    init(_ input: PipeInput?, _ host: String, _ port: UInt16) async throws {
        let beginning = await input?.takeBeginning(upTo: Connector.maximumEarlyData)
        try Task.checkCancellation()
        (bytes, isAll) = beginning ?? ([], false)
        file = StateDirectory.directory("tickets").map {
            TicketFile(directory: $0, host: host, port: port)
        }
        file?.take(into: tickets)
    }

    /// Leaves the ticket for the next run.
    func keepTicket(_ diagnostics: Diagnostics) {
        do throws(FileFailure) {
            try file?.keep(from: tickets)
        } catch {
            diagnostics.notice("no early data next time: \(error)")
        }
    }
}
